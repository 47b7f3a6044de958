import { bytesOf, sameBytes, utf8 } from "@symbolon/base/bytes";
import type { Context } from "../context.js";
import { InputRefused } from "../error.js";
import type { Shares } from "../sharing/shares.js";

/**
 * Π_input, the nodes' part: do the two holders of each component of a dealt value hold the same?
 *
 * P_i sends a hash of its own component, bound to the step, to P_{i-1}, who holds a copy of it. A
 * provider that dealt different copies is refused before anything is computed. Two rounds.
 * A node can cause the same refusal by lying: it is therefore no verdict on the provider's data.
 */
export async function sameCopies(ctx: Context, name: string, x: readonly Shares[]): Promise<void> {
  const step = ctx.narrow(`same-${name}`);
  const label = utf8(`symbolon/input/v1|${step.path}|`);
  const own = step.crypto.sha256(label, ...x.map((part) => bytesOf(part.own)));
  const mine = step.crypto.sha256(label, ...x.map((part) => bytesOf(part.next)));
  const received = await step.exchange({ previous: own }, { next: own.length });
  const isSame = sameBytes(mine, received.next);
  // All three learn the outcome, so that they refuse together.
  const verdict = Uint8Array.of(isSame ? 1 : 0);
  const verdicts = await step
    .narrow("verdict")
    .exchange({ next: verdict, previous: verdict }, { next: 1, previous: 1 });
  if (!isSame || verdicts.next[0] !== 1 || verdicts.previous[0] !== 1) {
    const here = step.self;
    const link = isSame
      ? `node ${verdicts.next[0] === 1 ? (here + 2) % 3 : (here + 1) % 3} says so`
      : `nodes ${here} and ${(here + 1) % 3} differ`;
    throw new InputRefused(
      "INPUT_INCONSISTENT",
      `the nodes hold different shares of ${name} (${link})`,
      { dataset: name },
      "the provider submits it again; if that does not help, one of these nodes is at fault",
    );
  }
}
