import { utf8 } from "@symbolon/base/bytes";
import { ATTRIBUTES, codeNumbers } from "@symbolon/case-data/attributes/attributes";
import { readPersons } from "@symbolon/case-data/intake/persons";
import { readRecords } from "@symbolon/case-data/mapping/records";
import { caseLists } from "@symbolon/sim/cases/case-lists";
import { describe, expect, it } from "vitest";

const OPTIONS = { seed: 3, lists: 3, people: 120, known: 0.5 };

describe("caseLists", () => {
  const lists = caseLists(OPTIONS);

  it("has people on several lists, whose cases mostly say the same", () => {
    const all = lists.flatMap(({ truth }) => truth);
    const people = new Map(all.map((one) => [one.id, one]));
    expect(people.size).toBeLessThan(all.length - 20);
    for (const one of all) expect(people.get(one.id)).toEqual(one);
  });

  it("is read as people and as cases, row by row", () => {
    for (const { csv, truth } of lists) {
      const { persons } = readPersons(utf8(csv), { withRepeats: true, yearMax: 2026 });
      const { records } = readRecords(utf8(csv), { yearMax: 2026 });
      expect(persons.map(({ row }) => row)).toEqual(records.map(({ row }) => row));
      const said = (name: string, record: (typeof records)[number]["record"]) => {
        const attribute = ATTRIBUTES.find((one) => one.name === name) ?? ATTRIBUTES[0];
        return attribute.codes[codeNumbers(attribute, record)[0] - 1].label;
      };
      const right = records.filter(
        ({ record }, k) =>
          said("exploitation", record) === truth[k].type &&
          said("country", record) === truth[k].country,
      );
      expect(right.length).toBeGreaterThan(0.75 * truth.length);
      expect(right.length).toBeLessThan(truth.length);
    }
  });

  it("is the same for the same options", () => {
    expect(caseLists(OPTIONS)).toEqual(lists);
    expect(caseLists({ ...OPTIONS, seed: 4 })).not.toEqual(lists);
  });
});
