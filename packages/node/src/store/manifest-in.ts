import { statementIn } from "@symbolon/governance/parse-statement";
import type { DatasetManifest } from "@symbolon/governance/statement";
import type { ChunkAt, DatasetRow } from "./store.js";
import { columnKey } from "./vault.js";

const MANIFEST = "urn:symbolon:statement:dataset-manifest:v1";

/** The manifest in a stored row; it was checked when it came. */
export const manifestIn = (row: DatasetRow): DatasetManifest => statementIn(row.manifest, MANIFEST);

/** Names of the keys of a complete dataset. */
export const columnKeys = (row: DatasetRow): string[] =>
  manifestIn(row).parts.map(({ table, column }) => columnKey({ root: row.root, table, column }));

/** What a stored part's chunk is, bound into its encryption. */
export const aboutChunk = ({ root, table, column, chunk }: ChunkAt): string =>
  `${root}/${table}/${column}/${chunk}`;
