import { assert } from "@symbolon/base/assert";
import { plainText } from "../normalise/text.js";

/**
 * A list of codes that somebody else keeps, and that is plugged in: countries, languages,
 * industries, a classification whose tables only some may have. Pure data and look-ups.
 */
export interface CodeSystem {
  readonly id: string;
  readonly version: string;
  /** Who keeps it. */
  readonly source: string;
  /** All codes, in the system's own order. */
  readonly codes: readonly string[];
  /** Languages of the labels, ISO 639-1, the first one being complete. */
  readonly languages: readonly string[];
  has(code: string): boolean;
  /** A code's label, in the first language if `language` has none; `undefined` for no code. */
  label(code: string, language?: string): string | undefined;
  /** The code that a text means: code, label in any language, or another known spelling. */
  find(text: string): string | undefined;
}

/** Code systems by id: what a field's `system` names. */
export type CodeSystems = Readonly<Record<string, CodeSystem>>;

export interface CodeSystemTables {
  readonly id: string;
  readonly version: string;
  readonly source: string;
  /** By language (ISO 639-1): code to label. The first language has every code. */
  readonly labels: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Other spellings, and the code that each stands for. They never replace a code or a label. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** Letters and digits of a text, without case, accents, blanks and signs. */
export const textKey = (text: string): string => plainText(text).replaceAll(" ", "");

/**
 * A code system from its tables. Whoever has the tables of a classification that this package has
 * not (IC-TIP) makes it one here and plugs it in. Wrong tables are a bug of whoever wrote them:
 * no language, a label for no code, an alias for no code.
 */
export function codeSystem(tables: CodeSystemTables): CodeSystem {
  const labels = new Map(
    Object.entries(tables.labels).map(([language, one]) => [
      language,
      new Map(Object.entries(one)),
    ]),
  );
  const languages = [...labels.keys()];
  assert(languages.length > 0, "a code system has labels in a language");
  const first = labels.get(languages[0])!;
  const codes = [...first.keys()];
  assert(codes.length > 0, "a code system has codes");
  const keys = new Map<string, string>();
  const add = (text: string, code: string): void => {
    assert(first.has(code), "a label or an alias of a code system stands for one of its codes");
    const key = textKey(text);
    if (key !== "" && !keys.has(key)) keys.set(key, code);
  };
  for (const code of codes) add(code, code);
  for (const one of labels.values()) for (const [code, label] of one) add(label, code);
  for (const [text, code] of Object.entries(tables.aliases ?? {})) add(text, code);
  return {
    id: tables.id,
    version: tables.version,
    source: tables.source,
    codes,
    languages,
    has: (code) => first.has(code),
    label: (code, language = languages[0]) => labels.get(language)?.get(code) ?? first.get(code),
    find: (text) => (first.has(text) ? text : keys.get(textKey(text))),
  };
}
