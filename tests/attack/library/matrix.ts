import type { Cell, Strategy } from "./strategy.js";

/** What came of every strategy in every protocol. */
export class Matrix {
  readonly #rows = new Map<string, Map<string, Cell>>();

  add(piece: string, strategy: Strategy, cell: Cell): void {
    const row = this.#rows.get(piece) ?? new Map<string, Cell>();
    this.#rows.set(piece, row.set(strategy.number, cell));
  }

  get accepted(): string[] {
    return this.#cells().flatMap(([piece, , { accepted }]) =>
      accepted.map((what) => `${piece}: ${what}`),
    );
  }

  /** A table in Markdown: attempts that were caught + harmless + stalled; `–` where none fits. */
  toString(strategies: readonly Strategy[]): string {
    const lines = [
      `| protocol | ${strategies.map(({ number }) => number).join(" | ")} |`,
      `| --- | ${strategies.map(() => "---").join(" | ")} |`,
    ];
    for (const [piece, row] of this.#rows) {
      const cells = strategies.map(({ number }) => textOf(row.get(number)));
      lines.push(`| ${piece} | ${cells.join(" | ")} |`);
    }
    return lines.join("\n");
  }

  /** Why cells are empty: each reason with its protocols. */
  reasons(strategies: readonly Strategy[]): string {
    const lines: string[] = [];
    for (const { number, name } of strategies) {
      const why = new Map<string, string[]>();
      for (const [piece, strategy, { inapplicable }] of this.#cells()) {
        if (strategy !== number || inapplicable === undefined) continue;
        why.set(inapplicable, [...(why.get(inapplicable) ?? []), piece]);
      }
      lines.push(`${number} ${name}`);
      for (const [reason, pieces] of why) lines.push(`    –: ${reason}: ${pieces.join(", ")}`);
    }
    return lines.join("\n");
  }

  /** All attempts, all cells, and those that were accepted. */
  summary(): string {
    const cells = this.#cells().map(([, , cell]) => cell);
    const sum = (count: (cell: Cell) => number): number =>
      cells.reduce((total, cell) => total + count(cell), 0);
    const caught = sum(({ aborts }) => aborts);
    const harmless = sum(({ harmless }) => harmless);
    const stalled = sum(({ stalled }) => stalled);
    const accepted = this.accepted.length;
    return (
      `${caught + harmless + stalled + accepted} attempts in ${cells.length} cells: ` +
      `${caught} caught, ${harmless} harmless, ${stalled} stalled, ${accepted} accepted`
    );
  }

  #cells(): [piece: string, strategy: string, cell: Cell][] {
    return [...this.#rows].flatMap(([piece, row]) =>
      [...row].map(([strategy, cell]): [string, string, Cell] => [piece, strategy, cell]),
    );
  }
}

function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return "";
  const { aborts, harmless, stalled, accepted, inapplicable } = cell;
  if (inapplicable !== undefined) return "–";
  const wrong = accepted.length > 0 ? ` **${accepted.length} ACCEPTED**` : "";
  return `${aborts}+${harmless}+${stalled}${wrong}`;
}
