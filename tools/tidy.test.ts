import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import {
  BASE_LINES_MAX,
  COLUMNS_MAX,
  FUNCTION_LINES_MAX,
  LINES_MAX,
  MAY_IMPORT,
  NO_DEPENDENCIES,
  PLATFORM,
  PURE,
  RANDOMNESS,
} from "./tidy/layers.js";
import {
  filesUnder,
  importsOf,
  linesOf,
  nodesOf,
  placeOf,
  root,
  type SourceFile,
} from "./tidy/source.js";

const packages = filesUnder("packages", [".ts", ".mjs"]);
const others = [
  ...filesUnder("tools", [".ts", ".mjs"]),
  ...(existsSync(join(root, "tests")) ? filesUnder("tests", [".ts"]) : []),
];
const all = [...packages, ...others];
const readJson = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));

/** Package folders that have source; a package enters the table when it has something in it. */
const names = [...new Set(packages.map(({ owner }) => owner ?? ""))].sort();

describe("layers", () => {
  it("has every package in the table, and nothing else", () => {
    expect(names.filter((name) => !(name in MAY_IMPORT))).toEqual([]);
  });

  it("lets nobody import what the table does not list", () => {
    const breaches = packages.flatMap((file) =>
      importsOf(file)
        .filter((name) => !mayImport(file, name))
        .map((name) => `${file.path} imports ${name}`),
    );
    expect(breaches).toEqual([]);
  });

  it("keeps a package's files together: no relative path leaves it", () => {
    const escapes = packages.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith(".") && ownerOf(file, name) !== file.owner)
        .map((name) => `${file.path} imports ${name}`),
    );
    expect(escapes).toEqual([]);
  });

  it.each(names)("agrees with package.json and tsconfig.json of %s", (name) => {
    const allowed = [...new Set(MAY_IMPORT[name].map((entry) => entry.split("/")[0]))].sort();
    const ours = Object.keys(readJson(`packages/${name}/package.json`).dependencies ?? {})
      .filter((dependency) => dependency.startsWith("@symbolon/"))
      .map((dependency) => dependency.slice("@symbolon/".length));
    expect(ours.sort()).toEqual(allowed);
    const references: { path: string }[] = readJson(`packages/${name}/tsconfig.json`).references;
    expect(references.map(({ path }) => path.replace("../", "")).sort()).toEqual(allowed);
  });

  it("is drawn in ARCHITECTURE.md as it is here", () => {
    const drawn = /```text who may import whom\n([\s\S]*?)```/.exec(
      readFileSync(join(root, "ARCHITECTURE.md"), "utf8"),
    )?.[1];
    const table = Object.entries(MAY_IMPORT).map(
      ([name, allowed]) => `${name.padEnd(10)} -> ${allowed.join(", ") || "nothing"}\n`,
    );
    expect(drawn).toBe(table.join(""));
  });
});

/** Judges one import of one file; built-in and npm modules by the package's own declarations. */
function mayImport(file: SourceFile, name: string): boolean {
  const owner = file.owner ?? "";
  if (name.startsWith(".")) return true;
  if (name.startsWith("@symbolon/")) {
    const [target, folder] = name.slice("@symbolon/".length).split("/");
    if (file.isTest && target === "sim") return true;
    return MAY_IMPORT[owner].some((entry) => entry === target || entry === `${target}/${folder}`);
  }
  if (file.isTest || !file.path.includes("/src/")) return true;
  if (name.startsWith("node:")) return !PURE.includes(owner) || PLATFORM.includes(file.path);
  const declared = readJson(`packages/${owner}/package.json`).dependencies ?? {};
  return Object.keys(declared).some((it) => name === it || name.startsWith(`${it}/`));
}

function ownerOf(file: SourceFile, name: string): string | undefined {
  const target = new URL(name, `file:///${file.path}`).pathname;
  return /^\/packages\/([a-z-]+)\//.exec(target)?.[1];
}

