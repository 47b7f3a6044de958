import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A change that takes one guard away: `text` in the place of characters `start` to `end`. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const FOLDERS = ["packages/mpc/src", "packages/queries/src/three-party"];
const REFUSALS = new Set(["ProtocolAbort", "InputRefused", "SoundnessTooLow"]);
const CHECKS = new Set([
  "verifyProducts",
  "verifyMatrix",
  "verifyInner",
  "verifyDots",
  "verifySameRows",
  "sacrifice",
  "sameCopies",
  "agree",
  "refuseInvalid",
  "assertAllVerified",
  "assertTiled",
]);
/** Assertions that stand against a cheat, not only against a slip. */
const ASSERTED = /taken once|used once|received once|ends only when|only a check|one claim a step/;

/** Guards whose absence no outsider can use; each with the reason. */
export const EXEMPT: readonly {
  readonly file: string;
  readonly what: RegExp;
  readonly why: string;
}[] = [
  {
    file: "packages/queries/src/three-party/execute.ts",
    what: /assertAllVerified/,
    why: "a second line: every operator verifies its own products before it returns",
  },
];

/** Weakenings that no rule finds: text that stands once in its file, and what takes its place. */
const WRITTEN: readonly (readonly [file: string, what: string, find: string, text: string])[] = [
  [
    "protocol/coin.ts",
    "a commitment is not bound to its party",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of another file.
    "|${step.path}|${party}|",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of another file.
    "|${step.path}|",
  ],
  [
    "verify/fold.ts",
    "the coin of a fold is opened before G is shared",
    "const coin = prepareCoin(ctx);",
    "const early = prepareCoin(ctx).open(); const coin = { open: () => early };",
  ],
  [
    "verify/inner-product.ts",
    "the coin of a halving is opened before G is shared",
    "const coin = prepareCoin(step);",
    "const early = prepareCoin(step).open(); const coin = { open: () => early };",
  ],
  [
    "verify/inner-product.ts",
    "the coin of a sacrifice is opened before the product is shared",
    "const coin = prepareCoin(ctx);",
    "const early = prepareCoin(ctx).open(); const coin = { open: () => early };",
  ],
  [
    "linkage/compare.ts",
    "the coin of a band is opened before its scores are shared",
    "const coin = prepareCoin(ctx);",
    "const early = prepareCoin(ctx).open(); const coin = { open: () => early };",
  ],
  [
    "linkage/validity.ts",
    "the coin of presence is opened before the squares are shared",
    "const coin = prepareCoin(step);",
    "const early = prepareCoin(step).open(); const coin = { open: () => early };",
  ],
  [
    "table/shuffle.ts",
    "rows are shuffled without tags",
    'const tags = randomShares(step.narrow("tags"), table.shares.own, TAG_WORDS * table.rows);',
    "const none = new Uint32Array(TAG_WORDS * table.rows); const tags = new Shares(none, none);",
  ],
  [
    "linkage/validity.ts",
    "a single projection",
    "export const PROJECTIONS = 96;",
    "export const PROJECTIONS = 1;",
  ],
  [
    "linkage/validity.ts",
    "presence is not looked at",
    'if (!(await presenceIsBits(ctx, list.present))) return "presence-not-a-bit";',
    "",
  ],
  ["linkage/validity.ts", "projections are not looked at", "concatBits(small, bounded)", "bounded"],
  ["linkage/validity.ts", "norms are not looked at", "concatBits(small, bounded)", "small"],
  ["linkage/validity.ts", "norms have no lower bound", "bound(field.floor, -1)", "bound(0, -1)"],
  [
    "linkage/validity.ts",
    "every verdict is good",
    "opened.every((word) => word === 0xffffffff)",
    "opened.length > 0",
  ],
  [
    "transport/memory.ts",
    "a second message takes the place of the first",
    "slot.message !== undefined || slot.used",
    "slot.used",
  ],
  [
    "transport/memory.ts",
    "a message comes again after it was received",
    "slot.message !== undefined || slot.used",
    "slot.message !== undefined",
  ],
];

/** All mutants of the sources below a root, each with one guard less. */
export function mutantsOf(root: string): Mutant[] {
  const found = FOLDERS.flatMap((folder) => filesIn(root, folder)).flatMap((file) =>
    mutantsIn(file, readFileSync(join(root, file), "utf8")),
  );
  const written = WRITTEN.map(([name, what, find, text]): Mutant => {
    const file = `packages/mpc/src/${name}`;
    const source = readFileSync(join(root, file), "utf8");
    const start = source.indexOf(find);
    if (start < 0 || source.indexOf(find, start + 1) >= 0) {
      throw new Error(`${file} must hold once: ${find}`);
    }
    const line = source.slice(0, start).split("\n").length;
    return { file, line, what, start, end: start + find.length, text };
  });
  const all = [...found, ...written];
  return all.filter((one) => !EXEMPT.some((e) => e.file === one.file && e.what.test(one.what)));
}

/** The source with the mutant's change. */
export const apply = (source: string, { start, end, text }: Mutant): string =>
  source.slice(0, start) + text + source.slice(end);

function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.(test|bench|contract))\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !path.includes("generated"))
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
      const name = refusalOf(node);
      if (name) take(node, `does not throw ${name}`, ";");
    }
    if (ts.isIfStatement(node) && throwsRefusal(node.thenStatement)) {
      for (const part of alternatives(node.expression)) {
        take(part, `does not look at ${part.getText().replace(/\s+/g, " ")}`, "false");
      }
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

function refusalOf(node: ts.ThrowStatement): string | undefined {
  const thrown = node.expression;
  if (!ts.isNewExpression(thrown)) return undefined;
  const name = thrown.expression.getText();
  return REFUSALS.has(name) ? `${name} ${thrown.arguments?.[0]?.getText() ?? ""}` : undefined;
}

function throwsRefusal(body: ts.Statement): boolean {
  const statements = ts.isBlock(body) ? body.statements : [body];
  return statements.some((one) => ts.isThrowStatement(one) && refusalOf(one) !== undefined);
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
  if (CHECKS.has(last)) return call.getText().replace(/\s+/g, " ").slice(0, 70);
  if (/\.claims\.(and|field|dot|owe|settle)$/.test(name)) return `the claim ${name}`;
  const claim = call.arguments.at(-1)?.getText() ?? "";
  return name === "assert" && ASSERTED.test(claim) ? `the assertion ${claim}` : undefined;
}
