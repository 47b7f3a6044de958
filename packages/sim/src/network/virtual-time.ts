import { assert } from "@symbolon/base/assert";

/** What happens at a moment of virtual time. */
interface Event {
  readonly at: number;
  /** Events of one moment happen in the order in which they were planned. */
  readonly order: number;
  readonly act: () => void;
  isCancelled: boolean;
}

/** Of the machine, whatever stands in for it later. */
const { setImmediate: turn } = globalThis;

/** Until no code can go on by itself: a simulated program waits for nothing but events. */
const quiet = (): Promise<void> => new Promise((resolve) => turn(resolve));

/**
 * A clock that nobody waits for: it jumps to the next event once all code has come to rest. The
 * same program with the same events runs the same way every time.
 */
export class VirtualTime {
  #now = 0;
  #planned = 0;
  readonly #heap: Event[] = [];

  /** Milliseconds since the start. */
  get now(): number {
    return this.#now;
  }

  /** Plans an event; answers how to cancel it. */
  after(ms: number, act: () => void): () => void {
    assert(ms >= 0, "events lie in the future");
    this.#planned += 1;
    const event: Event = { at: this.#now + ms, order: this.#planned, act, isCancelled: false };
    this.#push(event);
    return () => {
      event.isCancelled = true;
    };
  }

  /**
   * Lets events happen until `isOver`. `idle`: nothing is planned any more, so that nothing will
   * ever happen again; `late`: the clock has reached `until`.
   */
  async run(isOver: () => boolean, until: number): Promise<"over" | "idle" | "late"> {
    await quiet();
    while (!isOver()) {
      const event = this.#heap[0];
      if (event === undefined) return "idle";
      if (event.at > until) {
        this.#now = until;
        return "late";
      }
      this.#pop();
      if (event.isCancelled) continue;
      this.#now = event.at;
      event.act();
      await quiet();
    }
    return "over";
  }

  /** Puts this clock and its timers in the place of the process's. Answers how to undo it. */
  install(): () => void {
    const own = {
      setTimeout: globalThis.setTimeout,
      clearTimeout: globalThis.clearTimeout,
      setInterval: globalThis.setInterval,
      clearInterval: globalThis.clearInterval,
    };
    const ownNow = performance.now;
    const clear = (timer?: unknown) => (timer as Timer | undefined)?.cancel();
    Object.assign(globalThis, {
      setTimeout: (act: () => void, ms = 0) => new Timer(this, ms, act),
      setInterval: (act: () => void, ms = 0) => new Timer(this, ms, act, true),
      clearTimeout: clear,
      clearInterval: clear,
    });
    performance.now = () => this.#now;
    return () => {
      Object.assign(globalThis, own);
      performance.now = ownNow;
    };
  }

  #isBefore(a: number, b: number): boolean {
    const [x, y] = [this.#heap[a], this.#heap[b]];
    return x.at < y.at || (x.at === y.at && x.order < y.order);
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b], this.#heap[a]];
  }

  #push(event: Event): void {
    let at = this.#heap.push(event) - 1;
    while (at > 0 && this.#isBefore(at, (at - 1) >> 1)) {
      this.#swap(at, (at - 1) >> 1);
      at = (at - 1) >> 1;
    }
  }

  #pop(): void {
    this.#swap(0, this.#heap.length - 1);
    this.#heap.pop();
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.#heap.length && this.#isBefore(child, least)) least = child;
      }
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }
}

/** What `setTimeout` and `setInterval` give on a virtual clock. */
class Timer {
  #cancel: () => void;

  constructor(time: VirtualTime, ms: number, act: () => void, isRepeated = false) {
    const fire = (): void => {
      if (isRepeated) this.#cancel = time.after(ms, fire);
      act();
    };
    this.#cancel = time.after(ms, fire);
  }

  cancel(): void {
    this.#cancel();
  }

  /** A virtual clock keeps no process alive. */
  unref(): this {
    return this;
  }
}
