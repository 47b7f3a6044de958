import { toBase64 } from "@symbolon/base/bytes";
import { checkMapping } from "@symbolon/case-data/mapping/check-mapping";
import type { Mapping } from "@symbolon/case-data/mapping/mapping";
import { canonicalBytes } from "@symbolon/governance/canonical-json";
import { hash, list, oneOf, record } from "@symbolon/governance/check";
import {
  type Envelope,
  type EnvelopeSignature,
  PAYLOAD_TYPE,
  parseEnvelope,
  seal,
  verifyEnvelope,
} from "@symbolon/governance/envelope";
import { type Hash, hashOf } from "@symbolon/governance/hash";
import { InvalidDocument } from "@symbolon/governance/invalid-document";
import type { Signer } from "@symbolon/governance/signatures";
import type { Toolbox } from "./crypto/toolbox.js";
import { ProviderError } from "./error.js";

/**
 * A mapping as a file that people can read: the mapping itself, the SHA-256 of its canonical JSON,
 * and the provider's signature of the same bytes (an `Envelope` without its payload).
 */
interface MappingFile {
  readonly version: 1;
  readonly kind: "symbolon-mapping";
  readonly hash: Hash;
  readonly mapping: unknown;
  readonly signatures: readonly unknown[];
}

const mappingFile = record<MappingFile>({
  version: oneOf(1),
  kind: oneOf("symbolon-mapping"),
  hash,
  mapping: (value) => value,
  signatures: list((value: unknown) => value, 0, 1),
});

/** A mapping whose file is whole. Whether it is signed by whom it should be is asked apart. */
export interface StoredMapping {
  readonly mapping: Mapping;
  /** Names the mapping: SHA-256 of its canonical JSON. */
  readonly hash: Hash;
  readonly envelope: Envelope | undefined;
}

const envelopeOf = (mapping: unknown, signatures: readonly unknown[]): unknown => ({
  payloadType: PAYLOAD_TYPE,
  payload: toBase64(canonicalBytes(mapping)),
  signatures,
});

/** The text of mapping.json; without a signer nobody has signed it. */
export async function exportMapping(mapping: Mapping, signer?: Signer): Promise<string> {
  const signatures: readonly EnvelopeSignature[] =
    signer === undefined ? [] : (await seal(mapping, signer)).signatures;
  const shape = { version: 1, kind: "symbolon-mapping", hash: await hashOf(mapping) } as const;
  return `${JSON.stringify({ ...shape, mapping, signatures }, null, 2)}\n`;
}

/**
 * Reads mapping.json. Throws `ProviderError` FILE_INVALID if it is none or was changed since it
 * was made, and `CaseDataError` MAPPING_INVALID if the mapping in it is not valid.
 */
export async function importMapping(text: string): Promise<StoredMapping> {
  const file = parse(text);
  const mapping = checkMapping(file.mapping);
  const found = await hashOf(mapping);
  if (found !== file.hash) {
    throw invalid(
      "it was changed after it was made",
      "make it anew with `provider map`, and let somebody look at what changed",
    );
  }
  if (file.signatures.length === 0) return { mapping, hash: found, envelope: undefined };
  try {
    const envelope = parseEnvelope(envelopeOf(mapping, file.signatures), "$");
    return { mapping, hash: found, envelope };
  } catch (error) {
    throw refused(error);
  }
}

/** Throws `ProviderError` FILE_INVALID if a mapping is not signed by this key (base64). */
export async function requireSignature(
  { signatures }: Pick<Toolbox, "signatures">,
  { envelope }: StoredMapping,
  publicKey: string,
): Promise<void> {
  if (envelope !== undefined && (await verifyEnvelope(signatures, envelope, publicKey))) return;
  throw invalid(
    envelope === undefined ? "nobody has signed it" : "it is not signed by this organisation",
    "look it through and sign it: `provider map LIST --mapping OLD --identity …`",
  );
}

function parse(text: string): MappingFile {
  try {
    return mappingFile(JSON.parse(text), "$");
  } catch (error) {
    throw refused(error);
  }
}

/** The parser's own message would quote the file. */
const refused = (error: unknown): ProviderError =>
  invalid(
    error instanceof InvalidDocument ? error.message : "it is not JSON",
    "name the file that `provider map` made",
  );

const invalid = (reason: string, cure: string): ProviderError =>
  new ProviderError("FILE_INVALID", `the mapping cannot be used: ${reason}`, {}, cure);
