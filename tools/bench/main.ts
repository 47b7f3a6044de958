import { parseArgs } from "node:util";
import { benchCompare } from "./compare.js";
import { type BenchResult, readable } from "./result.js";

const USAGE = `Usage: npm run bench -- <name> [options]
  compare  --rows 5000 --dims 512   all pairs of two lists: dot product, sign, OR; three processes
           --rows 1000,2000,5000    several sizes, to show growth
  --json   one line a result`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      rows: { type: "string", default: "5000" },
      dims: { type: "string", default: "512" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [name] = positionals;
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
