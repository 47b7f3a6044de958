import { bytesOf, concat, toHex } from "@symbolon/base/bytes";
import { next, PARTIES, type PartyIndex } from "@symbolon/base/id";
import { openResult } from "@symbolon/governance/sealed-result";
import type { RunOptions } from "@symbolon/mpc/context";
import { addUp } from "@symbolon/mpc/ring/vector";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import type { SelectionSeeds } from "@symbolon/mpc/table/shuffle";
import { memoryFolder } from "@symbolon/node/identity/secret-folder";
import type { RunOutcome, RunTask } from "@symbolon/node/jobs/execute";
import { KeyStore } from "@symbolon/node/store/key-store";
import type { Ledger } from "@symbolon/node/store/ledger";
import type { SqliteStore } from "@symbolon/node/store/sqlite-store";
import type { RunRow } from "@symbolon/node/store/store";
import { drawFaults, type Faults } from "@symbolon/sim/network/faults";
import { SimulatedLinks } from "@symbolon/sim/network/simulated-links";
import { VirtualTime } from "@symbolon/sim/network/virtual-time";
import type { Dice } from "@symbolon/sim/people/dice";
import { partyOptions, runTrio } from "../trio.js";
import { lyingTransport } from "./lies.js";
import { ASKER, emptyLedger, nothingAsked, openHpke, RUN, storeWithRun } from "./node-data.js";
import { type TinyInput, tinyRun } from "./node-engine.js";
import { seedNodes } from "./seeded-bytes.js";
import { NodeProcess, ProcessDied } from "./simulated-node.js";
import { diceOf, type SimulationEnd } from "./simulation.js";

/** How long after the last fault every run must have come to its end. */
const LIVENESS_MS = 1_800_000;
/** Messages of one attempt, about. */
const MESSAGES = 560;

/** What nodes compute with their granted run. */
export interface NodeProgram {
  readonly name: string;
  run(
    options: RunOptions,
    self: PartyIndex,
    inputs: readonly TinyInput[],
    seeds: SelectionSeeds,
    onChecked: (dataset: string) => void,
  ): Promise<{ result: Shares; rounds: number }>;
}

export const TINY_PROGRAM: NodeProgram = { name: "nodes, tiny draw", run: tinyRun };

/**
 * Three nodes' real jobs and stores take one granted run to its end: attempts, agreement on keys
 * and selection, results. Links fail and processes die as the seed says, also in the middle of a
 * call to the store; then all is well, and the run must end with one right answer.
 */
export class NodeSimulation {
  readonly #seed: number;
  readonly #program: NodeProgram;
  readonly #dice: Dice;
  readonly #time = new VirtualTime();
  readonly #links: SimulatedLinks;
  readonly #faults: Faults;
  readonly #stores: readonly SqliteStore[];
  readonly #keys: readonly KeyStore[];
  readonly #ledgers: readonly Ledger[];
  readonly #processes: (NodeProcess | undefined)[] = [];
  readonly #liar: PartyIndex | undefined;
  /** Of every attempt at a computation: with which seeds of the draw. */
  readonly #selections = new Set<string>();
  readonly #bugs: string[] = [];
  #lies = 0;
  #isChanged = false;

