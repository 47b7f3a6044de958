import { describe, expect, it } from "vitest";
import { type HtcdsRecord, recordOf } from "../htcds/record.js";
import { seededWords } from "../random.js";
import { SlotMaker, type WrittenIndicator } from "./case-slots.js";
import { CASES_MAX, CASES_TABLE, casesDataset } from "./cases-dataset.js";
import { CASE_INDICATORS_MAX, CASE_SLOTS, CHANNELS, slotCode } from "./kinds.js";
import { slotKey } from "./slot-key.js";
import { indicatorsOfRecord, indicatorsOfRows } from "./written-indicators.js";

const phone = (text: string, column = "Phone"): WrittenIndicator => ({
  kind: "phone",
  text,
  column,
});
const phones = (count: number): WrittenIndicator[] =>
  Array.from({ length: count }, (_, k) => phone(`+31 6 2468 ${1357 + k}`));

describe("slots of a case", () => {
  it("are the exact keys and then the near ones, each once", () => {
    const { slots, notes } = new SlotMaker().slots({
      row: 2,
      indicators: [phone("+31624681357"), phone("0031 6 24681357"), phone("+32 24681357")],
    });
    const exact = slotCode("phone", "exact");
    const near = slotCode("phone", "near");
    expect(slots.map(({ code }) => code)).toEqual([exact, exact, near]);
    expect(slots[0].key).toEqual(slotKey("phone", "exact", "31624681357"));
    expect(slots[2].key).toEqual(slotKey("phone", "near 0", "24681357"));
    expect(notes).toEqual([]);
  });

  it("are no more than the public number, and a note says which row lost what", () => {
    const { slots, notes } = new SlotMaker().slots({ row: 7, indicators: phones(11) });
    expect(slots.length).toBe(2 * CASE_INDICATORS_MAX);
    expect(notes).toMatchObject([
      { row: 7, column: "Phone", code: "INDICATORS_TOO_MANY", count: 3 },
    ]);
  });

  it("drop third forms before second ones, and exact ones never", () => {
    const indicators = Array.from({ length: CASE_INDICATORS_MAX }, (_, k) => ({
      kind: "document" as const,
      text: `PA${24681357 + 1111 * k}`,
    }));
    const { slots, notes } = new SlotMaker().slots({ row: 3, indicators });
    expect(slots.length).toBe(CASE_SLOTS);
    expect(slots.filter(({ code }) => code === slotCode("document", "exact")).length).toBe(8);
    expect(notes).toMatchObject([{ row: 3, code: "INDICATOR_FORMS_TOO_MANY", count: 8 }]);
  });

  it("leave out the organisation's own, placeholders, and what is of no known kind", () => {
    const maker = new SlotMaker({ own: [phone("+31 20 2468135"), { text: "?" }] });
    const { slots, notes } = maker.slots({
      row: 4,
      indicators: [phone("020 2468135"), phone("0000000"), { text: "somewhere", column: "Other" }],
    });
    expect(slots).toEqual([]);
    expect(notes.map(({ code, column }) => [code, column])).toEqual([
      ["INDICATOR_OWN", "Phone"],
      ["INDICATOR_GENERIC", "Phone"],
      ["INDICATOR_TYPE_UNKNOWN", "Other"],
    ]);
  });

  it("never quote a value in a note", () => {
    const secrets = ["0000000", "Main Street 98765", "PA1", "Boss", "secret place"];
    const kinds = ["phone", "address", "document", "alias", undefined] as const;
    const indicators = secrets.map((text, k) => ({ text, ...(kinds[k] && { kind: kinds[k] }) }));
    const { notes } = new SlotMaker().slots({ row: 5, indicators });
    expect(notes.map(({ count }) => count).sort()).toEqual([1, 2, 2]);
    for (const secret of secrets) expect(JSON.stringify(notes)).not.toContain(secret);
  });
});

describe("keys", () => {
  it("are the first eight bytes of SHA-256 over kind, form and text, the same everywhere", () => {
    expect(slotKey("phone", "exact", "31624681357")).toEqual(KNOWN);
    const all = ["phone", "email"] as const;
    const different = all.flatMap((kind) =>
      ["exact", "near 0"].map((form) => slotKey(kind, form, "x")),
    );
    expect(new Set(different.map((key) => key.join(" "))).size).toBe(4);
  });
});
const KNOWN = [977103978, 3681265194] as const;

