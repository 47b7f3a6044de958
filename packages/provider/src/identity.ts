import { sameBytes, toBase64, utf8 } from "@symbolon/base/bytes";
import type { MemberId } from "@symbolon/base/id";
import { base64, identifier, oneOf, record } from "@symbolon/governance/check";
import { type HpkeKeyPair, keyBytes } from "@symbolon/governance/hpke";
import { InvalidDocument } from "@symbolon/governance/invalid-document";
import { type Signer, signerOf } from "@symbolon/governance/signatures";
import type { MemberClass, SpaceMember } from "@symbolon/governance/space";
import type { Toolbox } from "./crypto/toolbox.js";
import { ProviderError } from "./error.js";

/** A member's two key pairs: Ed25519 to sign, X25519 to receive. Never prints its private keys. */
export class Identity {
  readonly member: MemberId;
  readonly signing: HpkeKeyPair;
  readonly hpke: HpkeKeyPair;
  constructor(member: MemberId, signing: HpkeKeyPair, hpke: HpkeKeyPair) {
    this.member = member;
    this.signing = signing;
    this.hpke = hpke;
  }
  toJSON(): string {
    return `Identity(${this.member})`;
  }
  toString(): string {
    return this.toJSON();
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toJSON();
  }
}

/** New keys for a member. */
export async function createIdentity(tools: Toolbox, member: MemberId): Promise<Identity> {
  return new Identity(member, await tools.newSigningKeys(), await tools.hpke.generateKeyPair());
}

/** What a member hands to the data space's board: its entry in the space file. */
export const memberCard = (identity: Identity, name: string, kind: MemberClass): SpaceMember => ({
  id: identity.member,
  name,
  class: kind,
  signingKey: toBase64(identity.signing.publicKey),
  hpkeKey: toBase64(identity.hpke.publicKey),
});

export const signerOfIdentity = (tools: Toolbox, { signing }: Identity): Promise<Signer> =>
  signerOf(tools.signatures, signing);

interface Keys {
  readonly privateKey: string;
  readonly publicKey: string;
}

interface IdentityFile {
  readonly version: 1;
  readonly kind: "symbolon-identity";
  readonly member: MemberId;
  readonly signing: Keys;
  readonly hpke: Keys;
}

const keys = record<Keys>({ privateKey: base64(32), publicKey: base64(32) });
const identityFile = record<IdentityFile>({
  version: oneOf(1),
  kind: oneOf("symbolon-identity"),
  member: identifier,
  signing: keys,
  hpke: keys,
});

const spell = (pair: HpkeKeyPair): Keys => ({
  privateKey: toBase64(pair.privateKey),
  publicKey: toBase64(pair.publicKey),
});
const read = (pair: Keys): HpkeKeyPair => ({
  privateKey: keyBytes(pair.privateKey),
  publicKey: keyBytes(pair.publicKey),
});

/** The identity as the text of a file. Secret: the file must be readable by its owner only. */
export function exportIdentity({ member, signing, hpke }: Identity): string {
  const file: IdentityFile = {
    version: 1,
    kind: "symbolon-identity",
    member,
    signing: spell(signing),
    hpke: spell(hpke),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Reads an identity file and tries its signing key. Throws `ProviderError` IDENTITY_INVALID. */
export async function importIdentity(tools: Toolbox, text: string): Promise<Identity> {
  const file = parse(text);
  const identity = new Identity(file.member, read(file.signing), read(file.hpke));
  const trial = utf8("symbolon identity trial");
  const { privateKey, publicKey } = identity.signing;
  const sealed = await tools.hpke.sender(identity.hpke.publicKey, trial).catch(() => undefined);
  const opened = await sealed
    ?.seal(trial, trial)
    .then(async (sent) =>
      (await tools.hpke.recipient(identity.hpke, sealed.enc, trial)).open(sent, trial),
    )
    .catch(() => undefined);
  const signature = await tools.signatures.sign(privateKey, trial);
  const fits = await tools.signatures.verify(publicKey, trial, signature).catch(() => false);
  if (!fits || opened === undefined || !sameBytes(opened, trial))
    throw invalid("its public and private keys do not belong together");
  return identity;
}

function parse(text: string): IdentityFile {
  try {
    return identityFile(JSON.parse(text), "$");
  } catch (error) {
    // The parser's own message would quote the file.
    throw invalid(error instanceof InvalidDocument ? error.message : "it is not JSON");
  }
}

const invalid = (reason: string): ProviderError =>
  new ProviderError(
    "IDENTITY_INVALID",
    `this is not an identity file: ${reason}`,
    {},
    "use the file that was made when you were enrolled, or its backup",
  );
