import { assert } from "@symbolon/base/assert";
import type { RunId } from "@symbolon/base/id";
import { Refusal } from "@symbolon/governance/refusal";
import { wordsOfColumn } from "@symbolon/governance/sealed-part";
import type { AskedList } from "../store/asked-lists.js";
import { manifestIn } from "../store/manifest-in.js";
import type { RunGrant } from "../store/store.js";
import { datasetAccount, epochHoursOf, HOUR_MS } from "./charges.js";
import type { AskedInput } from "./execute.js";
import type { JobServices, Remembered } from "./job-services.js";
import { ASKED_LISTS_MAX, type RunHello } from "./messages.js";

type Request = RunGrant["request"];
type Services = Pick<
  JobServices,
  "asked" | "budget" | "engine" | "now" | "spaceLog" | "space" | "self" | "store"
>;

/**
 * What this node remembers of lists that an asker has asked about before, as far as it concerns
 * one run: those that it asked about the same lists of others, in the same epoch, for whatever
 * purpose. All three nodes must remember the same before anything is computed.
 */
export class AskedBefore {
  readonly #services: Services;
  readonly #grant: Pick<RunGrant, "run" | "request">;
  readonly #remembered: Remembered | undefined;
  #counts: { readonly accounts: readonly string[]; readonly until: number };
  /** Fixed for an attempt by `look`. */
  #lists: readonly AskedList[] = [];

  constructor(services: Services, grant: Pick<RunGrant, "run" | "request">) {
    const { query, params } = grant.request;
    this.#services = services;
    this.#grant = grant;
    this.#remembered = services.engine.remembers(query, params);
    this.#counts = this.#countsOf(grant.request);
  }

  /** What the peers are told: runs and roots, no names. */
  get marks(): RunHello["asked"] {
    return this.#lists.map(({ run, root }) => ({ run, root }));
  }

