import Papa from "papaparse";

export type Delimiter = "," | ";" | "\t" | "|";
export const DELIMITERS: readonly Delimiter[] = [",", ";", "\t", "|"];

export const delimiterName = (delimiter: string): string =>
  ({ ",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar" })[delimiter] ?? "other";

const PREVIEW_ROWS = 60;

/** The most frequent width of the first rows, and the share of rows that have it. */
export function widthBy(text: string, delimiter: string): { width: number; share: number } {
  const head = text.slice(0, 2_000_000);
  const { data } = Papa.parse<string[]>(head, {
    delimiter,
    preview: PREVIEW_ROWS,
    skipEmptyLines: "greedy",
  });
  const counts = new Map<number, number>();
  for (const row of data) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let width = 1;
  let most = 0;
  for (const [length, count] of counts) {
    if (count > most || (count === most && length > width)) [width, most] = [length, count];
  }
  return { width, share: data.length === 0 ? 0 : most / data.length };
}

/** The delimiter that cuts the first rows into most columns most consistently; comma if none. */
export function detectDelimiter(text: string): Delimiter {
  let best: Delimiter = ",";
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const { width, share } = widthBy(text, delimiter);
    const score = (width - 1) * share ** 2;
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}
