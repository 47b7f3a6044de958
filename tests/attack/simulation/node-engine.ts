import { concat, utf8 } from "@symbolon/base/bytes";
import type { PartyIndex } from "@symbolon/base/id";
import { Context, type RunOptions } from "@symbolon/mpc/context";
import { sameCopies } from "@symbolon/mpc/protocol/input";
import { revealShares } from "@symbolon/mpc/protocol/reveal";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import { pickFlagged } from "@symbolon/mpc/table/pick";
import type { SelectionSeeds } from "@symbolon/mpc/table/shuffle";
import { agree, verified } from "@symbolon/mpc/verify/checked";
import { Dealer } from "../trio.js";

/** A list of the run that nodes simulate: only its name and which rows are flagged. */
export interface TinyInput {
  readonly dataset: string;
  readonly root: string;
  readonly isChecked: boolean;
}

/** Rows that the draw may pick. */
export const FLAGGED = 0b1011_0111;
const RULE = { pick: 2, marginMin: 1, marginBits: 1 };
const flags = new Dealer("simulated nodes").share(Uint32Array.of(FLAGGED, 0, 0, 0), "xor");

/**
 * The least that a run of the catalogue consists of, in its order: agreement on inputs, copies
 * compared, lists found valid, a secret draw, everything verified, shares of the answer renewed.
 */
export async function tinyRun(
  options: RunOptions,
  self: PartyIndex,
  inputs: readonly TinyInput[],
  seeds: SelectionSeeds,
  onChecked: (dataset: string) => void,
): Promise<{ result: Shares; rounds: number }> {
  const ctx = Context.start(options);
  const marks = inputs.map(({ isChecked }) => Uint8Array.of(isChecked ? 1 : 0));
  await agree(ctx, "inputs", concat(...inputs.map(({ root }) => utf8(root)), ...marks));
  for (const [index, { dataset, isChecked }] of inputs.entries()) {
    if (!isChecked) await sameCopies(ctx.narrow(`list-${index}`), dataset, [flags[self]]);
    onChecked(dataset);
  }
  const picked = await pickFlagged(ctx, flags[self], 8, RULE, seeds);
  const answer = await verified(ctx, picked);
  const fresh = await revealShares(ctx, answer);
  ctx.assertAllVerified();
  await agree(ctx, "verified", new Uint8Array(0));
  const words = answer.value.length;
  const result = fresh.value.map((part) => part.slice(0, words));
  return { result, rounds: ctx.metrics.rounds };
}
