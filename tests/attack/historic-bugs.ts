/** A security bug that somebody had, and what keeps us from having it. */
export interface HistoricBug {
  readonly where: string;
  readonly bug: string;
  /** The test that fails if we had it: a file, and the title of a test in it. */
  readonly test?: readonly [file: string, title: string];
  /** Why it cannot occur here, or what the test does not say. */
  readonly note?: string;
}

const mp = (version: string, bug: string, rest: Omit<HistoricBug, "where" | "bug">) => ({
  where: `MP-SPDZ ${version}`,
  bug,
  ...rest,
});

const GUARDS = "tests/attack/guards.attack.test.ts";
const STRATEGIES = "tests/attack/strategies.attack.test.ts";
const SELECTIVE = "tests/attack/selective-failure.attack.test.ts";
const HERE = "tests/attack/historic-bugs.attack.test.ts";
const NO_HE = "There is no homomorphic encryption here.";

/** All 31 entries about security in MP-SPDZ's changelog up to 0.4.2, then published attacks. */
export const HISTORIC_BUGS: readonly HistoricBug[] = [
  mp("0.4.1", "the MAC key is kept after a failure", {
    test: [
      "packages/node/src/jobs/run-job.test.ts",
      "destroys its result when a peer aborts, and tells the third too",
    ],
    note: "There is no MAC key; an abort deletes seeds and result, each attempt has fresh keys.",
  }),
  mp("0.4.0", "missing MAC check in probabilistic truncation", {
    note: "Nothing is truncated: scores are whole numbers and compared with a threshold.",
  }),
  mp("0.3.9", "buffer overflows caused from remote", {
    test: [
      "packages/node/src/transport/peer-links.test.ts",
      "closes a link whose frame claims too much, without reserving memory",
    ],
  }),
  mp("0.3.9", "missing randomisation before revealing to a client", {
    test: ["packages/mpc/src/protocol/reveal.test.ts", "keeps the value and makes its shares new"],
  }),
  mp("0.3.9", "bias in the three-party shuffle", {
    test: [
      "packages/mpc/src/prss/prss.test.ts",
      "is a permutation, and every position is as likely",
    ],
  }),
  mp("0.3.7", "missing MAC checks in multi-threaded programs", {
    test: [GUARDS, "a claim is made once a step, and none may be left at the end"],
  }),
  mp("0.3.7", "race condition in the MAC check", {
    test: [HERE, "two checks at once: a lie in either ends the run"],
  }),
  mp("0.3.7", "missing check of the shuffle in PS mod 2^k and Brain", {
    test: [GUARDS, "of a shuffle: rows exchanged by their known difference"],
  }),
  mp("0.3.7", "insufficient drowning in pairwise protocols", { note: NO_HE }),
  mp("0.3.6", "random elements are not accounted for properly", {
    test: [GUARDS, "a random stream is used once"],
  }),
  mp("0.3.3", "MAC check when using several threads", {
    test: [GUARDS, "nothing is verified while products of another context are not"],
  }),
  mp("0.3.3", "a check that comes too late: selective failure", {
    test: [GUARDS, "an opening of something unverified first verifies it"],
  }),
  mp("0.3.3", "insufficient sacrifice in Mama", {
    test: [
      STRATEGIES,
      "the same in a claim and in the sacrificed product, as if the coin were one",
    ],
  }),
  mp("0.3.2", "parameter generation for homomorphic encryption", { note: NO_HE }),
  mp("0.3.2", "matrix multiplication in Temi", {
    test: [STRATEGIES, "of %d in one cell"],
    note: "Temi's is about homomorphic encryption; ours is checked by Freivalds.",
  }),
  mp("0.3.1", "SPDZ2k: a check mod 2^k without enough extra bits", {
    test: [
      "packages/mpc/src/protocol/dot.test.ts",
      "abort when the top bit of one of thousands is wrong, at production sizes",
    ],
  }),
  mp("0.2.5", "insufficient randomness of LowGear's secret key", { note: NO_HE }),
  mp("0.2.5", "skewed generation of random bits", {
    test: [
      "packages/mpc/src/protocol/discrete-laplace.test.ts",
      "has the exact distribution, by 2^17 numbers",
    ],
    note: "Random bits are bits of a keystream; nothing is made from squares or by rejection.",
  }),
  mp("0.2.3", "secret keys of zeros in homomorphic encryption", { note: NO_HE }),
  mp("0.2.3", "missing check in binary Rep4", {
    test: ["tests/attack/pieces/covered.attack.test.ts", "%s is covered by one"],
  }),
  mp("0.2.3", "too little blame, by a low default security parameter", {
    test: [GUARDS, "does not begin with too many rows for its soundness"],
    note: "No protocol here is covert; the parameters of a run are computed, not chosen.",
  }),
  mp("0.2.2", "wrong MAC check for input tuples in SPDZ2k", {
    test: [GUARDS, "copies that differ between any two nodes"],
  }),
  mp("0.2.0", "insufficient randomness of random bits in SemiBin", {
    note: "A two-party protocol; all common randomness here is a keystream of a pairwise key.",
  }),
  mp("0.2.0", "insufficient randomisation of inputs in FKOS15", {
    test: ["packages/mpc/src/sharing/split.test.ts", "gives the known answer, $sharing"],
    note: "Two parts are keystreams of fresh seeds; the third is the value minus both.",
  }),
  mp("0.2.0", "binary computation with SPDZ2k", {
    test: [STRATEGIES, "in two gates, in all gates, and in the same bit of every slot"],
  }),
  mp("0.1.5", "no proof of correct ciphertexts for input tuples", { note: NO_HE }),
  mp("0.1.5", "missing check in MASCOT's bit generation and in binary computation", {
    test: ["tests/attack/controls.attack.test.ts", "a product that nobody verifies"],
  }),
  mp("0.1.4", "insufficient check of correlations of oblivious transfer in SPDZ2k", {
    note: "There is no oblivious transfer here.",
  }),
  mp("0.1.2", "CowGear uses triples again", {
    test: [GUARDS, "a step's name is taken once, in every way"],
    note: "There are no triples; masks hang on step names.",
  }),
  mp("0.1.0", "players' inputs are not checked when random bits are made", {
    test: [GUARDS, "a coin with two faces, another value, or another's commitment"],
  }),
  mp("0.0.9", "linear combinations of inputs are opened and reveal too much", {
    test: [SELECTIVE, "in %s"],
    note: "All that is opened by a check is masked by a value that is used once (verify.md).",
  }),
  {
    where: "Fantastic Four (2020), attack of 2026",
    bug: "parties may take over different values of a message that two of four should know",
    test: [GUARDS, "something else to agree on, told to one or to both"],
    note:
      "Known to us from an excerpt only. No party here relies on another's word for a common " +
      "value: copies are compared by all pairs, both ways.",
  },
  {
    where: "ORQ (2025), opening",
    bug: "a share is opened from one sender and used before anything is compared",
    test: ["tests/attack/controls.attack.test.ts", "an opening without a second copy"],
  },
  {
    where: "ORQ (2025), opening",
    bug: "a value is opened before its products are verified",
    test: [GUARDS, "cannot open an unverified value: the type does not allow it"],
  },
  {
    where: "IPA, shuffle",
    bug: "a row's tag of 32 bits can be guessed",
    test: [SELECTIVE, "nor does a guess of what two shuffled rows hold"],
    note: "Tags have at least 64 bits, and their term is in the soundness of a run.",
  },
  {
    where: "IPA, proofs",
    bug: "challenges by Fiat and Shamir: a prover may try many until one suits",
    test: [STRATEGIES, "opening last gains nothing: the coin is what it was, or the run is over"],
    note: "Challenges are coins of all three, opened after all that they challenge.",
  },
  {
    where: "3PHM draft, output",
    bug: "an honest party acts on a result that another found to be wrong",
    test: [GUARDS, "releases nothing at one node if another has found a lie"],
  },
];

/** The table as it stands in docs/historic-bugs.md. */
export function historicTable(bugs: readonly HistoricBug[]): string {
  const rows = bugs.map(({ where, bug, test, note }) => {
    const proof = test ? `\`${test[0]}\`: ${test[1].replaceAll("|", "\\|")}` : "";
    return `| ${where} | ${bug} | ${[proof, note ?? ""].filter(Boolean).join(". ")} |`;
  });
  return ["| where | what was wrong | here |", "| --- | --- | --- |", ...rows].join("\n");
}
