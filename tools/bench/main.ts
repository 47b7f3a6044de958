import { parseArgs } from "node:util";
import { type Bench, BenchUsage } from "./bench.js";
import { clusterRules } from "./cluster-rules.js";
import { fiveNames } from "./five-names.js";
import { linkage } from "./linkage.js";
import { local } from "./local.js";
import { type BenchResult, readable } from "./result.js";
import { threeParties } from "./three-parties.js";
import { WORKS } from "./works/works.js";

const BENCHES: readonly Bench[] = [
  ...WORKS.map(threeParties),
  local,
  fiveNames,
  linkage,
  clusterRules,
];

function usage(): string {
  const lines = BENCHES.map(({ name, about, options }) => {
    const shown = Object.entries(options).map(([option, value]) => `--${option} ${value}`);
    return `  ${name.padEnd(12)} ${about}\n${" ".repeat(15)}${shown.join(" ")}`;
  });
  return `Usage: npm run bench -- <name> [options]; the options are shown with their defaults
${lines.join("\n")}
  --json       one line a result

Three processes over TLS on loopback; every result is compared with the clear. A size may be a list,
--rows 1000,2000,5000, to show growth. --latency-ms and --mbit slow each link and direction down.
Benchmark data that nobody here wrote is found in the folder that SYMBOLON_BENCH_DATA names;
docs/operating/benchmark-data.md says where each set is public.`;
}

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  const bench = BENCHES.find((one) => one.name === name);
  if (bench === undefined) {
    process.stderr.write(`${usage()}\n`);
    return name === "--help" ? 0 : 2;
  }
  const texts = Object.entries(bench.options).map(
    ([option, value]) => [option, { type: "string", default: value }] as const,
  );
  const { values } = parseArgs({
    args,
    options: {
      ...Object.fromEntries(texts),
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stderr.write(`${usage()}\n`);
    return 0;
  }
  const typed: Readonly<Record<string, string | boolean | undefined>> = values;
  const given = texts.map(([option]) => [option, String(typed[option])]);
  for await (const result of bench.run(Object.fromEntries(given))) print(result, values.json);
  return 0;
}

function print(result: BenchResult, isJson: boolean): void {
  process.stdout.write(isJson ? `${JSON.stringify(result)}\n` : `${readable(result)}\n\n`);
}

/** What the person who typed the command can mend; anything else is a failed bench. */
const isUsage = (error: Error & { code?: string }): boolean =>
  error instanceof BenchUsage || error.code?.startsWith("ERR_PARSE_ARGS") === true;

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    const usageError = isUsage(error);
    process.stderr.write(
      usageError ? `${error.message}\n` : `the bench failed: ${error.message}\n`,
    );
    process.exitCode = usageError ? 2 : 1;
  },
);
