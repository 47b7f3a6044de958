/** Weakenings that no rule finds: text that stands once in its file, and what takes its place. */
export const WRITTEN: readonly (readonly [
  file: string,
  what: string,
  find: string,
  text: string,
])[] = [
  [
    "protocol/coin.ts",
    "a commitment is not bound to its party",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of another file.
    "|${step.path}|${party}|",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of another file.
    "|${step.path}|",
  ],
  [
    "verify/fold.ts",
    "the coin of a fold is opened before G is shared",
    "const coin = prepareCoin(ctx);",
    "const early = prepareCoin(ctx).open(); const coin = { open: () => early };",
  ],
  [
    "verify/inner-product.ts",
    "the coin of a halving is opened before G is shared",
    "const coin = prepareCoin(step);",
    "const early = prepareCoin(step).open(); const coin = { open: () => early };",
  ],
  [
    "verify/inner-product.ts",
    "the coin of a sacrifice is opened before the product is shared",
    "const coin = prepareCoin(ctx);",
    "const early = prepareCoin(ctx).open(); const coin = { open: () => early };",
  ],
  [
    "linkage/compare.ts",
    "the coin of a band is opened before its scores are shared",
    "const coin = prepareCoin(ctx);",
    "const early = prepareCoin(ctx).open(); const coin = { open: () => early };",
  ],
  [
    "linkage/validity.ts",
    "the coin of presence is opened before the squares are shared",
    "const coin = prepareCoin(step);",
    "const early = prepareCoin(step).open(); const coin = { open: () => early };",
  ],
  [
    "table/shuffle.ts",
    "rows are shuffled without tags",
    'const tags = randomShares(step.narrow("tags"), table.shares.own, TAG_WORDS * table.rows);',
    "const none = new Uint32Array(TAG_WORDS * table.rows); const tags = new Shares(none, none);",
  ],
  [
    "linkage/validity.ts",
    "a single projection",
    "export const PROJECTIONS = 96;",
    "export const PROJECTIONS = 1;",
  ],
  [
    "linkage/validity.ts",
    "presence is not looked at",
    'if (!(await presenceIsBits(ctx, list.present))) return "presence-not-a-bit";',
    "",
  ],
  ["linkage/validity.ts", "projections are not looked at", "concatBits(small, bounded)", "bounded"],
  ["linkage/validity.ts", "norms are not looked at", "concatBits(small, bounded)", "small"],
  ["linkage/validity.ts", "norms have no lower bound", "bound(field.floor, -1)", "bound(0, -1)"],
  [
    "linkage/validity.ts",
    "every verdict is good",
    "opened.every((word) => word === 0xffffffff)",
    "opened.length > 0",
  ],
  [
    "protocol/copies.ts",
    "components are on record without a salt",
    "utf8(toHex(salt))",
    "utf8(toHex(salt.subarray(0, 0)))",
  ],
  [
    "transport/memory.ts",
    "a second message takes the place of the first",
    "slot.message !== undefined || slot.used",
    "slot.used",
  ],
  [
    "transport/memory.ts",
    "a message comes again after it was received",
    "slot.message !== undefined || slot.used",
    "slot.message !== undefined",
  ],
];
