import { createCipheriv } from "node:crypto";
import { wordsOf } from "@symbolon/base/bytes";
import { counterAt, type ExpandSeed } from "./prg.js";

const ZEROS = new Uint8Array(65_536);

/** Seed expansion on OpenSSL, through `node:crypto`. */
export const expandSeedNode: ExpandSeed = (seed, words, from = 0) => {
  const cipher = createCipheriv("aes-128-ctr", seed, counterAt(seed, words, from));
  const out = new Uint8Array(4 * words);
  for (let at = 0; at < out.length; at += ZEROS.length)
    out.set(cipher.update(ZEROS.subarray(0, out.length - at)), at);
  return wordsOf(out);
};
