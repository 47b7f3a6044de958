import { createHash } from "node:crypto";
import { assert } from "@symbolon/base/assert";
import type { PartyIndex, RunId } from "@symbolon/base/id";
import { Refusal } from "@symbolon/governance/refusal";
import {
  afterRun,
  type Budget,
  type Cost,
  EMPTY_LEDGER,
  exceeded,
  ledgerRoot,
  NOTHING_SPENT,
  type Spent,
} from "@symbolon/release/ledger";
import { formatRational, parseRational, type Rational } from "@symbolon/release/rational";
import { SetupError } from "../node-error.js";
import type { LedgerMark } from "./key-store.js";
import type { Sqlite, SqlRow } from "./sqlite.js";

/** What a run uses up of one account, and how much of it there is. */
export interface Charge {
  readonly account: string;
  readonly cost: Cost;
  readonly budget: Budget;
  /** Whose budget it is, and until when, as the beginning of a sentence. */
  readonly whose: string;
}

const sha256Hex = (text: string): string => createHash("sha256").update(text).digest("hex");
const EMPTY: LedgerMark = { size: 0, root: EMPTY_LEDGER };

/**
 * The disclosure ledger of a node: what runs have used up, entry by entry, each with the root over
 * all up to it. An entry is made before its run begins and is never taken back. The last root is
 * also kept outside the database, and told to the other nodes: a database from before is noticed.
 */
export class Ledger {
  readonly #db: Sqlite;
  readonly #keep: (mark: LedgerMark) => void;

  /** `keep` stores the newest root where an older database does not take it back. */
  constructor(db: Sqlite, keep: (mark: LedgerMark) => void = () => undefined) {
    this.#db = db;
    this.#keep = keep;
  }

  /** How far it has come; what stands in grants and goes to the other nodes. */
  get head(): LedgerMark {
    const last = this.#db.get("SELECT entry, root FROM ledger ORDER BY entry DESC LIMIT 1");
    return last === undefined ? EMPTY : { size: last.entry as number, root: last.root as string };
  }

  /** Whether the ledger, when it had as many entries, had this root. */
  continues({ size, root }: LedgerMark): boolean {
    if (size === 0) return root === EMPTY_LEDGER;
    return this.#db.get("SELECT root FROM ledger WHERE entry = ?", size)?.root === root;
  }

  /** Why a run does not fit now, or `undefined`. `spend` has the last word. */
  problem(charges: readonly Charge[]): string | undefined {
    for (const { account, cost, budget, whose } of charges) {
      const over = exceeded(afterRun(this.spent(account), cost), budget);
      if (over !== undefined) return `${whose} does not suffice: with this run ${over}`;
    }
    return undefined;
  }

  /**
   * Writes down what a run uses up, all or nothing; processes that do so at one time come one after
   * the other. A run spends once, however often it is begun. `alongside` is written with it or
   * not at all, and is called each time. Throws `Refusal`.
   */
  spend(run: RunId, charges: readonly Charge[], alongside: () => void = () => undefined): void {
    this.#db.atomically(() => {
      alongside();
      if (this.#db.get("SELECT 1 FROM ledger WHERE run = ? LIMIT 1", run) !== undefined) return;
      for (const charge of charges) {
        const problem = this.problem([charge]);
        if (problem !== undefined) throw new Refusal("BUDGET_SPENT", problem);
        this.#append(run, charge);
      }
    });
    this.#keep(this.head);
  }

  spent(account: string): Spent {
    const row = this.#db.get("SELECT * FROM ledger_accounts WHERE account = ?", account);
    return row === undefined ? NOTHING_SPENT : spentIn(row);
  }

  /** What another node's ledger had come to when this one last heard of it. */
  seen(node: PartyIndex, key: string): LedgerMark | undefined {
    const sql = "SELECT size, root FROM peer_ledgers WHERE node = ? AND key = ?";
    const row = this.#db.get(sql, node, key);
    return row && { size: row.size as number, root: row.root as string };
  }

  noteSeen(node: PartyIndex, key: string, { size, root }: LedgerMark): void {
    const sql = "INSERT OR REPLACE INTO peer_ledgers VALUES (?, ?, ?, ?)";
    this.#db.run(sql, node, key, size, root);
  }

  /**
   * At the start: every root and sum follows from the entries, and none is missing that was there
   * when `kept` was stored. Throws `SetupError`.
   */
  check(kept: LedgerMark | undefined): void {
    let root = EMPTY_LEDGER;
    let size = 0;
    const sums = new Map<string, Spent>();
    for (const row of this.#db.all("SELECT * FROM ledger ORDER BY entry")) {
      size += 1;
      const { run, account, epsilon, exact } = row as Record<string, never>;
      root = ledgerRoot(sha256Hex, root, { run, account, epsilon, exact });
      if (row.entry !== size || row.root !== root) throw damaged();
      const before = sums.get(account) ?? NOTHING_SPENT;
      sums.set(account, afterRun(before, { epsilon: fraction(epsilon), exact }));
    }
    const accounts = this.#db.all("SELECT * FROM ledger_accounts");
    if (accounts.length !== sums.size) throw damaged();
    for (const row of accounts) {
      const sum = sums.get(row.account as string);
      if (sum === undefined || !isSame(sum, spentIn(row))) throw damaged();
    }
    if (kept === undefined || this.continues(kept)) return;
    throw new SetupError(
      "LEDGER_OLDER",
      `the disclosure ledger has ${size} entries; it had ${kept.size} or others before`,
      { size, kept: kept.size },
      "restore the newest copy of the data directory; if it is lost, make a new node: an older " +
        "one would answer again what has been answered",
    );
  }

  #append(run: RunId, { account, cost }: Charge): void {
    const { size, root } = this.head;
    const [epsilon, { exact }] = [formatRational(cost.epsilon), cost];
    const next = ledgerRoot(sha256Hex, root, { run, account, epsilon, exact });
    const insert = "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?)";
    this.#db.run(insert, size + 1, run, account, epsilon, exact, next);
    const sum = afterRun(this.spent(account), cost);
    const update = "INSERT OR REPLACE INTO ledger_accounts VALUES (?, ?, ?, ?)";
    const [e, rho] = [formatRational(sum.epsilon), formatRational(sum.rho)];
    this.#db.run(update, account, e, rho, sum.exact);
  }
}

/** A sum can have more digits than a number from outside. */
function fraction(text: string): Rational {
  const [numerator, denominator = "1"] = text.split("/");
  const parsed = parseRational(text);
  if (parsed !== undefined) return parsed;
  assert(/^\d+(?:\/\d+)?$/.test(text), "the ledger was written by this program");
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

const spentIn = (row: SqlRow): Spent => ({
  epsilon: fraction(row.epsilon as string),
  rho: fraction(row.rho as string),
  exact: row.exact as number,
});

const isSame = (a: Spent, b: Spent): boolean =>
  formatRational(a.epsilon) === formatRational(b.epsilon) &&
  formatRational(a.rho) === formatRational(b.rho) &&
  a.exact === b.exact;

const damaged = (): SetupError =>
  new SetupError(
    "LEDGER_DAMAGED",
    "the disclosure ledger was changed: its entries do not have its roots and sums",
    {},
    "restore the newest copy of the data directory, and find out who changed it",
  );
