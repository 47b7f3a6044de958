/** What a file may hold. Beyond it, intake stops (file) or leaves the row out (cell). */
export interface IntakeLimits {
  readonly bytesMax: number;
  readonly rowsMax: number;
  readonly columnsMax: number;
  readonly cellCharactersMax: number;
}

export const DEFAULT_LIMITS: IntakeLimits = {
  bytesMax: 256 * 1024 * 1024,
  rowsMax: 500_000,
  columnsMax: 1_000,
  cellCharactersMax: 10_000,
};
