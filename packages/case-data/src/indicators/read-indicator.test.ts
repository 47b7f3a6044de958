import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { below, seededWords } from "../random.js";
import { INDICATOR_KINDS, type IndicatorKind } from "./kinds.js";
import { readIndicator } from "./read-indicator.js";
import type { Reading, ReadingOptions } from "./reading.js";

const readings = (kind: IndicatorKind, cell: string, options?: ReadingOptions): Reading[] => {
  const read = readIndicator(kind, cell, options);
  return typeof read === "string" ? [] : [...read];
};

/** How two cells of one kind meet. */
function meeting(
  kind: IndicatorKind,
  a: string,
  b: string,
  options?: ReadingOptions,
): "exact" | "near" | "no" {
  const pairs = readings(kind, a, options).flatMap((x) =>
    readings(kind, b, options).map((y) => [x, y] as const),
  );
  const sameKind = pairs.filter(([x, y]) => x.kind === y.kind);
  if (sameKind.some(([x, y]) => x.exact !== undefined && x.exact === y.exact)) return "exact";
  const isNear = sameKind.some(([x, y]) =>
    x.near.some((form, k) => form !== undefined && form === y.near[k]),
  );
  return isNear ? "near" : "no";
}

const AD =
  "New in town, sweet girl from the coast, call me any time day or night, " +
  "no rush, nice and clean apartment near the central station, 150 for one hour";

const MEETINGS: readonly (readonly [
  IndicatorKind,
  string,
  string,
  "exact" | "near" | "no",
  ReadingOptions?,
])[] = [
  ["phone", "+31 6 2468 1357", "0031-624681357", "exact"],
  ["phone", "+31 6 2468 1357", "06 24 68 13 57", "near"],
  ["phone", "+31 6 2468 1357", "06 24 68 13 57", "exact", { country: "NL" }],
  ["phone", "06 24 68 13 57; +44 7700 912345", "+447700912345", "exact"],
  ["phone", "+999 2 12345987", "00999 212345987", "exact"],
  ["phone", "+31 6 2468 1357", "+31 6 2468 1358", "no"],
  ["phone", "+31 6 2468 1357", "+31 6 2468 1375", "no"],
  ["email", "Jan.deVries@Mail.example.nl", "jan.devries@mail.example.nl", "exact"],
  ["email", "jan.devries@mail.nl", "jandevries+work@post.org", "near"],
  ["email", "info@hotel-a.nl", "info@hotel-b.nl", "no"],
  ["email", "info@hotel-a.nl", "INFO@hotel-a.nl", "exact"],
  ["email", "jan@mail.nl", "jan@post.nl", "no"],
  ["handle", "@Sweet_Lola99", "https://www.instagram.com/sweet_lola99/?hl=en", "exact"],
  ["handle", "IG: sweet_lola99", "t.me/sweet_lola99", "exact"],
  ["handle", "sweet.lola99", "sweet_lola99", "near"],
  ["handle", "https://facebook.com/profile.php?id=100012345678", "fb: 100012345678", "exact"],
  ["handle", "WhatsApp: +31 6 2468 1357", "https://wa.me/31624681357", "exact"],
  ["handle", "@lola", "@lola1", "no"],
  ["handle", "x-ray99", "ray99", "no"],
  ["handle", "Telegram - @ray99", "TG: ray99", "exact"],
  ["document", "PA 1234567-8", "pa12345678", "exact"],
  ["document", "PA12345678", "PA12354678", "near"],
  ["document", "PA12345678", "PA12346578", "near"],
  ["document", "PO12345671", "P012345671", "near"],
  ["document", "PA12345678", "PA87654321", "no"],
  ["document", "PA12345678", "PA12345679", "no"],
  ["plate", "NL: AB-123-C", "ab 123 c (Netherlands)", "exact"],
  ["plate", "NL: AB-123-C", "AB123C", "near"],
  ["plate", "OB-123-I", "0b 123 1", "near"],
  ["plate", "А123ВС 77 (Russia)", "A123BC77 (RU)", "exact"],
  ["plate", "DE: AB-123-C", "NL: AB-123-C", "near"],
  ["plate", "AB-123-C", "AB-123-D", "no", { country: "NL" }],
  ["address", "12 Main St, Springfield", "12 main street springfield", "exact"],
  ["address", "12 Main St, Apt 4, Springfield", "Main Street 12b, Springfield", "near"],
  ["address", "3rd floor, 12 Main St, Springfield", "Springfield, 12 Main Street #7", "near"],
  ["address", "12 Main St, Springfield", "14 Main St, Springfield", "no"],
  ["address", "12 Main St, Springfield", "12 Main St, Shelbyville", "no"],
  ["alias", "Boss  Vitorio", "boss vitorio", "exact"],
  ["alias", "Madame Vitorio", "Boss Vittorio", "near"],
  ["alias", "Mohammed Karimi", "Muhammad Karimi", "near"],
  ["alias", "Boss Vito", "Boss Lino", "no"],
  ["advert", AD, AD.toUpperCase().replaceAll(",", " *"), "exact"],
  ["advert", AD, AD.replace("150", "200"), "near"],
  ["advert", AD, `${AD} new photos every week`, "near"],
  ["advert", "a3f5c2d19b7e4471", "A3F5C2D19B7E4471", "exact"],
  ["advert", AD, "Room to let in a quiet street for students, call after six, no smokers", "no"],
];

