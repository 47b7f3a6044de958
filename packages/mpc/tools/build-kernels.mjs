/**
 * Compiles assembly/ (AssemblyScript) into src/generated/kernels-wasm.ts, a module that carries the
 * WASM bytes as base64: no file to find at run time, in Node and in a browser alike.
 * Does nothing if neither the sources nor the compiler have changed. Run by itself, or imported.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { argv, stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = join(home, "assembly");
const target = join(home, "src", "generated", "kernels-wasm.ts");

const FLAGS = [
  "-O3",
  "--converge",
  "--noAssert",
  ...["--runtime", "stub"],
  ...["--enable", "simd"],
  ...["--enable", "bulk-memory"],
  // room for the scratch memory of assembly/memory.ts
  ...["--memoryBase", "262144"],
  ...["--initialMemory", "5"],
];

/** Hash of all that the output depends on. */
function fingerprint() {
  const hash = createHash("sha256");
  const require = createRequire(import.meta.url);
  hash.update(FLAGS.join(" "));
  hash.update(require("assemblyscript/package.json").version);
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  for (const name of sourceNames()) {
    hash.update(`${name}\n`);
    hash.update(readFileSync(join(sources, name)));
  }
  return hash.digest("hex");
}

function sourceNames() {
  return readdirSync(sources)
    .filter((name) => name.endsWith(".ts"))
    .sort();
}

function isCurrent(print) {
  try {
    return readFileSync(target, "utf8").startsWith(`// ${print}\n`);
  } catch {
    return false;
  }
}

/** The WASM bytes of assembly/index.ts. Throws the compiler's messages. */
async function compile() {
  const { default: asc } = await import("assemblyscript/asc");
  let wasm;
  const messages = [];
  const { error } = await asc.main(["index.ts", ...FLAGS, "--outFile", "kernels.wasm"], {
    readFile: (name, base) => {
      try {
        return readFileSync(join(base === "." ? sources : base, name), "utf8");
      } catch {
        return null;
      }
    },
    writeFile: (name, contents) => {
      if (name.endsWith(".wasm")) wasm = contents;
    },
    listFiles: () => [],
    stderr: { write: (text) => messages.push(text) },
  });
  if (error || wasm === undefined) {
    throw new Error(`the kernels do not compile\n${messages.join("")}`, { cause: error });
  }
  return wasm;
}

/** Brings the generated module up to date. Answers its size in bytes, 0 if it already was. */
export async function buildKernels() {
  const print = fingerprint();
  if (isCurrent(print)) return 0;
  const wasm = await compile();
  mkdirSync(dirname(target), { recursive: true });
  const text = Buffer.from(wasm).toString("base64");
  const draft = `${target}.${process.pid}`;
  writeFileSync(draft, `// ${print}\nexport const KERNELS_BASE64 =\n  "${text}";\n`);
  renameSync(draft, target);
  return wasm.length;
}

if (argv[1] !== undefined && fileURLToPath(import.meta.url) === argv[1]) {
  try {
    const size = await buildKernels();
    stdout.write(size === 0 ? "kernels: up to date\n" : `kernels: ${size} bytes of WASM\n`);
  } catch (error) {
    stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
