import { concat, fromBase64, toBase64, utf8 } from "@symbolon/base/bytes";
import type { MemberId } from "@symbolon/base/id";
import { canonicalBytes } from "./canonical-json.js";
import { type Hash, sha256 } from "./hash.js";
import { type Hpke, type HpkeKeyPair, keyBytes } from "./hpke.js";
import { InvalidDocument } from "./invalid-document.js";

/**
 * What only some members may read: sealed to each of them, while the log has a commitment (the
 * statement `private-contents`). A commitment is SHA-256 of 32 random bytes and the contents: it
 * says nothing about what can be guessed, and can be opened in one way only.
 */
export interface SealedContents {
  readonly commitment: Hash;
  readonly boxes: readonly ContentsBox[];
}

export interface ContentsBox {
  readonly reader: MemberId;
  /** HPKE's encapsulated key and the ciphertext, base64. */
  readonly enc: string;
  readonly sealed: string;
}

export interface Reader {
  readonly id: MemberId;
  /** X25519, base64. */
  readonly sealingKey: string;
}

const INFO = utf8("symbolon/private-contents/v1");
const SALT_BYTES = 32;
export const CONTENTS_BYTES_MAX = 64 * 1024;

/** What binds a box to its reader and to the statement that the contents belong to. */
const aadOf = (suite: string, about: Hash, commitment: Hash, reader: MemberId): Uint8Array =>
  canonicalBytes({ suite, about, commitment, reader });

/** Seals `contents` for each reader. `salt` is 32 fresh random bytes. */
export async function sealContents(
  hpke: Hpke,
  about: Hash,
  readers: readonly Reader[],
  contents: Uint8Array,
  salt: Uint8Array,
): Promise<SealedContents> {
  if (salt.length !== SALT_BYTES) throw new InvalidDocument("$.salt", "have 32 bytes");
  if (contents.length > CONTENTS_BYTES_MAX)
    throw new InvalidDocument("$.contents", "have at most 64 KiB");
  const plain = concat(salt, contents);
  const commitment = await sha256(plain);
  const boxes: ContentsBox[] = [];
  for (const { id, sealingKey } of readers) {
    const sender = await hpke.sender(keyBytes(sealingKey), INFO);
    const sealed = await sender.seal(plain, aadOf(hpke.suite, about, commitment, id));
    boxes.push({ reader: id, enc: toBase64(sender.enc), sealed: toBase64(sealed) });
  }
  return { commitment, boxes };
}

/**
 * The contents of a box, or `undefined` if it does not open under these keys, for this reader and
 * statement, to what the log's commitment says.
 */
export async function openContents(
  hpke: Hpke,
  keys: HpkeKeyPair,
  about: Hash,
  commitment: Hash,
  { reader, enc, sealed }: ContentsBox,
): Promise<Uint8Array | undefined> {
  const [key, bytes] = [fromBase64(enc), fromBase64(sealed)];
  if (key === undefined || bytes === undefined) return undefined;
  try {
    const recipient = await hpke.recipient(keys, key, INFO);
    const plain = await recipient.open(bytes, aadOf(hpke.suite, about, commitment, reader));
    const isCommitted = (await sha256(plain)) === commitment;
    return isCommitted && plain.length >= SALT_BYTES ? plain.slice(SALT_BYTES) : undefined;
  } catch {
    return undefined;
  }
}
