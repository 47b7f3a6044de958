import type { MemberId, PartyIndex, SpaceId } from "@symbolon/base/id";
import {
  base64,
  type Check,
  distinct,
  hash,
  identifier,
  list,
  oneOf,
  pem,
  record,
  text,
  triple,
  where,
} from "./check.js";
import type { Hash } from "./hash.js";
import { InvalidDocument } from "./invalid-document.js";

/** What kind of organisation a member is; consent may name a class. */
export const MEMBER_CLASSES = ["ngo", "un", "public-body", "police"] as const;
export type MemberClass = (typeof MEMBER_CLASSES)[number];

export interface SpaceNode {
  readonly index: PartyIndex;
  readonly name: string;
  /** `https://host:port`, without a path. */
  readonly api: string;
  /** `host:port` where the other nodes reach it. */
  readonly peer: string;
  readonly signingKey: string;
  /** The node's own TLS certificate, pinned: it says which node a connection belongs to. */
  readonly certificate: string;
  /** The authority that signed the certificate; the certificate itself where it signed itself. */
  readonly ca: string;
}

export interface SpaceMember {
  readonly id: MemberId;
  readonly name: string;
  readonly class: MemberClass;
  readonly signingKey: string;
  readonly hpkeKey: string;
}

/** `space.json`: who takes part in a data space, the same file at every node and member. */
export interface Space {
  readonly version: 1;
  readonly id: SpaceId;
  readonly name: string;
  readonly nodes: readonly [SpaceNode, SpaceNode, SpaceNode];
  readonly members: readonly SpaceMember[];
  /** Hashes of the builds that members accept at a node. */
  readonly builds: readonly Hash[];
}

export const MEMBERS_MAX = 10_000;

const apiUrl: Check<string> = where(
  text(256),
  (value) => URL.canParse(value) && value === new URL(value).origin && value.startsWith("https:"),
  "be an address such as https://node.example:7443, without a path",
);

const hostPort: Check<string> = where(
  text(256),
  (value) => {
    const port = Number(/^(?:[A-Za-z0-9.-]+|\[[0-9a-f:]+\]):(\d{1,5})$/.exec(value)?.[1]);
    return port >= 1 && port <= 65_535;
  },
  "be a host and a port such as node.example:7444",
);

/** A node's fields, also in a charter. */
export const spaceNode = {
  index: oneOf<PartyIndex>(0, 1, 2),
  name: text(80),
  api: apiUrl,
  peer: hostPort,
  signingKey: base64(32),
  certificate: pem,
  ca: pem,
};

const node = record<SpaceNode>(spaceNode);

const member = record<SpaceMember>({
  id: identifier,
  name: text(200),
  class: oneOf(...MEMBER_CLASSES),
  signingKey: base64(32),
  hpkeKey: base64(32),
});

const shape: Check<Space> = record<Space>({
  version: oneOf(1),
  id: identifier,
  name: text(),
  nodes: where(
    triple(node),
    (nodes) => nodes.every(({ index }, k) => index === k),
    "list the nodes 0, 1 and 2 in this order",
  ),
  members: list(member, 0, MEMBERS_MAX),
  builds: list(hash, 0, 1_000),
});

/** A shared key would let one organisation speak as another; a shared name would mislead people. */
function refuseSharedKeys(space: Space, path: string): Space {
  const { nodes, members } = space;
  const signers = [...nodes, ...members].map(({ signingKey }) => signingKey);
  if (!distinct(members.map(({ id }) => id)))
    throw new InvalidDocument(`${path}.members`, "have different ids");
  if (!distinct(signers))
    throw new InvalidDocument(path, "give everybody a signing key of its own");
  for (const field of ["name", "api", "peer", "certificate"] as const)
    if (!distinct(nodes.map((entry) => entry[field])))
      throw new InvalidDocument(`${path}.nodes`, `have different values of ${field}`);
  return space;
}

/** A space from parsed JSON. Throws `InvalidDocument` naming the place in the file. */
export const checkSpace = (value: unknown): Space => refuseSharedKeys(shape(value, "$"), "$");

/** A space from the text of `space.json`. Throws `InvalidDocument` naming the place in the file. */
export function parseSpace(json: string): Space {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new InvalidDocument("$", "be JSON");
  }
  return checkSpace(value);
}

/** The member of that id, or `undefined`. */
export const memberOf = (space: Space, id: MemberId): SpaceMember | undefined =>
  space.members.find((entry) => entry.id === id);
