import { assert } from "@symbolon/base/assert";
import type { NameForm } from "./custom.js";

/** A sign of a syllabic script and how it is written in Latin letters, first the usual way. */
export type Syllables = ReadonlyMap<string, readonly string[]>;

/** Reads `sign=Usual,Other,…`, blank-separated. */
export const syllableTable = (text: string): Syllables =>
  new Map(
    text
      .trim()
      .split(/\s+/)
      .map((entry) => {
        const [sign, forms] = entry.split("=");
        return [sign, forms.split(",")];
      }),
  );

const formsOf = (table: Syllables, native: string): (readonly string[])[] =>
  [...native].map((sign) => {
    const forms = table.get(sign);
    assert(forms !== undefined, "every sign of a name is in the table of its syllables");
    return forms;
  });

const distinct = (latin: readonly string[]): [string, ...string[]] => {
  const [usual, ...variants] = new Set(latin);
  return [usual, ...variants];
};

/**
 * Names of which each sign is romanised by one of several systems, the k-th form of each sign
 * belonging to the k-th system; the first system also with the syllables apart.
 */
export function bySystem(table: Syllables, natives: string): readonly NameForm[] {
  return natives
    .trim()
    .split(/\s+/)
    .map((native) => {
      const signs = formsOf(table, native);
      const systems = Math.max(...signs.map((forms) => forms.length));
      const written = Array.from({ length: systems }, (_, k) =>
        signs.map((forms) => forms[k] ?? forms[0]),
      );
      const joined = (parts: readonly string[]): string =>
        parts.map((part, k) => (k === 0 ? part : part.toLowerCase())).join("");
      const [first, ...others] = written;
      const latin = [joined(first), first.join(" "), ...others.map((parts) => parts.join(" "))];
      return { latin: distinct(latin), native, short: [] };
    });
}

/**
 * Names of which each sign is romanised by taste: hyphened, joined or apart, and one syllable at
 * a time in another form.
 */
export function byTaste(table: Syllables, natives: string): readonly NameForm[] {
  return natives
    .trim()
    .split(/\s+/)
    .map((native) => {
      const signs = formsOf(table, native);
      const usual = signs.map(([form]) => form);
      const hyphened = (parts: readonly string[]): string =>
        parts.map((part, k) => (k === 0 ? part : part.toLowerCase())).join("-");
      const others = signs.flatMap(([, ...rest], at) =>
        rest.map((form) => hyphened(usual.with(at, form))),
      );
      const main = hyphened(usual);
      const latin = [main, main.replaceAll("-", ""), usual.join(" "), ...others];
      return { latin: distinct(latin), native, short: [] };
    });
}
