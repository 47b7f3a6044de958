import { assert } from "@symbolon/base/assert";
import { next, PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { Dice } from "../people/dice.js";
import type { Faults } from "./faults.js";
import type { VirtualTime } from "./virtual-time.js";

/** One connection of a pair, as one of its ends sees it. What is sent over it stays on it. */
export interface Connection {
  /** The other end takes `deliver` for one message; messages of one lane stay in order. */
  send(lane: string, deliver: () => void): void;
}

/** What a party's process learns of its links. */
export interface LinkWatch {
  up(peer: PartyIndex): void;
  down(peer: PartyIndex): void;
  /** The process is no more; nobody hears of what it still does. */
  died(): void;
}

/** Connected ends notice a loss at different times, or only when the other end is back. */
const NOTICE_MS_MAX = 4_000;
const GREETING_MS_MAX = 50;
const REDIAL_MS_MAX = 1_000;
const PARTITION_MS_MAX = 8_000;
const CLOG_MS_MAX = 3_000;
const DOWN_MS_MAX = 6_000;

/**
 * The links of three parties: one connection a pair, which breaks, stands still and comes back as
 * dice and faults say. A crashed party has no connections until it starts again.
 */
export class SimulatedLinks {
  readonly #shared: Shared;
  readonly #watches: (LinkWatch | undefined)[] = [undefined, undefined, undefined];
  readonly #pairs: readonly Pair[];
  readonly #restart: (party: PartyIndex) => void;
  #calmAt: number;
  /** What went wrong so far, in words; the same for the same seed. */
  readonly events: string[] = [];

  /** `restart` starts the process of a party that has crashed. */
  constructor(
    time: VirtualTime,
    dice: Dice,
    faults: Faults,
    restart: (party: PartyIndex) => void = () => undefined,
  ) {
    this.#calmAt = faults.untilMs;
    this.#restart = restart;
    const isFaulty = () => time.now < this.#calmAt;
    this.#shared = { time, dice, faults, isFaulty, tell: (event) => this.tell(event) };
    this.#pairs = PARTIES.map((a) => new Pair(this.#shared, [a, next(a)], this.#watches));
    this.#plan(faults);
  }

  /** A party's process starts. */
  start(party: PartyIndex, watch: LinkWatch): void {
    assert(this.#watches[party] === undefined, "a party runs once");
    this.#watches[party] = watch;
    for (const pair of this.#pairsOf(party)) pair.dial();
  }

  /** From now on everything goes well. */
  calm(): void {
    this.#calmAt = this.#shared.time.now;
  }

  get isFaulty(): boolean {
    return this.#shared.isFaulty();
  }

  /** All ends believe that they are connected; some may not have noticed yet that they are not. */
  get areAllUp(): boolean {
    return PARTIES.every((a) => this.connection(a, next(a)) && this.connection(next(a), a));
  }

  /** All ends are connected. */
  get areSound(): boolean {
    return this.areAllUp && this.#pairs.every((pair) => !pair.isBroken);
  }

  /** The connection that is up at this end now. */
  connection(self: PartyIndex, peer: PartyIndex): Connection | undefined {
    return this.#pair(self, peer).seenFrom(self);
  }

  /** A party's process dies and starts again later. What it has sent may be lost. */
  crash(party: PartyIndex): void {
    const watch = this.#watches[party];
    if (watch === undefined) return;
    this.tell(`P${party} crashes`);
    this.#watches[party] = undefined;
    for (const pair of this.#pairsOf(party)) pair.lose(party);
    watch.died();
    this.#shared.time.after(this.#shared.dice.between(1, DOWN_MS_MAX), () => {
      this.tell(`P${party} starts again`);
      this.#restart(party);
    });
  }

  tell(event: string): void {
    this.events.push(`${this.#shared.time.now.toFixed(0)} ${event}`);
  }

  #plan({ cutsPerSecond, partitionsPerSecond, clogsPerSecond, crashesPerSecond }: Faults): void {
    const { dice } = this.#shared;
    this.#repeat(cutsPerSecond, () => dice.pick(this.#pairs).cut());
    this.#repeat(partitionsPerSecond, () => this.#partition());
    this.#repeat(clogsPerSecond, () => dice.pick(this.#pairs).clog(dice.between(1, CLOG_MS_MAX)));
    this.#repeat(crashesPerSecond, () => this.crash(dice.pick(PARTIES)));
  }

  /** Something that happens at random moments until the faults are over. */
  #repeat(perSecond: number, act: () => void): void {
    if (perSecond === 0) return;
    const { time, dice, isFaulty } = this.#shared;
    time.after(dice.between(0, Math.ceil(2000 / perSecond)), () => {
      if (!isFaulty()) return;
      act();
      this.#repeat(perSecond, act);
    });
  }

  #partition(): void {
    const { time, dice } = this.#shared;
    const until = time.now + dice.between(1, PARTITION_MS_MAX);
    const alone = dice.pick(PARTIES);
    const pairs = dice.chance(0.5) ? this.#pairsOf(alone) : [this.#pair(alone, next(alone))];
    for (const pair of pairs) pair.cut(until);
  }

  #pairsOf(party: PartyIndex): readonly Pair[] {
    return this.#pairs.filter((pair) => pair.has(party));
  }

  #pair(a: PartyIndex, b: PartyIndex): Pair {
    const found = this.#pairs.find((pair) => pair.has(a) && pair.has(b));
    assert(found !== undefined && a !== b, "a link has two parties");
    return found;
  }
}

