import { toHex, utf8 } from "@symbolon/base/bytes";
import { ORIGIN_BYTES_MAX, parseCount } from "./checkpoint.js";
import { malformed } from "./log-error.js";
import { type NoteKey, parseVerifierKey, verifierKey } from "./note-key.js";

/** Who must have signed a log's head before anybody relies on it. */
export interface LogPolicy {
  /** The log's name. */
  readonly origin: string;
  /** All three must have signed. */
  readonly nodes: readonly [NoteKey, NoteKey, NoteKey];
  readonly witnesses: readonly NoteKey[];
  /** How many of the witnesses must have cosigned. */
  readonly quorum: number;
}

const CURE = "correct the keys file; docs/governance/transparency-log.md shows one";
const WITNESSES_MAX = 60;

/**
 * Checks a policy: three nodes, witnesses with keys for cosignatures, no name and no key twice (or
 * one organisation would count as two), and a quorum that can be reached. Throws `LogError`.
 */
export function checkPolicy(policy: LogPolicy): LogPolicy {
  const { origin, nodes, witnesses, quorum } = policy;
  const refuse = (what: string, must: string) => malformed(what, must, CURE);
  if (origin === "" || /[\p{C}]/u.test(origin) || utf8(origin).length > ORIGIN_BYTES_MAX)
    throw refuse("the origin", "be 1 to 255 bytes without control characters");
  if (nodes.length !== 3) throw refuse("the nodes", `be three, not ${nodes.length}`);
  if (witnesses.length > WITNESSES_MAX) throw refuse("the witnesses", "be at most 60");
  const plain = witnesses.find(({ type }) => type !== "cosignature");
  if (plain !== undefined)
    throw refuse(`the witness ${plain.name}`, "have a key for cosignatures (type 4)");
  const keys = [...nodes, ...witnesses];
  if (new Set(keys.map(({ name }) => name)).size !== keys.length)
    throw refuse("the names of nodes and witnesses", "all differ");
  if (new Set(keys.map(({ publicKey }) => toHex(publicKey))).size !== keys.length)
    throw refuse("the keys of nodes and witnesses", "all differ, also under other names");
  if (!Number.isSafeInteger(quorum) || quorum < 0 || quorum > witnesses.length)
    throw refuse("the quorum", "be at most the number of witnesses");
  return policy;
}

/**
 * Reads a keys file: lines `origin NAME`, three times `node VKEY`, `witness VKEY` for each witness,
 * and `quorum COUNT`. Empty lines and lines from `#` on are for people. Throws `LogError`.
 *
 * It is not the file of C2SP tlog-policy on purpose: there any one of several logs is enough, and
 * a program that knows that format only would take one node's word for the three.
 */
export async function parsePolicy(text: string): Promise<LogPolicy> {
  const found: Record<string, Line[]> = { origin: [], node: [], witness: [], quorum: [] };
  for (const [k, line] of text.split(/\r?\n/).entries()) {
    const [, word, value] = /^\s*(\S+)\s*(.*?)\s*$/.exec(line) ?? [];
    if (word === undefined || word.startsWith("#")) continue;
    if (!Object.hasOwn(found, word) || value === "") {
      const must = "be origin, node, witness or quorum, and a value";
      throw malformed(`line ${k + 1}`, must, CURE);
    }
    found[word].push({ value, place: `line ${k + 1}` });
  }
  const one = (word: string): string => {
    if (found[word].length !== 1) throw malformed(`"${word}"`, "stand there once", CURE);
    return found[word][0].value;
  };
  const keys = (word: string) =>
    Promise.all(found[word].map(({ value, place }) => parseVerifierKey(value, `key of ${place}`)));
  const [nodes, witnesses] = [await keys("node"), await keys("witness")];
  return checkPolicy({
    origin: one("origin"),
    nodes: nodes as readonly NoteKey[] as LogPolicy["nodes"],
    witnesses,
    quorum: parseCount(one("quorum"), "the quorum"),
  });
}

interface Line {
  readonly value: string;
  readonly place: string;
}

/** The policy as a keys file. */
export const formatPolicy = ({ origin, nodes, witnesses, quorum }: LogPolicy): string =>
  [
    `origin ${origin}`,
    ...nodes.map((key) => `node ${verifierKey(key)}`),
    ...witnesses.map((key) => `witness ${verifierKey(key)}`),
    `quorum ${quorum}`,
    "",
  ].join("\n");