  constructor(seed: number, program: NodeProgram) {
    this.#seed = seed;
    this.#program = program;
    this.#dice = diceOf(program.name, seed);
    this.#liar = this.#dice.chance(0.25) ? this.#dice.pick(PARTIES) : undefined;
    this.#faults = drawFaults(this.#dice, MESSAGES);
    this.#links = new SimulatedLinks(this.#time, this.#dice, this.#faults, (party) =>
      this.#start(party),
    );
    this.#stores = PARTIES.map(() => storeWithRun(0));
    this.#keys = PARTIES.map(() => new KeyStore(memoryFolder()));
    this.#ledgers = PARTIES.map(() => emptyLedger());
  }

  async run(): Promise<SimulationEnd> {
    seedNodes(`${this.#seed}`);
    const uninstall = this.#time.install();
    try {
      for (const party of PARTIES)
        this.#time.after(this.#dice.between(0, 5000), () => this.#start(party));
      while (!(await this.#hasStopped()));
      const verdict = await this.#judge();
      for (const party of PARTIES) this.#processes[party]?.stop();
      return {
        ...verdict,
        seed: this.#seed,
        what: this.#program.name,
        attempts: Math.max(...this.#honest.map((party) => this.#row(party).attempt)),
        lies: this.#lies,
        ms: this.#time.now,
        events: this.#links.events,
      };
    } finally {
      uninstall();
      for (const store of this.#stores) store.close();
    }
  }

  /** Lets time pass. A process that dies in a timer of its own interrupts that. */
  async #hasStopped(): Promise<boolean> {
    const areOver = () => {
      if (!this.#isChanged) return false;
      this.#isChanged = false;
      return this.#honest.every((party) => isOver(this.#row(party)));
    };
    try {
      await this.#time.run(areOver, this.#faults.untilMs + LIVENESS_MS);
      return true;
    } catch (error) {
      if (error instanceof ProcessDied) return false;
      throw error;
    }
  }

  get #honest(): readonly PartyIndex[] {
    return PARTIES.filter((party) => party !== this.#liar);
  }

  #row(party: PartyIndex): RunRow {
    const row = this.#stores[party].run(RUN);
    if (row === undefined) throw new Error("a run stays in the store");
    return row;
  }

  #start(self: PartyIndex): void {
    const isMortal = this.#links.isFaulty && this.#dice.chance(0.3);
    const side = this.#dice.chance(0.5) ? 1 : -1;
    const process = new NodeProcess({
      self,
      store: this.#stores[self],
      keys: this.#keys[self],
      ledger: this.#ledgers[self],
      asked: nothingAsked(this.#keys[self], self),
      links: this.#links,
      execute: (task) => this.#execute(self, task),
      now: () => this.#time.now,
      peerNow: (party) => this.#processes[party],
      dieAt: isMortal ? side * this.#dice.between(1, 40) : 0,
      wayOf: (transport) => {
        if (self !== this.#liar) return transport;
        return lyingTransport(transport, this.#dice, 4 / MESSAGES, (lie) => {
          this.#lies += 1;
          this.#links.tell(lie);
        });
      },
      told: (event) => this.#told(event),
      changed: () => {
        this.#isChanged = true;
      },
    });
    this.#processes[self] = process;
    process.start();
  }

  #told(event: string): void {
    this.#links.tell(event);
    if (event.startsWith("BUG") && !event.includes(`P${this.#liar}`)) this.#bugs.push(event);
  }

  async #execute(self: PartyIndex, task: RunTask): Promise<RunOutcome> {
    const { selection } = task;
    this.#selections.add(`${self} ${toHex(concat(selection.own, selection.next))}`);
    const trio = { seed: `${this.#seed}/${task.attempt}` };
    const options = { ...partyOptions(trio, self, task.transport), keys: task.keys };
    const { result, rounds } = await this.#program.run(
      { ...options, id: `${task.run}/${task.attempt}` },
      self,
      [task.ours, ...task.theirs],
      selection,
      (dataset) => task.onInputChecked(dataset as never),
    );
    return { own: result.own, next: result.next, rounds, soundnessBits: 60 };
  }

  async #judge(): Promise<{ end: string; problem?: string }> {
    if (this.#bugs.length > 0) return { end: "CRASH", problem: this.#bugs.join("; ") };
    const chosen = this.#honest.map((party) =>
      [...this.#selections].filter((one) => one.startsWith(`${party} `)),
    );
    if (chosen.some(({ length }) => length > 1))
      return { end: "CHOSEN TWICE", problem: "attempts at one run drew with different seeds" };
    const rows = this.#honest.map((party) => this.#row(party));
    const states = rows.map(({ state }) => state);
    const told = states.join("/");
    if (!rows.every(isOver)) {
      if (this.#lies > 0) return { end: "waits for the cheater" };
      return { end: "HANG", problem: `${told}, ${rows.map(({ attempt }) => attempt)}` };
    }
    if (states.every((state) => state === "done")) return this.#judgeAnswer();
    if (this.#lies > 0) return { end: states.includes("done") ? "split by the cheater" : "abort" };
    const reasons = rows.map(({ reason }) => reason ?? "");
    const isWornOut = reasons.some((reason) => reason.startsWith("cut off 16 times"));
    if (states.includes("done")) return { end: "SPLIT", problem: `${told}: ${reasons.join("; ")}` };
    if (isWornOut) return { end: "given up after 16 attempts" };
    return { end: "FALSE ABORT", problem: `${told}: ${reasons.join("; ")}` };
  }

  /** The asker's view of the answer, against an undisturbed run with the same selection. */
  async #judgeAnswer(): Promise<{ end: string; problem?: string }> {
    const lead = next(this.#liar ?? 2);
    const [a, b] = await Promise.all([this.#opened(lead), this.#opened(next(lead))]);
    if (toHex(bytesOf(a.next)) !== toHex(bytesOf(b.own)))
      return { end: "WRONG OUTPUT", problem: "the two copies of a share differ" };
    const answer = toHex(bytesOf(addUp("xor", a.own, a.next, b.next)));
    const expected = await this.#expected(lead);
    if (answer === expected) return { end: "right output" };
    return { end: "WRONG OUTPUT", problem: `${answer} in the place of ${expected}` };
  }

  async #opened(node: PartyIndex) {
    const { result } = this.#row(node);
    if (result === undefined) throw new Error("a run that is done has a result");
    const keys = await openHpke.generateKeyPair();
    const label = { space: "north" as never, run: RUN, node, beneficiary: ASKER };
    return openResult(openHpke, keys, label, result);
  }

  async #expected(lead: PartyIndex): Promise<string> {
    const seedsOf = (party: PartyIndex): readonly [string, string] => {
      const [chosen] = [...this.#selections].filter((one) => one.startsWith(`${party} `));
      return [chosen.slice(2, 66), chosen.slice(66)];
    };
    const seeds = new Map<PartyIndex, Uint8Array>();
    for (const party of [lead, next(lead)] as const) {
      const [own, after] = seedsOf(party).map((hex) => new Uint8Array(Buffer.from(hex, "hex")));
      seeds.set(party, own).set(next(party), after);
    }
    const inputs = this.#stores[lead].datasets().map(({ dataset, root }) => ({
      dataset,
      root,
      isChecked: true,
    }));
    const { endings } = await runTrio({ seed: `${this.#seed}` }, async (options, self) => {
      const selection = {
        own: seeds.get(self) as Uint8Array,
        next: seeds.get(next(self)) as Uint8Array,
      };
      return this.#program.run(options, self, inputs, selection, () => undefined);
    });
    const shares = endings.map((one) => {
      if (!one || !("value" in one)) throw new Error("an undisturbed run ends");
      return one.value.result;
    });
    return toHex(bytesOf(addUp("xor", shares[0].own, shares[1].own, shares[2].own)));
  }
}

const isOver = ({ state }: RunRow): boolean =>
  state === "done" || state === "aborted" || state === "refused";