describe("values meet", () => {
  const named = MEETINGS.map(([kind, a, b, how, options]) => ({ kind, a, b, how, options }));
  it.each(named)("$kind: $a and $b: $how", ({ kind, a, b, how, options }) => {
    expect(meeting(kind, a, b, options)).toBe(how);
    expect(meeting(kind, b, a, options)).toBe(how);
  });

  it("an exact value is near itself, unless it has no near form", () => {
    for (const [kind, a, , , options] of MEETINGS) {
      for (const { near } of readings(kind, a, options)) {
        const again = readings(kind, a, options).map((reading) => reading.near);
        expect(again).toContainEqual(near);
      }
    }
  });
});

const UNFIT: readonly (readonly [IndicatorKind, string, string])[] = [
  ["phone", "0000000", "generic"],
  ["phone", "+31 6 1111 1111", "generic"],
  ["phone", "06 12345678", "generic"],
  ["phone", "112", "unreadable"],
  ["phone", "no phone", "unreadable"],
  ["phone", "246813", "vague"],
  ["email", "test@somewhere.org", "generic"],
  ["email", "jan.devries@example.com", "generic"],
  ["email", "jan at mail", "unreadable"],
  ["handle", "@admin", "generic"],
  ["handle", "https://instagram.com/", "unreadable"],
  ["handle", "@ab", "vague"],
  ["handle", "two words", "unreadable"],
  ["document", "0000000", "generic"],
  ["document", "A000000", "generic"],
  ["document", "123456789", "generic"],
  ["document", "passport pending", "vague"],
  ["document", "A12", "vague"],
  ["plate", "TTT", "generic"],
  ["plate", "NL: 00-00-00", "generic"],
  ["plate", "NL: ABCDXYZ", "vague"],
  ["plate", "A12B", "vague"],
  ["address", "Main Street 12", "vague"],
  ["address", "Springfield", "vague"],
  ["address", "unknown", "generic"],
  ["alias", "Boss", "generic"],
  ["alias", "The Uncle", "generic"],
  ["alias", "Boss X", "vague"],
  ["alias", "!!!", "unreadable"],
  ["advert", "call me now", "vague"],
  ["advert", "0000000000000000", "generic"],
];

describe("values connect nothing", () => {
  it.each(UNFIT)("%s: %s is %s", (kind, cell, why) => {
    expect(readIndicator(kind, cell)).toBe(why);
  });
});

describe("whatever a cell holds", () => {
  it("is read, the same each time, or has a reason", () => {
    const cells = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 80 }),
      fc.string({ unit: fc.constantFrom(..."+0189-() @./:#abzAZ,;'\n"), maxLength: 60 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...INDICATOR_KINDS), cells, (kind, cell) => {
        const read = readIndicator(kind, cell);
        expect(readIndicator(kind, cell)).toEqual(read);
        if (typeof read === "string") return;
        expect(read.length).toBeGreaterThan(0);
        for (const { exact, near } of read) {
          const forms = [exact, ...near].filter((form) => form !== undefined);
          expect(forms.length).toBeGreaterThan(0);
          expect(forms.every((form) => form.trim() !== "")).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
  });

  it("two document numbers with one exchange of neighbours are near, wherever it is", () => {
    const code = fc.string({
      unit: fc.constantFrom(..."0123456789ABCX"),
      minLength: 7,
      maxLength: 12,
    });
    fc.assert(
      fc.property(code, fc.nat(), (text, place) => {
        const at = place % (text.length - 1);
        const swapped = [...text];
        [swapped[at], swapped[at + 1]] = [swapped[at + 1], swapped[at]];
        fc.pre(readings("document", text).length > 0);
        fc.pre(readings("document", swapped.join("")).length > 0);
        expect(meeting("document", text, swapped.join(""))).not.toBe("no");
      }),
    );
  });

  it("of strangers' numbers hardly two are near", () => {
    const words = seededWords(5);
    const random = Array.from({ length: 3_000 }, () => 10_000_000 + below(89_000_000, words));
    for (const kind of ["document", "phone"] as const) {
      const forms = new Map<string, number>();
      for (const number of random) {
        for (const { near } of readings(kind, String(number))) {
          for (const [k, form] of near.entries()) {
            if (form !== undefined) forms.set(`${k} ${form}`, (forms.get(`${k} ${form}`) ?? 0) + 1);
          }
        }
      }
      // Of 4.5 million pairs.
      const pairs = [...forms.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
      expect(pairs).toBeLessThan(10);
    }
  });
});
