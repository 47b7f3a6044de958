import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OTHER_HASH, QUERY } from "../fixture.contract.js";
import { EXPLANATION, founded } from "../log-fixture.contract.js";
import { wholeStory } from "../whole-story.contract.js";
import { auditReport } from "./audit-report.js";
import { type Document, items, table, text, toHtml, toMarkdown } from "./document.js";
import { impactAssessment } from "./impact-assessment.js";
import { processingRecord, useCaseRegister } from "./registers.js";

const documentWith = (value: string): Document => ({
  title: value,
  about: value,
  sections: [{ heading: value, blocks: [text(value), items([value]), table([value], [[value]])] }],
});

/** Markdown without the signs that are escaped. */
const bare = (markdown: string): string => markdown.replace(/\\[\s\S]/g, "");

describe("a document", () => {
  it("keeps text as text, whatever is in it", () => {
    const nasty = fc.constantFrom(
      ...["<script>alert(1)</script>", '"><img src=x onerror=y>', "[a](javascript:b)", "a|b|c"],
      ...["# heading", "\n\n- item", "`code`", "<!-- -->", "&lt;", "![x](http://y)", "'"],
    );
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string(), fc.string({ unit: "binary" })), (value) => {
        const html = toHtml(documentWith(value));
        const known = /<\/?(?:html|head|meta|title|style|body|h1|h2|p|ul|li|table|tr|th|td)\b/;
        for (const [tag] of html.matchAll(/<\/?[a-z][^\s>]*/gi)) expect(tag).toMatch(known);
        expect(html.match(/<(?:p|li|td|h1)>/g)?.length).toBeGreaterThanOrEqual(4);
        const lines = bare(toMarkdown(documentWith(value))).split("\n");
        expect(lines.filter((line) => /^#/.test(line)).length).toBe(2);
        expect(lines.filter((line) => /^- /.test(line)).length).toBe(1);
        expect(lines.join("\n")).not.toMatch(/[<[\]`]/);
        for (const line of lines.filter((it) => it.startsWith("|")))
          expect(line.split("|").length).toBe(3);
      }),
    );
  });
});

describe("documents of a space", async () => {
  const log = await founded();
  const { state } = await log.fold();

  it("say of a use case what is done, why, what it reveals, and who decided", () => {
    const useCase = log.hash("use case");
    const explanations = new Map([[EXPLANATION, "The asker learns five names."]]);
    const page = toMarkdown(impactAssessment(state, useCase, explanations));
    const shown = page.replaceAll("\\", "");
    for (const said of [
      ...[
        "Missing persons",
        "Police act, article 8",
        "Necessary, since no other means finds them.",
      ],
      ...["The asker learns five names.", "threshold: 600 to 900", "columns content, real"],
      ...["| The helpline (helpline) | yes |", "| node 2, Node 2 | yes |", "30 days"],
    ])
      expect(shown).toContain(said);
    const without = toMarkdown(impactAssessment(state, useCase, new Map()));
    expect(without).toContain("is not at hand");
    expect(() => impactAssessment(state, OTHER_HASH, explanations)).toThrow("no use case");
  });

  it("list use cases, organisations, nodes and data", () => {
    const register = toHtml(useCaseRegister(state));
    expect(register).toContain("Missing persons (missing-persons, version 1)");
    const record = toHtml(processingRecord(state));
    for (const said of ["The shelter (shelter)", "node 1", "at 3 nodes, deleted at 0", "search"])
      expect(record).toContain(said);
  });

  it("report every run and every entry, and why one does not count", async () => {
    const story = await wholeStory();
    story.entries.push(story.entries[0], Uint8Array.of(1));
    const folded = await story.fold();
    const report = toMarkdown(auditReport({ ...folded, entries: story.entries }));
    const shown = report.replaceAll("\\", "");
    expect(shown).toContain(`${story.entries.length} entries, 2 without effect; 2 requests, 1 of`);
    expect(shown).toContain("node 0: done; node 1: done; node 2: done; received");
    expect(shown).toContain("The shelter (shelter) said no");
    expect(shown).toContain("ENTRY_OUT_OF_ORDER");
    expect(shown).toContain("| unreadable |");
    expect(shown).toContain(QUERY.slice(0, 16));
    expect(shown.match(/^\| \d+ \|/gm)?.length).toBe(story.entries.length + 2);
  });
});
