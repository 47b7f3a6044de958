import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import { InputRefused, PeerUnavailable, ProtocolAbort } from "@symbolon/mpc/error";
import type { Profile } from "@symbolon/mpc/profile";
import type { Transport } from "@symbolon/mpc/transport/transport";
import { drawFaults } from "@symbolon/sim/network/faults";
import { SimulatedLinks } from "@symbolon/sim/network/simulated-links";
import { SimulatedNetwork } from "@symbolon/sim/network/simulated-network";
import { VirtualTime } from "@symbolon/sim/network/virtual-time";
import type { Dice } from "@symbolon/sim/people/dice";
import { type Honest, honestRun, outputOf } from "../judged-run.js";
import type { PartyCode, Piece, PieceResult } from "../pieces/piece.js";
import { causeOf, Dealer, type Ending, partyOptions, type TrioResult } from "../trio.js";
import { lyingTransport } from "./lies.js";
import { diceOf, type SimulationEnd } from "./simulation.js";

/** Virtual time in which the links must come up, and in which an attempt must end. */
const UP_MS_MAX = 600_000;
const ATTEMPT_MS_MAX = 3_600_000;
/** After so many attempts the network is left in peace; it must then succeed in as many. */
const STORMY_ATTEMPTS = 12;

interface Verdict {
  readonly end: string;
  readonly problem?: string;
}

/** A piece to simulate, and how it ends when nothing goes wrong. */
export interface Subject {
  readonly piece: Piece;
  readonly honest: Honest;
  /** The output is a matter of chance, as a coin's is: the parties need only agree on it. */
  readonly isChance: boolean;
  readonly profile?: Profile;
}

export async function subjectOf(piece: Piece, profile?: Profile): Promise<Subject> {
  const honest = await honestRun(piece, profile);
  const other = await honestRun(piece, profile, "another seed");
  const isChance = honest.output !== other.output;
  return { piece, honest, isChance, ...(profile ? { profile } : {}) };
}

/**
 * One piece from the same dealt inputs, attempt after attempt until it ends in an output or an
 * abort, on a network that misbehaves as the seed says, with or without a cheater.
 */
export class PieceSimulation {
  readonly #seed: number;
  readonly #subject: Subject;
  readonly #party: PartyCode;
  readonly #dice: Dice;
  readonly #time = new VirtualTime();
  readonly #links: SimulatedLinks;
  readonly #network: SimulatedNetwork;
  readonly #liar: PartyIndex | undefined;
  #attempt = 0;
  #lies = 0;

  constructor(subject: Subject, seed: number) {
    this.#seed = seed;
    this.#subject = subject;
    this.#party = subject.piece.prepare(new Dealer(`simulation/${seed}`));
    this.#dice = diceOf(subject.piece.name, seed);
    this.#liar = this.#dice.chance(0.3) ? this.#dice.pick(PARTIES) : undefined;
    const faults = drawFaults(this.#dice, this.#messages, true);
    const start = (party: PartyIndex) => this.#start(party);
    this.#links = new SimulatedLinks(this.#time, this.#dice, faults, start);
    this.#network = new SimulatedNetwork(this.#time, this.#links);
  }

  async run(): Promise<SimulationEnd> {
    for (const party of PARTIES) this.#start(party);
    let verdict: Verdict | undefined;
    while (verdict === undefined) verdict = await this.#next();
    return {
      ...verdict,
      seed: this.#seed,
      what: this.#subject.piece.name,
      attempts: this.#attempt,
      lies: this.#lies,
      ms: this.#time.now,
      events: this.#links.events,
    };
  }

  get #messages(): number {
    return Math.max(1, this.#subject.honest.places.length);
  }

  #start(party: PartyIndex): void {
    this.#links.start(party, {
      up: () => undefined,
      down: (peer) => this.#network.down(party, peer),
      died: () => this.#network.died(party),
    });
  }

  /** One attempt, as soon as all ends believe that they are connected. */
  async #next(): Promise<Verdict | undefined> {
    this.#attempt += 1;
    if (this.#attempt > STORMY_ATTEMPTS) this.#links.calm();
    if (this.#attempt > 2 * STORMY_ATTEMPTS) return hang("no attempt succeeds");
    const up = await this.#time.run(() => this.#links.areAllUp, this.#time.now + UP_MS_MAX);
    if (up !== "over") return hang(`the links do not come up (${up})`);
    const before = { events: this.#links.events.length, isSound: this.#links.areSound };
    const result = await this.#attemptOnce();
    if (typeof result === "string") return hang(result);
    const events = this.#links.events.slice(before.events);
    return this.#judge(result, events, !before.isSound || events.length > 0);
  }

  async #attemptOnce(): Promise<TrioResult<PieceResult> | string> {
    const endings: [Ending<PieceResult>, Ending<PieceResult>, Ending<PieceResult>] = [
      undefined,
      undefined,
      undefined,
    ];
    const { profile } = this.#subject;
    const name = `simulation/${this.#seed}/${this.#attempt}`;
    const trio = { seed: name, ...(profile ? { profile } : {}) };
    const run = async (self: PartyIndex, transport: Transport): Promise<void> => {
      const options = partyOptions(trio, self, this.#wayOf(self, transport));
      try {
        endings[self] = { value: await this.#party({ ...options, id: name }, self) };
      } catch (error) {
        endings[self] = { error: error as Error };
        if (self === this.#liar) return;
        if (error instanceof PeerUnavailable) transport.close();
        else transport.abort(error instanceof ProtocolAbort ? error.code : "ERROR");
      }
    };
    const transports = this.#network.transports();
    for (const self of PARTIES) void run(self, transports[self]);
    const areOver = () =>
      PARTIES.every((self) => self === this.#liar || endings[self] !== undefined);
    const end = await this.#time.run(areOver, this.#time.now + ATTEMPT_MS_MAX);
    for (const transport of transports) transport.close();
    return end === "over"
      ? { endings, isStalled: false }
      : `somebody waits for ever (${end}): ${endings.map((one) => one !== undefined)}`;
  }

  /** The way of a party to the others; a cheater tells a few lies a run. */
  #wayOf(self: PartyIndex, transport: Transport): Transport {
    if (self !== this.#liar) return transport;
    const chance = Math.min(1, 6 / this.#messages);
    return lyingTransport(transport, this.#dice, chance, (lie) => {
      this.#lies += 1;
      this.#links.tell(lie);
    });
  }

  /** The end of the run after this attempt, or `undefined`: it is tried again. */
  #judge(
    result: TrioResult<PieceResult>,
    events: readonly string[],
    hasFailed: boolean,
  ): Verdict | undefined {
    const error = causeOf(result, this.#liar);
    const isExpected = events.some((event) => /lies|comes twice/.test(event));
    if (error === undefined) {
      const output = outputOf(result, this.#liar);
      const { honest, isChance } = this.#subject;
      const isRight = isChance ? !/two different/.test(output) : output === honest.output;
      if (isRight) return { end: "right output" };
      return { end: "WRONG OUTPUT", problem: output };
    }
    if (error instanceof PeerUnavailable) {
      if (hasFailed) return undefined;
      return { end: "LOST", problem: `${error.code} although nothing was lost` };
    }
    const isAbort = error instanceof ProtocolAbort || error instanceof InputRefused;
    if (!isAbort) return { end: "CRASH", problem: `${error.name}: ${error.message}` };
    if (isExpected) return { end: `abort ${error.code}` };
    return { end: "FALSE ABORT", problem: `${error.code}: ${JSON.stringify(error.details)}` };
  }
}

const hang = (problem: string): Verdict => ({ end: "HANG", problem });