describe("sizes", () => {
  it(`has no file of more than ${LINES_MAX} lines`, () => {
    const long = all.filter(({ text }) => text.trimEnd().split("\n").length > LINES_MAX);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it(`has no function of more than ${FUNCTION_LINES_MAX} lines`, () => {
    const long: string[] = [];
    for (const file of all) {
      for (const node of nodesOf(file)) {
        const tooLong = ts.isFunctionLike(node) && linesOf(node) > FUNCTION_LINES_MAX;
        if (tooLong && !isSuite(node)) long.push(`${placeOf(file, node)} (${linesOf(node)})`);
      }
    }
    expect(long).toEqual([]);
  });

  it(`has no line of more than ${COLUMNS_MAX} columns`, () => {
    const wide = all.flatMap(({ path, text }) =>
      text
        .split("\n")
        .flatMap((line, k) => ([...line].length > COLUMNS_MAX ? [`${path}:${k + 1}`] : [])),
    );
    expect(wide).toEqual([]);
  });

  it(`keeps the floor under ${BASE_LINES_MAX} lines`, () => {
    const floor = packages.filter(({ owner, isTest }) => owner === "base" && !isTest);
    const lines = floor.reduce((sum, { text }) => sum + text.trimEnd().split("\n").length, 0);
    expect(lines).toBeLessThanOrEqual(BASE_LINES_MAX);
  });
});

/** The body of `describe(…)`, and of a contract that holds one, is a list of tests. */
function isSuite(node: ts.Node): boolean {
  const call = node.parent;
  if (ts.isCallExpression(call)) return isDescribe(call);
  if (!node.getSourceFile().fileName.endsWith(".contract.ts")) return false;
  if (!ts.isFunctionDeclaration(node) && !ts.isArrowFunction(node)) return false;
  const body = node.body;
  if (body === undefined || !ts.isBlock(body)) return false;
  return body.statements.some((it) => ts.isExpressionStatement(it) && isDescribe(it.expression));
}

const isDescribe = (node: ts.Node): boolean =>
  ts.isCallExpression(node) && /^describe\b/.test(node.expression.getText());

describe("words", () => {
  it("uses neither console, nor Math.random, nor the type `any`", () => {
    const used: string[] = [];
    for (const file of all) {
      for (const node of nodesOf(file)) {
        if (node.kind === ts.SyntaxKind.AnyKeyword) used.push(`${placeOf(file, node)} any`);
        if (!ts.isPropertyAccessExpression(node)) continue;
        const [left, right] = [node.expression.getText(), node.name.text];
        if (left === "console" || (left === "Math" && right === "random")) {
          used.push(`${placeOf(file, node)} ${left}.${right}`);
        }
      }
    }
    expect(used).toEqual([]);
  });

  it("reads no clock in a pure package", () => {
    const pure = packages.filter(({ owner, isTest }) => PURE.includes(owner ?? "") && !isTest);
    const clock = /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bhrtime\b/;
    expect(pure.filter(({ text }) => clock.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("draws cryptographic randomness only where the table says", () => {
    const files = packages.filter((file) => !file.isTest && drawsRandomness(file));
    expect(files.map(({ path }) => path).sort()).toEqual([...RANDOMNESS].sort());
  });

  it("leaves nothing undone in a comment, and names no machine's folders", () => {
    // Spelt in halves, so that this file does not find itself.
    const banned = new RegExp(
      [
        "TO" + "DO",
        "FIX" + "ME",
        "XX" + "X\\b",
        // At the root of a path: a folder of ours may well be called so.
        "(?<![.\\w])/(wo" + "rk|ho" + "me|Us" + "ers|t" + "mp)/",
      ].join("|"),
    );
    const documents = filesUnder(".", [".md", ".toml", ".json"]).filter(
      ({ path }) => path !== "package-lock.json",
    );
    const found = [...all, ...documents].filter(({ text }) => banned.test(text));
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});

/** Imports a generator from Node's crypto, or calls the platform's. */
function drawsRandomness(file: SourceFile): boolean {
  const generator = /^(random|getRandom|generateKey)/;
  for (const node of nodesOf(file)) {
    if (ts.isImportDeclaration(node) && /^"(node:)?crypto"$/.test(node.moduleSpecifier.getText())) {
      const names = node.importClause?.namedBindings;
      if (names === undefined || !ts.isNamedImports(names)) return true;
      if (names.elements.some(({ name }) => generator.test(name.text))) return true;
    }
    const isCall = ts.isPropertyAccessExpression(node) && generator.test(node.name.text);
    if (isCall && /^(globalThis\.)?crypto(\.subtle)?$/.test(node.expression.getText())) return true;
  }
  return false;
}

describe("dependencies", () => {
  const lock: Record<string, Record<string, unknown>> = readJson("package-lock.json").packages;
  const manifests = ["package.json", ...names.map((name) => `packages/${name}/package.json`)];

  it("names exact versions only", () => {
    const loose = manifests.flatMap((path) => {
      const { dependencies = {}, devDependencies = {} } = readJson(path);
      return Object.entries<string>({ ...dependencies, ...devDependencies })
        .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        .map(([name, version]) => `${path}: ${name} ${version}`);
    });
    expect(loose).toEqual([]);
  });

  it("runs no script when it is installed", () => {
    const scripted = Object.entries(lock).filter(([, entry]) => entry["hasInstallScript"]);
    const unexpected = scripted.filter(([path]) => !path.endsWith("/fsevents"));
    expect(unexpected.map(([path]) => path)).toEqual([]);
  });

  it("has the lockfile's integrity for every package from a registry", () => {
    const unsealed = Object.entries(lock).filter(
      ([path, entry]) => path.includes("node_modules/") && !entry["link"] && !entry["integrity"],
    );
    expect(unsealed.map(([path]) => path)).toEqual([]);
  });

  it.each(NO_DEPENDENCIES)("%s needs nothing from outside at run time", (name) => {
    const { dependencies = {} } = readJson(`packages/${name}/package.json`);
    expect(Object.keys(dependencies).filter((it) => !it.startsWith("@symbolon/"))).toEqual([]);
  });
});
