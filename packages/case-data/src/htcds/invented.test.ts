import { generateSandbox } from "@symbolon/sim/cases/sandbox";
import { describe, expect, it } from "vitest";
import { readPersons } from "../intake/persons.js";
import { validateRecord } from "./validate.js";

const { organisations } = generateSandbox({ seed: 2, people: 900 });

describe.each(organisations)("invented cases of $organisation.id", ({ list, records }) => {
  it("are records of HTCDS without a fault", () => {
    const faults = records.flatMap((record) =>
      validateRecord(record).filter(({ severity }) => severity === "error"),
    );
    expect(faults).toEqual([]);
  });

  it("are a list whose persons can be read, and what happened to them stays home", () => {
    const { persons, unmapped, rejectedRows } = readPersons(new TextEncoder().encode(list.csv), {
      withRepeats: true,
    });
    expect(persons.length + rejectedRows).toBe(records.length);
    expect(rejectedRows).toBeLessThan(records.length / 50);
    for (const heading of ["route", "traces", "means of control"]) {
      expect(unmapped).toContain(heading);
    }
  });
});
