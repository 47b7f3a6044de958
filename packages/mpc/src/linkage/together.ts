import { assert } from "@symbolon/base/assert";
import { allEach, anyEach } from "../circuit/batch.js";
import { editsWithin, type Letter } from "../circuit/edit-distance.js";
import type { Context } from "../context.js";
import { concatBits, sliceBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";

/** What a gate that is going to be computed with others will give. */
export type Later = () => Bits;

/** Gates that do not depend on one another, noted first and then computed in the same rounds. */
export class Together {
  readonly #alls: (readonly Bits[])[] = [];
  readonly #anys: (readonly Bits[])[] = [];
  readonly #edits: Edits[] = [];
  #made: { readonly alls: readonly Bits[]; readonly anys: readonly Bits[] } | undefined;

  /** The AND of some bits. */
  all(bits: readonly Bits[]): Later {
    const at = this.#alls.push(bits) - 1;
    return () => this.#results.alls[at];
  }

  /** Their OR. */
  any(bits: readonly Bits[]): Later {
    const at = this.#anys.push(bits) - 1;
    return () => this.#results.anys[at];
  }

  /** For d = 0 … most: are the texts at most d edits apart? (Π_edits) */
  edits(x: readonly Letter[], y: readonly Letter[], most: number): (d: number) => Bits {
    const edits: Edits = { x, y, most, made: undefined };
    this.#edits.push(edits);
    return (d) => {
      assert(edits.made !== undefined, "gates are computed before they are read");
      return edits.made[d];
    };
  }

  async compute(ctx: Context): Promise<void> {
    const [ands, ors] = [ctx.fork("all"), ctx.fork("any")];
    const texts = bySize(this.#edits).map((group, k) => ({ group, step: ctx.fork(`texts-${k}`) }));
    const [alls, anys] = await Promise.all([
      allEach(ands, this.#alls),
      anyEach(ors, this.#anys),
      ...texts.map(({ group, step }) => computeEdits(step, group)),
    ]);
    ctx.join(ands, ors, ...texts.map(({ step }) => step));
    this.#made = { alls, anys };
  }

  get #results() {
    assert(this.#made !== undefined, "gates are computed before they are read");
    return this.#made;
  }
}

interface Edits {
  readonly x: readonly Letter[];
  readonly y: readonly Letter[];
  readonly most: number;
  made: readonly Bits[] | undefined;
}

/** Texts of one size, compared as far, are rows of one comparison. */
function bySize(all: readonly Edits[]): Edits[][] {
  const groups = new Map<string, Edits[]>();
  for (const edits of all) {
    const size = `${edits.x.length} ${edits.x[0].length} ${edits.most}`;
    groups.set(size, [...(groups.get(size) ?? []), edits]);
  }
  return [...groups.values()];
}

async function computeEdits(ctx: Context, group: readonly Edits[]): Promise<void> {
  const [{ x, most }] = group;
  const words = x[0][0].length;
  const side = (pick: (edits: Edits) => readonly Letter[]): Letter[] =>
    x.map((letter, k) =>
      letter.map((_, p) => concatBits(...group.map((edits) => pick(edits)[k][p]))),
    );
  const made = await editsWithin(
    ctx,
    side((edits) => edits.x),
    side((edits) => edits.y),
    most,
  );
  group.forEach((edits, k) => {
    edits.made = made.map((bits) => sliceBits(bits, k * words, (k + 1) * words));
  });
}
