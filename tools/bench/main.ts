import { parseArgs } from "node:util";
import { benchCompare } from "./compare.js";
import { COLUMNS, type ColumnsName } from "./febrl.js";
import { benchFiveNames } from "./five-names.js";
import { type BenchResult, readable } from "./result.js";

const USAGE = `Usage: npm run bench -- <name> [options]
  compare  --rows 5000 --dims 512   all pairs of two lists: dot product, sign, OR; three processes
           --rows 1000,2000,5000    several sizes, to show growth
  five-names  --seeds 20 --secure 1 --columns ten|case|min   the proof of concept on FEBRL4, a
           public benchmark; the first --secure seeds are linked on shares, the rest in the clear
  --json   one line a result

Benchmark data that nobody here wrote is found in the folder that SYMBOLON_BENCH_DATA names;
docs/operating/benchmark-data.md says where each set is public.`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      rows: { type: "string", default: "5000" },
      dims: { type: "string", default: "512" },
      seeds: { type: "string", default: "20" },
      secure: { type: "string", default: "1" },
      columns: { type: "string", default: "ten" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [name] = positionals;
  if (name === "five-names") return fiveNames(values);
  if (values.help || name !== "compare") {
    process.stderr.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const dims = Number(values.dims);
  const sizes = values.rows.split(",").map(Number);
  if (![dims, ...sizes].every((size) => Number.isInteger(size) && size >= 1 && size <= 100_000)) {
    process.stderr.write("rows and dims are whole numbers from 1 to 100000\n");
    return 2;
  }
  for (const rows of sizes) print(await benchCompare(rows, dims), values.json);
  return 0;
}

interface FiveNamesValues {
  readonly seeds: string;
  readonly secure: string;
  readonly columns: string;
  readonly json: boolean;
}

async function fiveNames({ seeds, secure, columns, json }: FiveNamesValues): Promise<number> {
  const folder = process.env["SYMBOLON_BENCH_DATA"];
  if (folder === undefined) {
    process.stderr.write("skipped: SYMBOLON_BENCH_DATA names no folder of benchmark data\n");
    return 0;
  }
  const isColumns = (text: string): text is ColumnsName => Object.hasOwn(COLUMNS, text);
  if (!isColumns(columns) || !/^\d+$/.test(seeds) || !/^\d+$/.test(secure)) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const options = { folder, seeds: Number(seeds), secure: Number(secure), columns };
  print(await benchFiveNames(options), json);
  return 0;
}

function print(result: BenchResult, isJson: boolean): void {
  process.stdout.write(isJson ? `${JSON.stringify(result)}\n` : `${readable(result)}\n\n`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`the bench failed: ${error.message}\n`);
    process.exitCode = 1;
  },
);
