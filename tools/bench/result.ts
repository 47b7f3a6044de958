/** One line of a bench's `--json`. */
export interface BenchResult {
  readonly bench: string;
  readonly rate: number;
  readonly unit: string;
  readonly seconds: number;
  readonly rounds: number;
  readonly bytesPerParty: number;
  readonly peakRssMb: number;
  readonly security: "malicious" | "none";
  readonly soundnessBits: number;
  readonly [more: string]: unknown;
}

/** For people: one figure a line, nested ones indented. */
export function readable(result: Readonly<Record<string, unknown>>, indent = ""): string {
  return Object.entries(result)
    .map(([name, value]) => {
      if (typeof value === "object" && value !== null) {
        return `${indent}${name}\n${readable(value as Record<string, unknown>, `${indent}  `)}`;
      }
      const shown =
        typeof value === "number" && !Number.isInteger(value)
          ? value.toPrecision(4)
          : String(value);
      return `${indent}${name.padEnd(28 - indent.length)} ${shown}`;
    })
    .join("\n");
}
