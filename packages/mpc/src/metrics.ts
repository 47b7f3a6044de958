/** What a party's time goes into. Network is what is left: waiting, and TLS in the event loop. */
export type Activity = "multiply" | "boolean" | "randomness" | "check" | "other";

/** Counters of one party in one run. All public: they depend on sizes only. */
export class Metrics {
  readonly milliseconds: Record<Activity, number> = {
    multiply: 0,
    boolean: 0,
    randomness: 0,
    check: 0,
    other: 0,
  };
  andGates = 0;
  pairs = 0;
  rounds = 0;
  messages = 0;
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Runs synchronous work and books its time. */
  timed<T>(activity: Activity, work: () => T): T {
    const start = this.#clock();
    try {
      return work();
    } finally {
      this.milliseconds[activity] += this.#clock() - start;
    }
  }
}
