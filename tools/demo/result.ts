/** What `symbolon ask not-on-list --json` says. */
export interface AskResult {
  readonly run: string;
  readonly params: {
    readonly pick: number;
    readonly threshold: number;
    readonly dedupThreshold: number;
    readonly overlap: number;
  };
  readonly picked: readonly { readonly line: number; readonly cells: readonly string[] }[];
  readonly risk?: { readonly low: number; readonly expected: number; readonly high: number };
  readonly soundnessBits: number;
  readonly rounds: number;
  /** By sending node, then by receiving node. */
  readonly bytesPerLink: readonly (readonly number[])[];
}

/** The one line of `npm run demo -- --json`, and what the story tells besides. */
export interface DemoResult {
  readonly names: readonly string[];
  readonly oracle: "agree" | "disagree";
  readonly seconds: number;
  /** Process ids of the three nodes. */
  readonly processes: readonly number[];
  /** From node 0 to 1, 0 to 2, 1 to 0, 1 to 2, 2 to 0, 2 to 1. */
  readonly bytesPerLink: readonly number[];
  readonly soundnessBits: number;
  /** SHA-256 of each list, the asker's first. */
  readonly inputs: readonly string[];
  readonly rounds: number;
  readonly computeSeconds: number;
  /** People who might be picked. */
  readonly candidates: number;
  /** For invented lists: how many picked names are truly on another list. */
  readonly wrong?: number;
}
