import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { personLayout } from "@symbolon/case-data/encode/layout";
import { runTerms } from "@symbolon/mpc/linkage/run-terms";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { catalogue } from "@symbolon/queries/catalogue/catalogue";
import { describe, expect, it } from "vitest";
import { filesUnder, root } from "../tools/tidy/source.js";

const pages = filesUnder(".", [".md"]).filter(({ path }) => !path.startsWith("packages/"));
const page = (path: string): string => readFileSync(join(root, path), "utf8");

describe("links", () => {
  it.each(pages.map(({ path }) => path))("of %s lead somewhere", (path) => {
    const targets = [...page(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, to]) => to);
    const local = targets.filter((to) => !/^[a-z]+:/.test(to));
    expect(local.filter((to) => !existsSync(join(root, dirname(path), to)))).toEqual([]);
  });

  it("to protocol pages in the source have their page, and each page is in the list", () => {
    const named = filesUnder("packages", [".ts"]).flatMap(({ text }) =>
      [...text.matchAll(/docs\/protocols\/[a-z-]+\.md/g)].map(([path]) => path),
    );
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const list = page("docs/protocols/README.md");
    const written = filesUnder("docs/protocols", [".md"]).map(({ path }) => path.split("/").at(-1));
    expect(written.filter((name) => name !== "README.md" && !list.includes(`(${name})`))).toEqual(
      [],
    );
  });

  it("to source files and tests lead to files that exist", () => {
    const dead = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/`((?:packages|tools|tests|docs)\/[^`#\s]+)`/g)]
        .filter(([, to]) => !existsSync(join(root, to)))
        .map(([, to]) => `${path}: ${to}`),
    );
    expect(dead).toEqual([]);
  });
});

describe("the threat model", () => {
  it("has the table of what queries reveal as the catalogue declares it", () => {
    const rows = catalogue.flatMap(({ name, reveals }) =>
      reveals.map(({ to, what }) => `| ${name} | ${to} | ${what} |\n`),
    );
    const table = `| query | to | what |\n| --- | --- | --- |\n${rows.join("")}`;
    const [, shown] = /<!-- reveals -->\n([\s\S]*?)<!-- \/reveals -->/.exec(
      page("THREAT_MODEL.md"),
    ) ?? [undefined, undefined];
    expect(shown).toBe(table);
  });

  it("names a test for every control", () => {
    const [, table] = /## Controls[^\n]*\n([\s\S]*?)\n## /.exec(page("THREAT_MODEL.md")) ?? [];
    const rows = (table ?? "").match(/^\|(?! ---| against).*\|$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => !/`[^`]+\.test\.ts`/.test(row))).toEqual([]);
  });
});

describe("the protocol pages", () => {
  it("give the soundness that the code computes", () => {
    const rows = [
      ...page("docs/protocols/run.md").matchAll(/^\| (\d+) \| (\d+) \| (\d+) \| ([\d.]+) \|$/gm),
    ];
    expect(rows.length).toBeGreaterThan(2);
    const computed = rows.map(([, ours, each, lists]) => {
      const theirs = new Array<number>(Number(lists)).fill(Number(each));
      const sizes = { layout: personLayout(), ours: Number(ours), theirs, profile: PRODUCTION };
      return soundnessBits(runTerms(sizes)).toFixed(1);
    });
    expect(rows.map(([, , , , bits]) => bits)).toEqual(computed);
  });

  it("are short", () => {
    const long = filesUnder("docs", [".md"]).filter(({ text }) => text.split("\n").length > 120);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
