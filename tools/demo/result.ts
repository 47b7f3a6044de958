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

/** What `symbolon ask count --persons --json` says. */
export interface CountResult {
  readonly by: readonly string[];
  readonly params: {
    readonly rows: number;
    readonly columns: number;
    readonly where1: number;
    readonly is1: number;
    readonly where2: number;
    readonly is2: number;
    readonly where3: number;
    readonly is3: number;
    readonly overlap: number;
  };
  readonly deviation: number;
  readonly cells: readonly (
    | { readonly row: string; readonly column: string; readonly shown: false }
    | {
        readonly row: string;
        readonly column: string;
        readonly shown: true;
        readonly noised: number;
        readonly low: number;
        readonly high: number;
      }
  )[];
  readonly soundnessBits: number;
  readonly rounds: number;
}

/** The second question: how many persons by type and country, beside what the lists say. */
export interface SecondAct {
  readonly by: readonly string[];
  /** Cells that are shown: the answer, what is exact by the linkage, and the truth about people. */
  readonly cells: readonly {
    readonly row: string;
    readonly column: string;
    readonly noised: number;
    readonly low: number;
    readonly high: number;
    readonly exact: number;
    readonly truth: number;
  }[];
  readonly hidden: number;
  /** Standard deviation of each figure's noise. */
  readonly deviation: number;
  /** Rows of all lists, and how many people they are about. */
  readonly rows: number;
  readonly persons: number;
  readonly oracle: "agree" | "disagree";
  readonly soundnessBits: number;
  readonly rounds: number;
  readonly seconds: number;
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
  /** With invented lists alone: files of one's own need no codes of cases. */
  readonly counts?: SecondAct;
}
