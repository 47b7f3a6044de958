import type { HeadedTable } from "@symbolon/case-data/intake/headed-table";
import { readList } from "@symbolon/case-data/intake/read-list";
import type { Mapping } from "@symbolon/case-data/mapping/mapping";
import { readBytes } from "../files.js";

/** Which table of a file is the list, as the command line says. */
export interface TableOptions {
  readonly delimiter?: string;
  readonly sheet?: string;
  readonly headerRow?: number;
  /** File of rejects that somebody corrected. */
  readonly corrected?: string;
}

/** The list of a file; `mapping`: made for files of its form, which knows sheet and headings. */
export function openList(
  bytes: Uint8Array,
  { delimiter, sheet, headerRow, corrected }: TableOptions,
  mapping?: Mapping,
): HeadedTable {
  const preferred = mapping?.source.sheet;
  return readList(bytes, {
    ...(delimiter !== undefined && { delimiter }),
    ...(sheet !== undefined && { sheet }),
    ...(headerRow !== undefined && { headerRow }),
    ...(corrected !== undefined && { corrected: readBytes(corrected, "corrected rows") }),
    ...(preferred !== undefined && { preferred }),
    ...(mapping !== undefined && { remembered: mapping.columns.map(({ from }) => from) }),
  });
}
