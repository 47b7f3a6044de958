import { utf8 } from "@symbolon/base/bytes";
import { type LinkableList, linkable, nearPairs } from "@symbolon/case-data/compare/link";
import { linkRule } from "@symbolon/case-data/compare/link-rule";
import { type LinkageLayout, personLayout } from "@symbolon/case-data/encode/layout";
import { readPersons } from "@symbolon/case-data/intake/persons";
import type { Context } from "@symbolon/mpc/context";
import { compareTerms } from "@symbolon/mpc/linkage/compare";
import { type RecordSide, weighPairs } from "@symbolon/mpc/linkage/link";
import { linkTerms } from "@symbolon/mpc/linkage/link-terms";
import { sideOf } from "@symbolon/mpc/linkage/list";
import { type RecordList, recordTable } from "@symbolon/mpc/linkage/records";
import { matchedRows, rowBests } from "@symbolon/mpc/linkage/row-bests";
import { PRODUCTION } from "@symbolon/mpc/profile";
import type { RingVector, Shares } from "@symbolon/mpc/sharing/shares";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { weighPairsInTheClear } from "@symbolon/queries/plaintext/link";
import { generateWorld } from "@symbolon/sim/people/world";
import { CHECK_SECONDS_PER_AND, MULTIPLY_ADDS_PER_SECOND } from "../costs.js";
import { matmul } from "../matmul.js";
import { column32, columnBits, defineWork, type Work } from "./work.js";

type LinkSizes = { readonly rows: number; readonly dims: number };

const layoutOf = ({ dims }: LinkSizes): LinkageLayout => personLayout(dims as 512 | 1024 | 2048);
const padded = ({ rows }: LinkSizes): number => Math.ceil(rows / 256) * 256;
const ruleOf = (sizes: LinkSizes) => linkRule(layoutOf(sizes), padded(sizes), padded(sizes));

/** Half of the people of one list are on the other one, and both parties say so. */
const SHARED = 0.5;
const leastWeight = (sizes: LinkSizes): number => {
  const pairs = padded(sizes) ** 2;
  return Math.round(Math.log2(pairs / (SHARED * sizes.rows)) * ruleOf(sizes).records.unitsPerBit);
};

/** Two lists of invented people in both stages, as `not-on-list` would use them. */
export const link: Work = defineWork<LinkSizes, ReturnType<typeof inputs>>({
  name: "link",
  about: "two lists of people in both stages of a linkage: score, then field by field",
  unit: "pairs/s",
  options: { rows: 10_000, dims: 512 },
  bounds: { rows: [1, 20_000], dims: [512, 2048] },
  operations: ({ rows }) => rows * rows,
  inputs,
  run: async (ctx, columns, sizes) => {
    const [ours, theirs] = (["ours", "theirs"] as const).map((name, side) =>
      sideFrom(ctx.narrow(name), sizes, side as 0 | 1, {
        content: columns[`${name}Content`],
        present: columns[`${name}Present`],
        records: columns[`${name}Records`],
      }),
    );
    const rule = ruleOf(sizes);
    const pairs = await weighPairs(ctx, ours, theirs, rule);
    const bests = await rowBests(ctx, pairs);
    const flags = await matchedRows(ctx, bests, rule.records, leastWeight(sizes));
    return [{ shares: flags, adding: "xor" }];
  },
  isRight: ([flags], _, sizes) => agreesWithClear(flags, sizes),
  soundnessBits: (sizes) => {
    const rows = padded(sizes);
    return soundnessBits([
      ...compareTerms(PRODUCTION, rows, rows),
      ...linkTerms(PRODUCTION, ruleOf(sizes), rows, rows),
    ]);
  },
  sketch: (sizes) => {
    const rows = padded(sizes);
    const { rankBits, groupColumns, perRow } = ruleOf(sizes);
    const pairs = rows * rows;
    const slots = (pairs / groupColumns) * (2 ** rankBits - 1);
    const gates = pairs * (30 + 2 ** rankBits) + slots * 125 + rows * perRow * 7565;
    return {
      multiply: (pairs * 2 * (sizes.dims + 16)) / MULTIPLY_ADDS_PER_SECOND,
      check: gates * CHECK_SECONDS_PER_AND,
      bytes: pairs * 2 + gates / 8 + slots * 90 * 4 * 2,
      rounds: Math.ceil(rows / PRODUCTION.tileRows) * 700,
    };
  },
  goals: ({ rows }) =>
    rows === 10_000 ? { in: "seconds", must: 600, aim: 60, references: {} } : undefined,
});

