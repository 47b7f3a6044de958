/** What a file may hold. Beyond it, intake stops (file) or leaves the row out (cell). */
export interface IntakeLimits {
  readonly bytesMax: number;
  readonly rowsMax: number;
  readonly columnsMax: number;
  readonly cellCharactersMax: number;
  /** Cells of all tables of a file together, empty ones between filled ones too. */
  readonly cellsMax: number;
  /** Sheets of a workbook, or tables of another file. */
  readonly tablesMax: number;
  /** Bytes that all parts of a compressed file may unpack to, whatever it declares. */
  readonly unpackedBytesMax: number;
  /** Bytes that a part may unpack to for each packed one, once it has unpacked `unpackedFree`. */
  readonly unpackRatioMax: number;
  readonly unpackedFree: number;
  /** Files in a compressed file; objects within objects of a JSON file. */
  readonly entriesMax: number;
  readonly depthMax: number;
}

const MiB = 1024 * 1024;

export const DEFAULT_LIMITS: IntakeLimits = {
  bytesMax: 256 * MiB,
  rowsMax: 500_000,
  columnsMax: 1_000,
  cellCharactersMax: 10_000,
  cellsMax: 25_000_000,
  tablesMax: 250,
  unpackedBytesMax: 512 * MiB,
  unpackRatioMax: 100,
  unpackedFree: 32 * MiB,
  entriesMax: 5_000,
  depthMax: 20,
};
