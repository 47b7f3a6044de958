import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root = fileURLToPath(new URL("../../", import.meta.url));

const SKIPPED = new Set(["node_modules", "dist", "generated", ".git", "coverage", ".symbolon"]);

/** One file of ours, by its path from the root with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** The package it belongs to, or `undefined` for tools, stories and the root. */
  readonly owner: string | undefined;
  /** Tests, contract suites and stories: not part of what runs in production. */
  readonly isTest: boolean;
}

/** All files under `folder` whose name ends in one of `endings`. */
export function filesUnder(folder: string, endings: readonly string[]): SourceFile[] {
  const found: SourceFile[] = [];
  const walk = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) walk(path);
      if (entry.isFile() && endings.some((ending) => entry.name.endsWith(ending))) {
        found.push(describe(path));
      }
    }
  };
  walk(join(root, folder));
  return found;
}

function describe(file: string): SourceFile {
  const path = relative(root, file).split(sep).join("/");
  const owner = /^packages\/([a-z-]+)\//.exec(path)?.[1];
  const isTest = /\.(test|contract)\.ts$/.test(path) || path.startsWith("tests/");
  return { path, text: readFileSync(file, "utf8"), owner, isTest };
}

/** Every node of the file's syntax tree, parents first. */
export function* nodesOf(file: SourceFile): Generator<ts.Node> {
  const kind = file.path.endsWith(".mjs") ? ts.ScriptKind.JS : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true, kind);
  const waiting: ts.Node[] = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    ts.forEachChild(node, (child) => {
      waiting.push(child);
    });
  }
}

/** Every module name that the file imports or re-exports, statically or dynamically. */
export function importsOf(file: SourceFile): string[] {
  const names: string[] = [];
  for (const node of nodesOf(file)) {
    const name = moduleNameOf(node);
    if (name !== undefined) names.push(name);
  }
  return names;
}

function moduleNameOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const from = node.moduleSpecifier;
    return from !== undefined && ts.isStringLiteral(from) ? from.text : undefined;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const from = node.argument.literal;
    return ts.isStringLiteral(from) ? from.text : undefined;
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const from = node.arguments[0];
    // A computed name could be anything: it is reported as such, and then forbidden.
    return from !== undefined && ts.isStringLiteralLike(from) ? from.text : "<computed>";
  }
  return undefined;
}

/** Where a node begins, as `path:line`, for messages. */
export function placeOf(file: SourceFile, node: ts.Node): string {
  const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
  return `${file.path}:${line + 1}`;
}

/** Lines that a node covers. */
export function linesOf(node: ts.Node): number {
  const source = node.getSourceFile();
  const first = source.getLineAndCharacterOfPosition(node.getStart()).line;
  return source.getLineAndCharacterOfPosition(node.getEnd()).line - first + 1;
}
