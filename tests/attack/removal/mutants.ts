import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { EXEMPT } from "./exempt.js";
import { WRITTEN } from "./written.js";

/** A change that takes one guard away: `text` in the place of characters `start` to `end`. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Sources whose guards are taken away: whole folders, and single files. */
const GUARDED = [
  "packages/mpc/src",
  "packages/queries/src/three-party",
  "packages/governance/src",
  "packages/node/src/config.ts",
  "packages/node/src/governance",
  "packages/node/src/identity",
  "packages/node/src/init.ts",
  "packages/node/src/jobs",
  "packages/node/src/routes",
  "packages/node/src/store",
  "packages/node/src/transport",
  "packages/provider/src",
];

/** Statements that are a check of the engine when they call one of these. */
const CHECKS = new Set([
  "verifyProducts",
  "verifyMatrix",
  "verifyBitMatrix",
  "verifyInner",
  "verifyDots",
  "sameRows",
  "sacrifice",
  "sameCopies",
  "agree",
  "assertAllVerified",
  "assertTiled",
]);
/** Statements that refuse or abort, or call what does: `refuseStale(…)`, `this.#abort(…)`. */
const REFUSES = /^(refuse|abort|announceAbort$|check(Query|Distinct|Layouts|Card|Values)$)/;
/** Functions that return why something is refused, or `undefined`. */
const VERDICTS = new Set(["inconsistency", "#judge", "#differing"]);
/** Assertions that stand against a cheat, not only against a slip of who programs. */
const ASSERTED = new RegExp(
  [
    "taken once",
    "used once",
    "received once",
    "owed once",
    "only an owed",
    "every product is verified",
    "only a check",
    "one claim a step",
  ].join("|"),
);

/** All mutants of the sources below a root, each with one guard less. */
export function mutantsOf(root: string): Mutant[] {
  const found = GUARDED.flatMap((path) => filesIn(root, path)).flatMap((file) =>
    mutantsIn(file, readFileSync(join(root, file), "utf8")),
  );
  const written = WRITTEN.map(([name, what, find, text]): Mutant => {
    const file = `packages/${name}`;
    const source = readFileSync(join(root, file), "utf8");
    const start = source.indexOf(find);
    if (start < 0 || source.indexOf(find, start + 1) >= 0) {
      throw new Error(`${file} must hold once: ${find}`);
    }
    const line = source.slice(0, start).split("\n").length;
    return { file, line, what, start, end: start + find.length, text };
  });
  return [...found, ...written];
}

/** Why nobody can notice that a guard is gone, if that is so. */
export const exemptionOf = (mutant: Mutant): string | undefined =>
  EXEMPT.find(({ file, what }) => file === mutant.file && what.test(mutant.what))?.why;

/** The source with the mutant's change. */
export const apply = (source: string, { start, end, text }: Mutant): string =>
  source.slice(0, start) + text + source.slice(end);

function filesIn(root: string, path: string): string[] {
  if (path.endsWith(".ts")) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.(test|bench|contract))\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !file.includes("generated"))
    .sort();
}

function mutantsIn(file: string, source: string): Mutant[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2023, true);
  const found: Mutant[] = [];
  const take = (node: ts.Node, what: string, text: string): void => {
    const start = node.getStart();
    const line = tree.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ file, line, what, start, end: node.getEnd(), text });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isThrowStatement(node)) {
      const name = thrownBy(node);
      if (name) take(node, `does not throw ${name}`, ";");
    }
    if (ts.isIfStatement(node) && refuses(node.thenStatement)) {
      for (const part of alternatives(node.expression)) {
        take(part, `does not look at ${shown(part)}`, "false");
      }
    }
    if (ts.isConditionalExpression(node) && isRefusal(node.whenFalse)) {
      take(node, `does not ${shown(node.whenFalse)}`, node.whenTrue.getText());
    }
    if (ts.isReturnStatement(node) && node.expression) {
      if (isRefusal(node.expression)) take(node, `does not ${shown(node.expression)}`, ";");
      const isVerdict =
        VERDICTS.has(functionAround(node) ?? "") && shown(node) !== "return undefined;";
      if (isVerdict) take(node, `does not ${shown(node)}`, ";");
    }
    if (ts.isExpressionStatement(node)) {
      const what = guardCalled(node.expression);
      if (what) take(node, `without ${what}`, ";");
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const shown = (node: ts.Node): string => node.getText().replace(/\s+/g, " ").slice(0, 70);

/** The refusal that a statement throws; `undefined` if it passes on what it has caught. */
function thrownBy(node: ts.ThrowStatement): string | undefined {
  const thrown = node.expression;
  if (!ts.isNewExpression(thrown) && !ts.isCallExpression(thrown)) return undefined;
  const about = (thrown.arguments ?? []).slice(0, 2).map(shown);
  return `${thrown.expression.getText()} ${about.join(", ")}`.slice(0, 90);
}

/** A call of `refuse(…)`, which never returns. */
const isRefusal = (node: ts.Expression): boolean =>
  ts.isCallExpression(node) && node.expression.getText() === "refuse";

function refuses(body: ts.Statement): boolean {
  const statements = ts.isBlock(body) ? body.statements : [body];
  return statements.some(
    (one) =>
      (ts.isThrowStatement(one) && thrownBy(one) !== undefined) ||
      (ts.isReturnStatement(one) && one.expression !== undefined && isRefusal(one.expression)),
  );
}

function functionAround(node: ts.Node): string | undefined {
  for (let at: ts.Node = node; at.parent; at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) return at.name?.getText();
  }
  return undefined;
}

/** The operands of a condition a || b || …, if there are several. */
function alternatives(condition: ts.Expression): ts.Expression[] {
  const operands: ts.Expression[] = [];
  const split = (node: ts.Expression): void => {
    const isOr =
      ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.BarBarToken;
    if (!isOr) operands.push(node);
    else {
      split(node.left);
      split(node.right);
    }
  };
  split(condition);
  return operands.length > 1 ? operands : [];
}

/** The guard that a statement is, if it is one: a check, a claim, an assertion against a cheat. */
function guardCalled(expression: ts.Expression): string | undefined {
  const call = ts.isAwaitExpression(expression) ? expression.expression : expression;
  if (!ts.isCallExpression(call)) return undefined;
  const name = call.expression.getText();
  const last = name.split(".").at(-1) ?? "";
  if (CHECKS.has(last) || REFUSES.test(last.replace("#", "")))
    return call.getText().replace(/\s+/g, " ").slice(0, 70);
  if (/\.claims\.(and|field|dot|owe|settle)$/.test(name)) return `the claim ${name}`;
  const claim = call.arguments.at(-1)?.getText() ?? "";
  return name === "assert" && ASSERTED.test(claim) ? `the assertion ${claim}` : undefined;
}
