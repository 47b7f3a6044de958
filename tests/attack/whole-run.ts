import type { PartyIndex } from "@symbolon/base/id";
import type { SecondLook } from "@symbolon/mpc/linkage/confirm";
import { type Profile, SMALL_BATCH_TEST } from "@symbolon/mpc/profile";
import { ours, samePerson } from "@symbolon/queries/plan/plan";
import { executeRun, type RunList } from "@symbolon/queries/three-party/execute";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { TINY_LAYOUT, tinyRows } from "./pieces/linkage.js";
import { type Piece, words } from "./pieces/piece.js";
import { TINY_KEYS } from "./pieces/second-look.js";
import type { Dealer } from "./trio.js";

/** The small profile with wider tiles, so that a whole run of two lists has few of them. */
export const WHOLE_RUN_PROFILE: Profile = { ...SMALL_BATCH_TEST, tileColumns: 64 };

/** What somebody may change before a whole run: what is dealt, or what one party brings. */
export interface Spoil {
  /** The list's own numbers, before they are shared. */
  readonly clear?: (list: { content: Uint32Array; present: Uint32Array }, index: number) => void;
  /** What a party believes has been asked. */
  readonly terms?: (self: PartyIndex) => string;
  /** One party's view of one list. */
  readonly list?: (list: RunList, self: PartyIndex, index: number) => RunList;
  /** Rows of a list that was asked about before, if there is one. */
  readonly asked?: number;
}

/** A candidate of a row counts if its keys agree; 3 of each 128 rows of theirs at most. */
export const LOOK: SecondLook = {
  keys: TINY_KEYS,
  constants: [-300],
  threshold: 2,
  rankBits: 2,
  groupColumns: 128,
};

/**
 * Which of its own rows does nobody else hold? The whole query with both looks, from shares to
 * result shares. Rows come by the 128.
 */
export const wholeRun = (rows: readonly [number, number], spoil: Spoil = {}): Piece => ({
  name: `not on list, ${rows[0]} × ${rows[1]}`,
  covers: [],
  prepare: (dealer: Dealer) => {
    const counts = [...rows, ...(spoil.asked === undefined ? [] : [spoil.asked])];
    const lists = counts.map((count, index) => {
      const clear = tinyRows(count, 3 * index);
      spoil.clear?.(clear, index);
      return {
        content: dealer.share(clear.content, "add"),
        present: dealer.share(clear.present, "add"),
        real: dealer.share(new Uint32Array(Math.ceil(count / 128) * 4).fill(0xffffffff), "xor"),
        keys: dealer.share(words(count, 20 + index), "xor"),
      };
    });
    const plan = ours()
      .except("theirs", samePerson(300, LOOK))
      .distinct(samePerson(400))
      .unasked(samePerson(400), 4)
      .pick({ pick: 2, marginMin: 1, marginBits: 1 });
    return async (options, self) => {
      const [first, second, ...asked] = lists.map(({ content, present, real, keys }, index) => {
        const list: RunList = {
          name: `list-${index}`,
          root: Uint8Array.of(index),
          list: {
            rows: counts[index],
            content: content[self],
            present: present[self],
            real: real[self],
            keys: keys[self],
          },
        };
        return spoil.list?.(list, self, index) ?? list;
      });
      const task = {
        plan,
        layout: TINY_LAYOUT,
        ours: first,
        theirs: [second],
        asked,
        terms: spoil.terms?.(self) ?? "not on list, tiny",
      };
      const outcome = await executeRun(options, { ...task, seeds: selectionSeeds(1, self) });
      return { shares: outcome.result, adding: "xor" };
    };
  },
});