interface Shared {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly faults: Faults;
  readonly isFaulty: () => boolean;
  readonly tell: (event: string) => void;
}

/** Two parties and the connection that they have or are about to have. */
class Pair {
  readonly #shared: Shared;
  readonly #parties: readonly [PartyIndex, PartyIndex];
  readonly #watches: readonly (LinkWatch | undefined)[];
  #line: Line | undefined;
  #isDialling = false;
  #closedUntil = 0;

  constructor(
    shared: Shared,
    parties: readonly [PartyIndex, PartyIndex],
    watches: readonly (LinkWatch | undefined)[],
  ) {
    this.#shared = shared;
    this.#parties = parties;
    this.#watches = watches;
  }

  has(party: PartyIndex): boolean {
    return this.#parties.includes(party);
  }

  seenFrom(self: PartyIndex): Connection | undefined {
    return this.#line?.seenFrom(self);
  }

  get isBroken(): boolean {
    return this.#line?.isBroken ?? true;
  }

  clog(ms: number): void {
    this.#shared.tell(`a link of ${this.#parties} stands still for ${ms}`);
    this.#line?.clog(this.#shared.dice.pick(this.#parties), ms);
  }

  /** Breaks the connection, if there is one; a new one comes up after `closedUntil`. */
  cut(closedUntil = 0): void {
    this.#closedUntil = Math.max(this.#closedUntil, closedUntil);
    const line = this.#line;
    if (line === undefined || line.isBroken) return;
    this.#shared.tell(`the link of ${this.#parties} breaks`);
    line.isBroken = true;
    for (const self of this.#parties) {
      const notice = () => this.#notice(line, self);
      this.#shared.time.after(this.#shared.dice.between(0, NOTICE_MS_MAX), notice);
    }
    this.#redial();
  }

  /** The end at `party` is gone with its process, without a word. */
  lose(party: PartyIndex): void {
    this.#line?.close(party);
    this.cut();
  }

