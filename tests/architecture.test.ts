import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "../tools/tidy/source.js";

interface Step {
  readonly step: number;
  readonly file: string;
  readonly name: string;
  readonly holder: string;
}

const text = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
const ROW = /^\| (\d+) \| `([^`#]+)#([^`]+)` \| [^|]+ \| ([^|:]+): [^|]+ \|$/gm;
const steps: Step[] = [...text.matchAll(ROW)].map(([, step, file, name, holder]) => ({
  step: Number(step),
  file,
  name,
  holder,
}));

describe("the table of steps in ARCHITECTURE.md", () => {
  it("is numbered without gaps, and no row of it goes unread", () => {
    expect(steps.length).toBeGreaterThan(20);
    expect(steps.map(({ step }) => step)).toEqual(steps.map((_, k) => k + 1));
    expect(text.match(/^\| \d+ \|/gm)).toHaveLength(steps.length);
  });

  it.each(steps)("step $step: $file exports $name", ({ file, name }) => {
    expect(existsSync(join(root, file))).toBe(true);
    expect(exportsOf(file)).toContain(name);
  });

  it("leads from the provider to the nodes, and by a question back to the asker", () => {
    const stations = steps.map(({ holder }) => holder);
    const changes = stations.filter((holder, k) => holder !== stations[k - 1]);
    expect(changes).toEqual(["the provider", "each node", "the asker", "each node", "the asker"]);
  });

  it("has the steps within a run in the order in which the run calls them", () => {
    const run = readFileSync(join(root, "packages/queries/src/three-party/execute.ts"), "utf8");
    const body = run.slice(run.indexOf("export async function executeRun"));
    const called = ["requireSound", "sameCopies", "validateList", "runPlan", "revealShares"];
    const places = called.map((name) => body.indexOf(`${name}(`));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    const numbers = called.map((name) => steps.find((step) => step.name === name)?.step ?? 0);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    const verified = body.indexOf('agree(ctx, "verified"');
    expect(verified).toBeGreaterThan(body.indexOf("assertAllVerified("));
    expect(body.indexOf("assertAllVerified(")).toBeGreaterThan(body.indexOf("revealShares("));
    expect(verified).toBeLessThan(body.indexOf("return {"));
  });

  it("names files that exist wherever it names one", () => {
    const named = [...text.matchAll(/`((?:packages|tools|tests)\/[^`#]+)`/g)].map(
      ([, path]) => path,
    );
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

/** Names that a file exports; members of an exported class as `Class.member`. */
function exportsOf(file: string): string[] {
  const source = readFileSync(join(root, file), "utf8");
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2023, true);
  return tree.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return isExported ? namesOf(statement) : [];
  });
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  if (ts.isFunctionDeclaration(statement)) return [statement.name?.text ?? ""];
  if (!ts.isClassDeclaration(statement)) return [];
  const owner = statement.name?.text ?? "";
  return [owner, ...statement.members.map((member) => `${owner}.${member.name?.getText()}`)];
}
