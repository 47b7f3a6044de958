import { createHash } from "node:crypto";
import { assert } from "@symbolon/base/assert";
import { concat, sameBytes, utf8 } from "@symbolon/base/bytes";
import { next, type PartyIndex, previous } from "@symbolon/base/id";
import { ProtocolAbort } from "@symbolon/mpc/error";
import type { Transport } from "@symbolon/mpc/transport/transport";
import { freshBytes } from "../identity/random.js";
import type { KeyStore } from "../store/key-store.js";
import { seedsOf } from "../store/vault.js";
import type { PairSecrets } from "./execute.js";

const SECRET_SIZE = 32;

const digest = (...parts: readonly (string | Uint8Array)[]): Uint8Array => {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = typeof part === "string" ? utf8(part) : part;
    hash.update(`${bytes.length}\n`).update(bytes);
  }
  return new Uint8Array(hash.digest());
};

/**
 * A secret of this party and one peer that neither could choose: both draw 32 bytes, commit to
 * them, then open. secret = H(about, what the lower index drew, what the higher drew).
 */
async function agreeWith(transport: Transport, peer: PartyIndex, about: string) {
  const { self } = transport;
  const mine = freshBytes(SECRET_SIZE);
  const commitment = (party: PartyIndex, drawn: Uint8Array) =>
    digest("symbolon pair commitment v1", about, String(party), drawn);
  transport.send(peer, `${about}/commit`, commitment(self, mine));
  const committed = await transport.receive(peer, `${about}/commit`);
  transport.send(peer, `${about}/open`, mine.slice());
  const theirs = await transport.receive(peer, `${about}/open`);
  const isKept = theirs.length === SECRET_SIZE && sameBytes(committed, commitment(peer, theirs));
  if (!isKept)
    throw new ProtocolAbort("COIN_COMMITMENT", "a peer opened what it had not committed to", {
      party: peer,
      step: "agree",
    });
  const [first, second] = self < peer ? [mine, theirs] : [theirs, mine];
  return digest("symbolon pair secret v1", about, first, second);
}

/** Fresh secrets with both neighbours, for one attempt at a run. Two messages each way. */
export async function agreeKeys(transport: Transport, about: string): Promise<PairSecrets> {
  const { self } = transport;
  const [own, after] = await Promise.all([
    agreeWith(transport, previous(self), about),
    agreeWith(transport, next(self), about),
  ]);
  return { own, next: after };
}

/** Keeps the seeds of a run's choice across attempts and restarts. */
export interface SelectionKeeper {
  readonly keys: KeyStore;
  /** Both neighbours have said in an earlier attempt that they keep the same seeds. */
  readonly isSettled: boolean;
  /** Called once both have said so. */
  settle(): void;
}

/**
 * The seeds that decide which rows a run picks, and its noise. Drawn once with each neighbour,
 * stored by all three before anything is computed with them, and from then on the same for every
 * attempt: a run that is cut off can never be used to choose again. Whoever has lost or changed
 * settled seeds ends the run.
 */
export async function settleSelection(
  transport: Transport,
  run: string,
  keeper: SelectionKeeper,
): Promise<PairSecrets> {
  const { keys, isSettled } = keeper;
  const stored = keys.get(seedsOf(run));
  const kept = stored && unpack(stored);
  const [own, after] = await Promise.all([
    settleWith(transport, previous(transport.self), run, kept?.own, isSettled),
    settleWith(transport, next(transport.self), run, kept?.next, isSettled),
  ]);
  const secrets = { own, next: after };
  if (isSettled) return confirm(transport, run, secrets);
  keys.put(new Map([[seedsOf(run), concat(own, after)]]));
  await confirm(transport, run, secrets);
  keeper.settle();
  return secrets;
}

function unpack(bytes: Uint8Array): PairSecrets {
  assert(bytes.length === 2 * SECRET_SIZE, "two seeds are kept");
  return { own: bytes.slice(0, SECRET_SIZE), next: bytes.slice(SECRET_SIZE) };
}

const NONE = new Uint8Array(SECRET_SIZE);
const fingerprint = (run: string, seed: Uint8Array | undefined): Uint8Array =>
  seed ? digest("symbolon selection seed v1", run, seed) : NONE;

/** The seed shared with one neighbour: the kept one if both keep it, else a new one. */
async function settleWith(
  transport: Transport,
  peer: PartyIndex,
  run: string,
  kept: Uint8Array | undefined,
  isSettled: boolean,
): Promise<Uint8Array> {
  const mine = concat(fingerprint(run, kept), Uint8Array.of(isSettled ? 1 : 0));
  transport.send(peer, "selection/kept", mine.slice());
  const theirs = await transport.receive(peer, "selection/kept");
  const isSame = sameBytes(theirs.subarray(0, SECRET_SIZE), mine.subarray(0, SECRET_SIZE));
  if (kept && isSame) return kept;
  if (isSettled || theirs[SECRET_SIZE] !== 0) throw changed(peer);
  return agreeWith(transport, peer, "selection/new");
}

/** All three have stored the same seeds. */
async function confirm(transport: Transport, run: string, seeds: PairSecrets) {
  const { self } = transport;
  const pairs = [
    [previous(self), seeds.own],
    [next(self), seeds.next],
  ] as const;
  for (const [peer, seed] of pairs)
    transport.send(peer, "selection/stored", fingerprint(run, seed));
  for (const [peer, seed] of pairs) {
    const theirs = await transport.receive(peer, "selection/stored");
    if (!sameBytes(theirs, fingerprint(run, seed))) throw changed(peer);
  }
  return seeds;
}

const changed = (party: PartyIndex): ProtocolAbort =>
  new ProtocolAbort("TRANSCRIPT_MISMATCH", "a peer does not keep the seeds of the choice", {
    party,
    step: "selection",
  });