  /** A new connection takes the place of a broken one, once both ends are there. */
  dial(): void {
    if (this.#isDialling || (this.#line && !this.#line.isBroken) || !this.#areBothThere) return;
    if (this.#shared.time.now < this.#closedUntil) {
      this.#redial();
      return;
    }
    const old = this.#line;
    if (old) for (const self of this.#parties) this.#notice(old, self);
    const line = new Line(this.#shared, this.#parties, () => this.cut());
    this.#line = line;
    for (const self of this.#parties) {
      this.#shared.time.after(this.#shared.dice.between(0, GREETING_MS_MAX), () => {
        if (this.#line !== line || line.isBroken) return;
        line.open(self);
        this.#watches[self]?.up(this.#other(self));
        line.flush(self);
      });
    }
  }

  get #areBothThere(): boolean {
    return this.#parties.every((party) => this.#watches[party] !== undefined);
  }

  #redial(): void {
    if (this.#isDialling) return;
    this.#isDialling = true;
    this.#shared.time.after(this.#shared.dice.between(1, REDIAL_MS_MAX), () => {
      this.#isDialling = false;
      this.dial();
    });
  }

  #notice(line: Line, self: PartyIndex): void {
    if (line.seenFrom(self) === undefined) return;
    line.close(self);
    this.#watches[self]?.down(this.#other(self));
  }

  #other(self: PartyIndex): PartyIndex {
    return self === this.#parties[0] ? this.#parties[1] : this.#parties[0];
  }
}

/** One connection: what is sent arrives once, late, or not at all once it is broken. */
class Line {
  readonly #shared: Shared;
  readonly #ends: readonly [End, End];
  readonly #lose: () => void;
  readonly #laneAt = new Map<string, number>();
  isBroken = false;

  constructor(shared: Shared, [a, b]: readonly [PartyIndex, PartyIndex], lose: () => void) {
    this.#shared = shared;
    this.#ends = [new End(a), new End(b)];
    this.#lose = lose;
  }

  seenFrom(self: PartyIndex): Connection | undefined {
    if (!this.#end(self).isUp) return undefined;
    return { send: (lane, deliver) => this.#send(self, lane, deliver) };
  }

  open(self: PartyIndex): void {
    this.#end(self).isUp = true;
  }

  close(self: PartyIndex): void {
    this.#end(self).isUp = false;
    this.#end(self).isOver = true;
  }

  /** Nothing from `self` arrives for a while. */
  clog(self: PartyIndex, ms: number): void {
    this.#end(self).clearAt = this.#shared.time.now + ms;
  }

  /** Delivers what came before this end had finished its greeting. */
  flush(self: PartyIndex): void {
    for (const deliver of this.#end(self).early.splice(0)) deliver();
  }

  #send(self: PartyIndex, lane: string, deliver: () => void): void {
    const { time, dice, faults, isFaulty } = this.#shared;
    if (this.isBroken || !this.#end(self).isUp) return;
    if (isFaulty() && dice.chance(faults.lossChance)) {
      this.#lose();
      return;
    }
    const isTwice = isFaulty() && dice.chance(faults.replayChance);
    if (isTwice) this.#shared.tell(`a message of P${self} comes twice`);
    for (let copy = 0; copy < (isTwice ? 2 : 1); copy += 1) {
      const at = this.#arrival(self, `${self} ${lane}`);
      time.after(at - time.now, () => this.#arrive(self, deliver));
    }
  }

  #arrival(self: PartyIndex, lane: string): number {
    const { time, dice, faults, isFaulty } = this.#shared;
    const mean = isFaulty() ? faults.delayMsMean : 5;
    const delay = (dice.between(0, 2000) / 1000) * mean * (dice.chance(0.02) ? 10 : 1);
    const earliest = Math.max(this.#end(self).clearAt, this.#laneAt.get(lane) ?? 0);
    const at = Math.max(time.now + delay, earliest);
    this.#laneAt.set(lane, at);
    return at;
  }

  #arrive(from: PartyIndex, deliver: () => void): void {
    const end = this.#ends[0].self === from ? this.#ends[1] : this.#ends[0];
    if (this.isBroken || end.isOver) return;
    if (end.isUp) deliver();
    else end.early.push(deliver);
  }

  #end(self: PartyIndex): End {
    return this.#ends[0].self === self ? this.#ends[0] : this.#ends[1];
  }
}

class End {
  readonly self: PartyIndex;
  isUp = false;
  isOver = false;
  /** What this end sends before that moment arrives after it. */
  clearAt = 0;
  readonly early: (() => void)[] = [];

  constructor(self: PartyIndex) {
    this.self = self;
  }
}
