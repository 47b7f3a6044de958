/*
 * Most messages of a large piece belong to protocols inside it that have a piece of their own,
 * where every byte is flipped. Inside others every 16th of their bytes is, every 64th inside the
 * longest.
 */

/** One in so many bytes of inner messages; fewer in long runs, which are protocols inside. */
const strideOf = (messages: number): number => (messages < 1000 ? 16 : 64);

/** Whose every byte is flipped: the least pieces that have all messages of the checks. */
const CHECKS = [
  "and",
  "dot and mul",
  "dot and mul, 16 bits",
  "dot and mul, 64 bits",
  "field product",
  "bit injection and selection",
  "inner product, field",
  "inner product, ring",
  "matrix product",
  "matrix of bits",
] as const;

const LESS_THAN = ["less than, few-gates", "less than, few-rounds", "less than, arithmetic"];

/** A protocol's messages inside others, and the pieces in which every byte of them is flipped. */
export const INNER: readonly { readonly channel: RegExp; readonly owners: readonly string[] }[] = [
  { channel: /\/(verify|freivalds|bit-freivalds)\//, owners: CHECKS },
  { channel: /\/coin\/(commit|open)\//, owners: ["coin", ...CHECKS] },
  { channel: /\/sort\//, owners: ["sort"] },
  { channel: /\/(un)?shuffle\//, owners: ["shuffle", "shuffle and unshuffle of a table"] },
  { channel: /\/scan\//, owners: ["scan", "group totals"] },
  { channel: /\/cipher-\d+\//, owners: ["cipher"] },
  { channel: /\/laplace\//, owners: ["discrete Laplace"] },
  { channel: /\/compact\//, owners: ["compact"] },
  { channel: /\/edits\//, owners: ["edits"] },
  { channel: /\/less-than\//, owners: LESS_THAN },
  { channel: /\/match-weight\//, owners: ["match weight"] },
];

/** Whether a channel of a piece carries messages of a protocol that has a piece of its own. */
export const isInner = (piece: string, channel: string): boolean =>
  INNER.some((inner) => inner.channel.test(channel) && !inner.owners.includes(piece));

/** Whether a byte of an inner message is flipped; another one in each message. */
export const isTaken = (messages: number, index: number, byte: number): boolean =>
  (7 * index + byte) % strideOf(messages) === 0;