type ListShares = Readonly<Record<"content" | "present" | "records", Shares<Uint32Array>>>;

function sideFrom(
  ctx: Context,
  sizes: LinkSizes,
  at: 0 | 1,
  { content, present, records }: ListShares,
): RecordSide {
  const layout = layoutOf(sizes);
  const list: RecordList = { rows: padded(sizes), content, present, real: records, records };
  return {
    side: sideOf(ctx, layout, list, at),
    records: recordTable(ctx, ruleOf(sizes).records, list, layout.fields.length),
  };
}

const lists = new Map<string, readonly LinkableList[]>();

/** The same lists in every process: a bench deals them in the open. */
function listsOf(sizes: LinkSizes): readonly LinkableList[] {
  const name = `${sizes.rows} ${sizes.dims}`;
  let made = lists.get(name);
  if (made === undefined) {
    const { rows } = sizes;
    const world = generateWorld({ seed: 1, police: rows, ngos: [rows], shared: SHARED });
    made = [world.police, world.ngos[0]].map(({ csv }) =>
      linkable(readPersons(utf8(csv), { withRepeats: true }).persons, layoutOf(sizes)),
    );
    lists.set(name, made);
  }
  return made;
}

function inputs(sizes: LinkSizes) {
  const rows = padded(sizes);
  const layout = layoutOf(sizes);
  const fields = layout.fields.length;
  const words = ruleOf(sizes).records.bits / 32;
  const filled = (values: ArrayLike<number>, length: number): Uint32Array => {
    const out = new Uint32Array(length);
    for (let k = 0; k < values.length; k += 1) out[k] = values[k];
    return out;
  };
  const list = (at: 0 | 1) => ({
    content: column32(rows * layout.dims, () =>
      filled(listsOf(sizes)[at].encoded.content, rows * layout.dims),
    ),
    present: column32(rows * fields, () =>
      filled(listsOf(sizes)[at].encoded.present, rows * fields),
    ),
    records: columnBits(rows * words, () => {
      const out = new Uint32Array(rows * words);
      listsOf(sizes)[at].records.forEach((record, row) => {
        out.set(record, row * words);
      });
      return out;
    }),
  });
  const [ours, theirs] = [list(0), list(1)];
  return {
    oursContent: ours.content,
    oursPresent: ours.present,
    oursRecords: ours.records,
    theirsContent: theirs.content,
    theirsPresent: theirs.present,
    theirsRecords: theirs.records,
  };
}

/** All rows, by the oracle. */
function agreesWithClear(flags: RingVector, sizes: LinkSizes): boolean {
  const [ours, theirs] = listsOf(sizes);
  const rule = ruleOf(sizes);
  const rows = padded(sizes);
  const near = Array.from({ length: rows }, () => new Set<number>());
  for (const [a, b] of nearPairs(layoutOf(sizes), ours, theirs, rule.score, matmul)) near[a].add(b);
  const empty = new Uint32Array(rule.records.bits / 32);
  const whole = ({ records }: LinkableList) =>
    Array.from({ length: rows }, (_, row) => records[row] ?? empty);
  const pairs = weighPairsInTheClear(
    {
      rows,
      columns: rows,
      score: (a, b) => (near[a].has(b) ? rule.score : rule.score - 1),
      records: [whole(ours), whole(theirs)],
    },
    rule,
    PRODUCTION.tileRows,
  );
  const least = leastWeight(sizes);
  const matched = new Set(pairs.filter(({ weight }) => weight >= least).map(({ a }) => a));
  const bit = (row: number): boolean => ((Number(flags[row >> 5]) >>> (row & 31)) & 1) === 1;
  return (
    flags.length === rows / 32 &&
    matched.size > 0 &&
    Array.from({ length: rows }, (_, row) => bit(row) === matched.has(row)).every(Boolean)
  );
}