describe("the dataset of cases", () => {
  const cases = [
    { row: 2, indicators: phones(2) },
    { row: 3, indicators: [] },
    { row: 4, indicators: [{ kind: "plate", text: "NL: AB-123-C" } as const] },
  ];

  it("has every slot at its case's row, and zeros elsewhere", () => {
    const { schema, values, rowMap } = casesDataset(cases, seededWords(4));
    const [{ name, rows, columns }] = schema.tables;
    expect([name, rows, columns.map(({ width }) => width)]).toEqual([CASES_TABLE, 256, [64, 1024]]);
    const codes = values.get("cases.slot-codes") ?? new Uint32Array(0);
    const keys = values.get("cases.slot-keys") ?? new Uint32Array(0);
    expect([codes.length, keys.length]).toEqual([256 * 2, 256 * 32]);
    const maker = new SlotMaker();
    rowMap.forEach((index, row) => {
      const expected = index < 0 ? [] : maker.slots(cases[index]).slots;
      const found = Array.from({ length: CASE_SLOTS }, (_, s) => ({
        code: (codes[2 * row + (s >>> 3)] >>> (4 * (s & 7))) & 15,
        key: [keys[32 * row + 2 * s], keys[32 * row + 2 * s + 1]],
      }));
      expect(found.slice(0, expected.length)).toEqual(expected);
      expect(
        found.slice(expected.length).every(({ code, key }) => code + key[0] + key[1] === 0),
      ).toBe(true);
    });
    expect(rowMap.filter((index) => index >= 0).sort()).toEqual([0, 1, 2]);
    expect(CHANNELS.length).toBe(12);
  });

  it("has an order that does not come from the file, and a size that is not its own", () => {
    const orders = [1, 2, 3].map((seed) => casesDataset(cases, seededWords(seed)).rowMap.join(" "));
    expect(new Set(orders).size).toBe(3);
    expect(casesDataset([], seededWords(1)).schema.tables[0].rows).toBe(256);
  });

  it("refuses more cases than may be asked about", () => {
    const many = Array.from({ length: CASES_MAX + 1 }, (_, k) => ({ row: k, indicators: [] }));
    expect(() => casesDataset(many, seededWords(1))).toThrow(/at most/);
  });
});

describe("where indicators stand", () => {
  it("in columns of one kind, several in a cell, and in cells that say the kind", () => {
    const found = indicatorsOfRows(
      ["Case", "Phones", "Traces"],
      [
        {
          line: 2,
          cells: ["1", "+31624681357; +31624681358", "Number plate: AB-123-C; Alias: Vito, the"],
        },
        { line: 3, cells: ["2", "unknown", "constructor: x; just words"] },
        { line: 4, cells: ["3"] },
      ],
      [
        { header: "phones", kind: "phone" },
        { header: "Traces", kind: "labelled" },
      ],
    );
    expect(
      found.map(({ row, indicators }) => [row, indicators.map(({ kind, text }) => [kind, text])]),
    ).toEqual([
      [
        2,
        [
          ["phone", "+31624681357"],
          ["phone", "+31624681358"],
          ["plate", "AB-123-C"],
          ["alias", "Vito, the"],
        ],
      ],
      [
        3,
        [
          [undefined, "constructor: x"],
          [undefined, " just words"],
        ],
      ],
      [4, []],
    ]);
    expect(() => indicatorsOfRows(["a"], [], [{ header: "b", kind: "phone" }])).toThrow(
      /no column/,
    );
    const twice = [{ header: "a", kind: "phone" } as const];
    expect(() => indicatorsOfRows(["a", "A"], [], twice)).toThrow(/more than one/);
  });

  it("in records: listed ones and those of perpetrators, not the victim's", () => {
    const record = {
      ...recordOf({ prs_MobilePhone: "+31699999999" }),
      indicators: [
        { x_indicatorType: "Plate", x_indicatorValue: "AB-123-C" },
        { x_indicatorType: "constructor", x_indicatorValue: "left" },
        { x_indicatorType: "Phone" },
      ],
      perpetrators: [{ prs_Email: "vito@mail.nl", x_aliases: ["Boss Vito", "Lino"] }],
    } as HtcdsRecord;
    expect(indicatorsOfRecord(record).map(({ kind, text }) => [kind, text])).toEqual([
      ["plate", "AB-123-C"],
      [undefined, "left"],
      ["email", "vito@mail.nl"],
      ["alias", "Boss Vito"],
      ["alias", "Lino"],
    ]);
  });
});
