import { wordsOf } from "@symbolon/base/bytes";
import { counterAt, type ExpandSeed } from "./prg.js";

/** Seed expansion on WebCrypto, for browsers (and Node). */
export const expandSeedWebCrypto: ExpandSeed = async (seed, words, from = 0) => {
  const counter = counterAt(seed, words, from) as BufferSource;
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey("raw", seed as BufferSource, "AES-CTR", false, ["encrypt"]);
  const algorithm = { name: "AES-CTR", counter, length: 64 };
  const stream = await subtle.encrypt(algorithm, key, new Uint8Array(4 * words));
  return wordsOf(new Uint8Array(stream));
};