  /** What the computation reads. */
  get inputs(): readonly AskedInput[] {
    const { asked } = this.#services;
    return this.#lists.map(({ run, root, rows }) => {
      return { root, rows, load: (column) => asked.load(run, column) };
    });
  }

  /** Reads anew what counts. */
  look(): void {
    if (this.#remembered === undefined) return;
    const { run, request } = this.#grant;
    const begun = this.#services.asked.accountsOf(run);
    this.#counts = begun ? { ...this.#counts, accounts: begun } : this.#countsOf(request);
    this.#lists = this.#services.asked.before(run, this.#counts.accounts);
  }

  /** Why the run cannot be allowed, or `undefined`. */
  problem(): Refusal | undefined {
    const { name } = this.#services.space.nodes[this.#services.self];
    const { asker } = this.#grant.request;
    const until = new Date(this.#counts.until).toISOString().slice(0, 16).replace("T", " ");
    const said = (what: string) =>
      new Refusal("ASKED_UNCOUNTABLE", `${what} (at ${name}, until ${until})`);
    if (this.#lists.some(({ isForgotten }) => isForgotten))
      return said(
        `${asker} took back a list that it asked about in this epoch: who is asked about again ` +
          "cannot be told any more",
      );
    if (this.#lists.length >= ASKED_LISTS_MAX)
      return said(
        `${asker} has asked about ${ASKED_LISTS_MAX} lists in this epoch, and that is the most`,
      );
    return undefined;
  }

  /** A run of the asker of the same kind that is not over; what it asks is not remembered yet. */
  stillAsking(): Refusal | undefined {
    if (this.#remembered === undefined) return undefined;
    const { store, engine } = this.#services;
    const { run, request } = this.#grant;
    const open = store.unfinishedRuns().find((row) => {
      if (row.asker !== request.asker || row.run === run || row.grant === undefined) return false;
      const { query, params } = row.grant.request;
      return engine.remembers(query, params)?.kind === this.#remembered?.kind;
    });
    if (open === undefined) return undefined;
    const reason = `run ${open.run} of ${request.asker} is ${open.state}: such runs go one by one`;
    return new Refusal("STILL_ASKING", reason);
  }

  /**
   * What a peer remembers. What only the peer does is remembered here too if this node allowed that
   * run: it began there and not here. `true` if more counts now than was announced. Throws
   * `Refusal`.
   */
  hear(marks: RunHello["asked"]): boolean {
    const announced = this.marks;
    this.look();
    const known = new Map(this.#lists.map(({ run, root }) => [run as string, root]));
    const missing = marks.filter(({ run, root }) => known.get(run) !== root);
    for (const mark of missing) this.#adopt(mark);
    if (missing.length > 0) this.look();
    return !this.isSame(announced);
  }

  isSame(marks: RunHello["asked"]): boolean {
    return JSON.stringify(marks) === JSON.stringify(this.marks);
  }

  /** Keeps what this run asks about. In the transaction in which it is spent. Throws `Refusal`. */
  remember(): void {
    if (this.#remembered === undefined) return;
    const announced = this.marks;
    this.look();
    if (!this.isSame(announced)) throw differs("what was asked before has changed meanwhile");
    const problem = this.problem();
    if (problem !== undefined) throw problem;
    this.#services.asked.remember(this.#listOf(this.#grant, this.#remembered, this.#counts));
  }

  #adopt({ run, root }: RunHello["asked"][number]): void {
    const { asked, engine, store, budget, spaceLog, now } = this.#services;
    const row = store.run(run as RunId);
    const reason = "the nodes remember different lists that were asked about before";
    if (row?.grant === undefined || row.asker !== this.#grant.request.asker) throw differs(reason);
    const { request } = row.grant;
    const remembered = engine.remembers(request.query, request.params);
    const counts = this.#countsOf(request);
    const isOfThis = counts.accounts.some((account) => this.#counts.accounts.includes(account));
    const epoch = epochHoursOf({ budget, ...(spaceLog && { spaceLog }) }) * HOUR_MS;
    const isOfNow = Math.floor(row.since / epoch) === Math.floor(now() / epoch);
    const isHere = store.datasetByRoot(request.ours.root)?.state === "complete";
    const hasBegun = asked.accountsOf(this.#grant.run) !== undefined;
    if (!remembered || request.ours.root !== root || !isOfThis || !isOfNow || !isHere || hasBegun)
      throw differs(reason);
    asked.adopt(this.#listOf(row.grant, remembered, counts));
  }

  #listOf(
    { run, request }: Pick<RunGrant, "run" | "request">,
    { table, columns }: Remembered,
    counts: { readonly accounts: readonly string[]; readonly until: number },
  ) {
    const { store, now } = this.#services;
    const { dataset, root } = request.ours;
    const row = store.datasetByRoot(root);
    assert(row !== undefined, "a dataset stays while a run uses it");
    const { schema } = manifestIn(row);
    const rows = schema.tables.find(({ name }) => name === table)?.rows;
    assert(rows !== undefined, "a dataset that was accepted has the table that is read");
    const words = columns.map((column) => {
      const count = wordsOfColumn(schema, table, column);
      assert(count !== undefined, "a dataset that was accepted has the columns that are read");
      return [column, count] as const;
    });
    const about = { run, root, asker: request.asker, dataset, table, rows, since: now() };
    return { ...about, ...counts, columns: new Map(words) };
  }

  #countsOf({ asker, theirs, query, params }: Request) {
    const { store, engine, budget, spaceLog, now } = this.#services;
    const epochHours = epochHoursOf({ budget, ...(spaceLog && { spaceLog }) });
    const kind = engine.remembers(query, params)?.kind ?? "";
    const accounts = theirs.flatMap(({ root, dataset }) => {
      const provider = (store.datasetByRoot(root) ?? store.deletion(root))?.provider;
      if (provider === undefined) return [];
      const account = datasetAccount({ provider, dataset }, epochHours, now());
      return [JSON.stringify([...account, asker, kind])];
    });
    const epoch = epochHours * HOUR_MS;
    return { accounts, until: (Math.floor(now() / epoch) + 1) * epoch };
  }
}

const differs = (reason: string): Refusal => new Refusal("ASKED_DIFFERS", reason);
