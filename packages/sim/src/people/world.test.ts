import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { CUSTOMS } from "./invent.js";
import { generateWorld } from "./world.js";

const options = { seed: 7, police: 300, ngos: [250, 250, 250], shared: 0.5 };
const world = generateWorld(options);
const lists = [world.police, ...world.ngos];

describe("generateWorld", () => {
  it("makes the same world from the same seed, another from another", () => {
    expect(generateWorld(options)).toEqual(world);
    expect(generateWorld({ ...options, seed: 8 }).police.csv).not.toBe(world.police.csv);
  });

  it("makes lists of the sizes asked for, with the truth beside them", () => {
    expect(lists.map(({ truth }) => truth.length)).toEqual([300, 250, 250, 250]);
    for (const { rows, truth } of lists) expect(rows.length).toBe(truth.length + 1);
    const people = new Set(world.people.map(({ id }) => id));
    for (const { truth } of lists) expect(truth.every((id) => people.has(id))).toBe(true);
  });

  it("shares as many people between police and NGOs as asked for", () => {
    const known = new Set(world.ngos.flatMap(({ truth }) => truth));
    const wanted = new Set(world.police.truth);
    const shared = [...wanted].filter((id) => known.has(id)).length;
    expect(shared).toBe(Math.round(wanted.size * 0.5));
  });

  it("has duplicates on the police list and none within an NGO's", () => {
    expect(new Set(world.police.truth).size).toBe(291);
    for (const { truth } of world.ngos) expect(new Set(truth).size).toBe(truth.length);
  });

  it("never writes who somebody truly is into a list", () => {
    for (const { csv } of lists) expect(csv).not.toContain("person-");
  });

  it("is read back by a CSV reader cell by cell, line breaks in cells included", () => {
    for (const { csv, rows } of lists) {
      const read = Papa.parse<string[]>(csv, { skipEmptyLines: true });
      expect(read.errors).toEqual([]);
      expect(read.data).toEqual(rows);
    }
    expect(world.police.csv).toContain(';\r\nto be confirmed"');
  });

  it("knows many customs and several scripts", () => {
    const customs = new Set(world.people.map(({ custom }) => custom));
    expect(customs.size).toBe(CUSTOMS.length);
    const third = world.ngos[2].csv;
    for (const script of ["Cyrillic", "Arabic", "Han"]) {
      expect(third).toMatch(new RegExp(`\\p{Script=${script}}`, "u"));
    }
  });

  it("writes the same person down differently: slips, swaps, missing and partial dates", () => {
    const [headings, ...rows] = world.police.rows;
    const born = headings.indexOf("date of birth");
    expect(rows.some((row) => row[born] === "")).toBe(true);
    expect(rows.some((row) => /^\d{4}$/.test(row[born]))).toBe(true);
    expect(rows.filter((row) => /^\d{4}-\d\d-\d\d$/.test(row[born])).length).toBeGreaterThan(250);
  });

  it("shares nobody when asked to, and copes with lists too small for all", () => {
    const strangers = generateWorld({ ...options, police: 40, ngos: [30], shared: 0 });
    const known = new Set(strangers.ngos[0].truth);
    expect(strangers.police.truth.some((id) => known.has(id))).toBe(false);
    const full = generateWorld({ ...options, police: 40, ngos: [10, 5], shared: 1 });
    expect(full.ngos.map(({ truth }) => truth.length)).toEqual([10, 5]);
  });
});
