import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fromBase64, toBase64 } from "@symbolon/base/bytes";
import type { MemberId } from "@symbolon/base/id";
import { base64, identifier, oneOf, record } from "@symbolon/governance/check";
import { cosignHead, type Witnessed } from "@symbolon/governance/cosign-head";
import { headPolicy } from "@symbolon/governance/decide-charter";
import { parseCheckpoint } from "@symbolon/governance/log/checkpoint";
import { consistencyFromTiles } from "@symbolon/governance/log/from-tiles";
import { formatGrowth } from "@symbolon/governance/log/growth";
import { decodeText, formatNote, parseNote } from "@symbolon/governance/log/note";
import type { NoteSigner } from "@symbolon/governance/log/note-key";
import type { SpaceState } from "@symbolon/governance/space-state";
import { nodeSignatures, signingKeyPair } from "@symbolon/node/identity/signatures-node";
import type { LogWitnessKeyOptions, LogWitnessOptions } from "../commands/log.js";
import { CliError } from "../error.js";
import { pretty, readBytes, readWith, writeNew } from "../files.js";
import { LogClient } from "../log-client.js";
import type { Session } from "../program.js";

interface WitnessFile {
  readonly version: 1;
  readonly kind: "symbolon-witness";
  readonly member: MemberId;
  readonly privateKey: string;
  readonly publicKey: string;
}

const witnessFile = record<WitnessFile>({
  version: oneOf(1),
  kind: oneOf("symbolon-witness"),
  member: identifier,
  privateKey: base64(32),
  publicKey: base64(32),
});

/** Makes a key that signs heads and nothing else. */
export async function logWitnessKey(
  { member, dir }: LogWitnessKeyOptions,
  { output }: Session,
): Promise<void> {
  const { privateKey, publicKey } = signingKeyPair();
  const headKey = toBase64(publicKey);
  const file: WitnessFile = {
    ...{ version: 1, kind: "symbolon-witness", member: member as MemberId },
    ...{ privateKey: toBase64(privateKey), publicKey: headKey },
  };
  const [secret, card] = [join(dir, "witness.json"), join(dir, "witness-card.json")];
  writeNew(secret, pretty(file), { secret: true });
  writeNew(card, pretty({ member, headKey }));
  output.line(`Made ${secret}: secret, keep it to yourselves.`);
  output.line(`Made ${card}: public, for whoever writes the charter.`);
  output.result({ key: secret, card, headKey });
}

/** Cosigns the newest head if it continues the last one, and hands the word to the nodes. */
export async function logWitness(
  { space, key: keyPath }: LogWitnessOptions,
  { output, signal }: Session,
): Promise<void> {
  const key = readWith(keyPath, "witness key", (text) => witnessFile(JSON.parse(text), "$"));
  const client = new LogClient(space, nodeSignatures, signal);
  try {
    const read = await client.read();
    if (read.head === undefined || read.state.heads === undefined) throw noCharter();
    const { policy, signer } = await signerIn(read.state, key);
    const lastPath = `${keyPath}.head`;
    const last = readLast(lastPath);
    const { checkpoint, note } = read.head;
    const node = client.space.nodes[read.replies.findIndex((it) => it?.size === checkpoint.size)];
    const oldSize = last?.size ?? 0;
    // A smaller head than the last has no growth: it is refused for what it is.
    const isGrown = checkpoint.size >= oldSize;
    const file = isGrown
      ? formatGrowth({
          ...{ oldSize, checkpoint: note },
          path: (await consistencyFromTiles(client.tiles(node), checkpoint, oldSize)).path,
        })
      : note;
    const time = Math.floor(Date.now() / 1_000);
    const made = await cosignHead(nodeSignatures, policy, last, file, { signer, time });
    const { text } = parseNote(note);
    // Remembered before the word leaves: another head of this size is then never cosigned.
    writeLast(lastPath, formatNote({ text, signatures: [made.signature] }));
    const taken = await client.cosign(formatNote({ text, signatures: [made.signature] }));
    output.line(`Cosigned the log of ${checkpoint.size} entries; it continues that of ${oldSize}.`);
    output.line(`Taken by ${taken.join(", ")}. Remembered in ${lastPath}.`);
    output.result({ size: checkpoint.size, last: oldSize, root: toBase64(checkpoint.root), taken });
  } finally {
    await client.close();
  }
}

const noCharter = (): CliError => {
  const cure = "wait until all members and node operators have said yes to the charter";
  return new CliError("FILE_INVALID", "the data space has no charter in force", {}, cure);
};

async function signerIn({ heads }: SpaceState, { member, privateKey, publicKey }: WitnessFile) {
  const policy = await headPolicy(heads as NonNullable<SpaceState["heads"]>);
  const key = policy.witnesses.find((it) => toBase64(it.publicKey) === publicKey);
  if (key === undefined) {
    const cure = "have a charter proposed that names witness-card.json";
    const message = `the charter does not name this key of ${member} as a witness`;
    throw new CliError("FILE_INVALID", message, {}, cure);
  }
  const raw = fromBase64(privateKey) as Uint8Array;
  const signer: NoteSigner = { key, sign: (message) => nodeSignatures.sign(raw, message) };
  return { policy, signer };
}

function readLast(path: string): Witnessed | undefined {
  if (!existsSync(path)) return undefined;
  return parseCheckpoint(parseNote(decodeText(readBytes(path, "last head"), "a head")).text);
}

function writeLast(path: string, note: string): void {
  writeFileSync(`${path}.new`, note, { flush: true });
  renameSync(`${path}.new`, path);
}
