import { utf8 } from "@symbolon/base/bytes";
import fc from "fast-check";
import { expect, it } from "vitest";
import { csvCell } from "./csv-cell.js";
import { readList } from "./read-list.js";

it.each([
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ["+31612345678", `"'+31612345678"`],
  ["-1", `"'-1"`],
  ["@sum", `"'@sum"`],
  [" =1", `"' =1"`],
  ["Ana", "Ana"],
  [" Ana", '" Ana"'],
  ["a,b", '"a,b"'],
  ["'t Hooft", `"'t Hooft"`],
])("guards %j", (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

it("is read back as it was, but for blanks at its ends", () => {
  const text = fc
    .string({ unit: fc.constantFrom("=", "+", "-", "@", "'", "|", "a", "1", " ", ",", '"') })
    // A text that itself looks guarded is read as if it were.
    .filter((it) => !/^\s*'\s*[-=+@|%\d]/.test(it) && !/^\s*="/.test(it));
  const property = fc.property(text, (one) => {
    const file = `name,other\nAna,x\nBo,${csvCell(one)}\n`;
    expect(readList(utf8(file)).rows[1].cells[1]).toBe(one.trim());
  });
  fc.assert(property, { numRuns: 500 });
});
