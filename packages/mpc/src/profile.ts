/**
 * Sizes that trade memory for speed. They never change what is checked, only how much at once.
 * A node loads `PRODUCTION` and nothing else.
 */
export interface Profile {
  readonly name: "production" | "small-batch-test";
  /** Rows of ours and of theirs in one tile of a comparison (multiples of 128). */
  readonly tileRows: number;
  readonly tileColumns: number;
  /** Tiles (along theirs) that are checked together. */
  readonly tilesPerBand: number;
  /** Tiles whose messages may be under way at once. */
  readonly tilesInFlight: number;
  /** Bands of a comparison that may be under way at once; each holds its claims until checked. */
  readonly bandsInFlight: number;
  /** Variables of the first fold of a check of AND gates, at most; it has 2^that slots. */
  readonly andVariables: number;
  /** The same for inner products over Z_2^16, Z_2^32 and Z_2^64. */
  readonly dotVariables: number;
  /** Rows of a dataset that are validated together. */
  readonly validityRows: number;
  /** Words of a table that one message of a shuffle carries, at most, unless a row has more. */
  readonly stripWords: number;
}

export const PRODUCTION: Profile = {
  name: "production",
  tileRows: 1024,
  tileColumns: 512,
  tilesPerBand: 4,
  tilesInFlight: 2,
  bandsInFlight: 2,
  andVariables: 7,
  dotVariables: 7,
  validityRows: 2048,
  stripWords: 1 << 20,
};

/** Small enough that a test can flip every byte of every message. Never loaded by a node. */
export const SMALL_BATCH_TEST: Profile = {
  name: "small-batch-test",
  tileRows: 128,
  tileColumns: 2,
  tilesPerBand: 2,
  tilesInFlight: 2,
  bandsInFlight: 2,
  andVariables: 2,
  dotVariables: 2,
  validityRows: 128,
  stripWords: 1 << 8,
};
