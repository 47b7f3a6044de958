import { utf8 } from "@symbolon/base/bytes";
import type { StoredMapping } from "@symbolon/provider/mapping-file";
import type { ListOptions, SubmitOptions } from "../commands/provider.js";
import { readBytes } from "../files.js";
import type { Output } from "../output.js";
import { listSummary, readList, showList } from "./list.js";
import { casesOfPersons, readsCases } from "./person-cases.js";
import { type PreparedList, prepareList } from "./prepare-list.js";
import { findQuery, layoutOf } from "./query.js";
import { hashHex } from "./sha256.js";

/** A list on its way out, still in the clear: it stays in this process. */
export interface Outgoing {
  /** Name of the file, for people. */
  readonly source: string;
  /** Hash of what is sent and how it is read: a broken upload of the same goes on. */
  readonly digest: string;
  readonly rows: number;
  /** What decides what leaves, if somebody made a mapping. */
  readonly mapping?: StoredMapping;
  /** What `--json` says of it: counts and headings, no value. */
  readonly summary: Readonly<Record<string, unknown>>;
  /** Columns, in an order that `random` makes unpredictable. */
  prepare(random: (size: number) => Uint8Array): PreparedList;
}

/** A list of persons: what leaves, what stays and what is wrong has been shown. */
export async function outgoingPersons(
  path: string,
  options: SubmitOptions,
  output: Output,
): Promise<Outgoing> {
  const list = await readList(path, options);
  showList(list, options, output);
  const { source, mapping } = list;
  const cases = readsCases(options.query) ? await casesOfPersons(list, options, output) : undefined;
  return {
    source,
    digest: hashHex(list.bytes) + correctedDigest(options) + readingDigest(options, mapping),
    rows: list.persons.length,
    ...(mapping && { mapping }),
    summary: { ...listSummary(list), ...(cases && { codes: cases.known }) },
    prepare: (random) => {
      const layout = layoutOf(findQuery(options.query));
      return prepareList(list.persons, layout, random, cases?.records);
    },
  };
}

/** Hash of how a list of persons is read: read otherwise, it is another upload. */
function readingDigest(options: SubmitOptions, mapping: StoredMapping | undefined): string {
  const { query, map, sheet, headerRow, delimiter, dateOrder, country } = options;
  const how = { query, map, sheet, headerRow, delimiter, dateOrder, country, by: mapping?.hash };
  return hashHex(utf8(JSON.stringify(how)));
}

/** Hash of the corrected rows that a list was read with; "" without. */
export const correctedDigest = ({ corrected }: ListOptions): string =>
  corrected === undefined ? "" : hashHex(readBytes(corrected, "corrected rows"));
