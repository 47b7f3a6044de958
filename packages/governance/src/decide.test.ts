import type { DatasetId, MemberId } from "@symbolon/base/id";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Case, type Decision, decide } from "./decide.js";
import { seal, statementHash } from "./envelope.js";
import {
  at,
  caseOf,
  manifestOf,
  OTHER_HASH,
  offerOf,
  QUERY,
  type Setup,
  schema,
  signed,
  signer,
  space,
  spacesOf,
} from "./fixture.contract.js";
import { statementIn } from "./parse-statement.js";
import type { RefusalCode } from "./refusal.js";
import type { Offer, RunRequest } from "./statement.js";

const REQUEST = "urn:symbolon:statement:run-request:v1";
const codeOf = (decision: Decision) => (decision.allow ? "allowed" : decision.refuse);
const judge = async (setup: Setup) => codeOf(await decide(await caseOf(setup)));
const request = async (about: Case) => statementIn(about.request, REQUEST) as RunRequest;
/** The schema without a column, or with another width of it. */
const without = (column: string, width?: number): typeof schema => {
  const [table] = schema.tables;
  const columns = table.columns.flatMap((one) => {
    if (one.name !== column) return [one];
    return width === undefined ? [] : [{ ...one, width }];
  });
  return { ...schema, tables: [{ ...table, columns }] };
};
const offered = async (changes: Partial<Offer>) => signed(offerOf("shelter", changes), "shelter");

describe("an allowed run", () => {
  it("gets a grant that names everything it uses up", async () => {
    const about = await caseOf();
    const decision = await decide(about);
    expect(decision.allow).toBe(true);
    if (!decision.allow) return;
    const { grant } = decision;
    expect(grant.requestHash).toBe(await statementHash(about.request));
    expect(grant.run).toBe(grant.requestHash.slice(0, 32));
    expect(grant.ours.dataset).toBe("police-list");
    expect(grant.theirs.map(({ dataset }) => dataset)).toEqual(["shelter-list"]);
    expect(grant.offers).toEqual([await statementHash(about.offers[0])]);
    expect(grant.answerKey).toBe(`${QUERY}/${grant.request.ours.root}`);
    expect(grant.risk?.high).toBe(0.0009);
  });

  it("uses a list up, unless the query repeats: then each request has its own key", async () => {
    const about = await caseOf();
    const [rules] = about.queries;
    const root = (await request(about)).ours.root;
    const answered = new Set([`${QUERY}/${root}`]);
    const again = { ...about, used: { runs: new Map(), answered } };
    expect(await decide(again)).toMatchObject({ allow: false, refuse: "ALREADY_ANSWERED" });
    const decision = await decide({ ...again, queries: [{ ...rules, repeats: true }] });
    const hash = await statementHash(about.request);
    expect(decision).toMatchObject({ grant: { answerKey: `${QUERY}/${root}/${hash}` } });
  });

  it("is the same for the same case", async () => {
    const about = await caseOf();
    expect(await decide(about)).toEqual(await decide(about));
  });

  it("may come before the input check's verdict, and under the newest of offers", async () => {
    expect(await judge({ shelter: { inputCheck: "pending" } })).toBe("allowed");
    const offers = [await offered({ expires: at(-1) }), await offered({ issuedAt: at(-30) })];
    expect(await judge({ offers })).toBe("allowed");
    expect(await judge({ offers: offers.reverse() })).toBe("allowed");
  });

  it("is not refused, but fails loudly, where a node's own code is broken", async () => {
    const broken = () => {
      throw new TypeError("a bug");
    };
    await expect(judge({ changes: { risk: broken } })).rejects.toThrow("a bug");
    const verify = async () => broken();
    const signatures = { sign: verify, verify };
    await expect(judge({ changes: { signatures } })).rejects.toThrow("a bug");
  });

  it("assumes the largest overlap that anybody named", async () => {
    const seen: number[] = [];
    const risk: Case["risk"] = ({ params }) => {
      seen.push(params["overlap"]);
      return { low: 0, expected: 0, high: 0 };
    };
    for (const overlapMin of [0.2, 0.95])
      await judge({ offers: [await offered({ overlapMin })], changes: { risk } });
    expect(seen).toEqual([0.8, 0.95]);
  });
});

/** One refusal for each check: taking a check out of `decide` fails its line here. */
const REFUSALS: readonly [string, RefusalCode, () => Setup | Promise<Setup>][] = [
  ["asked by a stranger", "UNKNOWN_MEMBER", () => ({ request: { asker: "x" as MemberId } })],
  ["of another data space", "WRONG_SPACE", () => ({ request: { space: "south" as never } })],
  ["signed by somebody else", "BAD_SIGNATURE", () => ({ requestBy: "shelter" })],
  ["too old", "REQUEST_TOO_OLD", () => ({ request: { issuedAt: at(-16) } })],
  ["of the future", "REQUEST_IN_FUTURE", () => ({ request: { issuedAt: at(3) } })],
  ["of an unknown query", "UNKNOWN_QUERY", () => ({ request: { query: OTHER_HASH } })],
  [
    "with parameters that the query forbids",
    "BAD_PARAMS",
    () => ({ request: { params: { pick: 6, threshold: 1, dedupThreshold: 1, overlap: 0 } } }),
  ],
  [
    "naming a list twice",
    "SAME_DATASET_TWICE",
    async () => {
      const { theirs } = await request(await caseOf());
      return { request: { theirs: [...theirs, ...theirs] } };
    },
  ],
  [
    "naming its own list as another's",
    "SAME_DATASET_TWICE",
    async () => ({ request: { theirs: [(await request(await caseOf())).ours] } }),
  ],
  [
    "naming one root under two names",
    "SAME_DATASET_TWICE",
    async () => {
      const { theirs } = await request(await caseOf());
      const alias = { ...theirs[0], dataset: "alias" as DatasetId };
      return { request: { theirs: [...theirs, alias] } };
    },
  ],
  [
    "about the list of somebody else",
    "NOT_YOURS",
    async () => {
      const { ours, theirs } = await request(await caseOf());
      return { request: { ours: theirs[0], theirs: [ours] } };
    },
  ],
  [
    "about a list that is not here",
    "DATASET_MISSING",
    () => ({ request: { theirs: [{ dataset: "none" as DatasetId, root: OTHER_HASH }] } }),
  ],
  [
    "about another version of a list",
    "ROOT_MISMATCH",
    () => ({ request: { theirs: [{ dataset: "shelter-list" as DatasetId, root: OTHER_HASH }] } }),
  ],
  ["before a list is complete", "DATASET_INCOMPLETE", () => ({ shelter: { complete: false } })],
  [
    "before its own list is complete",
    "DATASET_INCOMPLETE",
    () => ({ police: { complete: false } }),
  ],
  ["on refuted values", "INPUT_CHECK_FAILED", () => ({ shelter: { inputCheck: "failed" } })],
  [
    "on lists that are encoded differently",
    "LAYOUT_MISMATCH",
    () => ({ shelterManifest: { schema: { ...schema, layout: "persons-v2" } } }),
  ],
  [
    "on an own list that is encoded differently",
    "LAYOUT_MISMATCH",
    () => ({ policeManifest: { schema: { ...schema, layout: "persons-v2" } } }),
  ],
  [
    "on a list from before a column that it reads",
    "COLUMN_MISSING",
    () => ({ shelterManifest: { schema: without("real") } }),
  ],
  [
    "on a list with a column of another width",
    "COLUMN_MISSING",
    () => ({ shelterManifest: { schema: without("content", 16) } }),
  ],
  ["that nobody offered", "NO_OFFER", () => ({ offers: [] })],
  [
    "offered by somebody else than the owner",
    "NO_OFFER",
    async () => {
      const dataset = "shelter-list" as DatasetId;
      return { offers: [await signed(offerOf("helpline", { dataset }), "helpline")] };
    },
  ],
  [
    "offered under a forged signature",
    "NO_OFFER",
    async () => ({ offers: [await signed(offerOf("shelter"), "police")] }),
  ],
  [
    "offered in another data space",
    "NO_OFFER",
    async () => ({ offers: [await offered({ space: "south" as never })] }),
  ],
  [
    "offered for another list",
    "NO_OFFER",
    async () => ({ offers: [await offered({ dataset: "other" as DatasetId })] }),
  ],
  [
    "offered for another query",
    "OTHER_QUERY",
    async () => ({ offers: [await offered({ query: OTHER_HASH })] }),
  ],
  [
    "offered to somebody else",
    "OTHER_BENEFICIARY",
    async () => ({ offers: [await offered({ beneficiary: "helpline" as MemberId })] }),
  ],
  [
    "after the offer's end",
    "OFFER_EXPIRED",
    async () => ({ offers: [await offered({ expires: at(0) })] }),
  ],
  [
    "after the consent was taken back",
    "RUNS_USED_UP",
    async () => ({ offers: [await offered({}), await offered({ issuedAt: at(-1), runsMax: 0 })] }),
  ],
  [
    "after the last run that was offered",
    "RUNS_USED_UP",
    async () => {
      const offer = await offered({});
      const runs = new Map([[await statementHash(offer), 1]]);
      return { changes: { used: { runs, answered: new Set() } } };
    },
  ],
  [
    "on a list that was answered",
    "ALREADY_ANSWERED",
    async () => {
      const answered = new Set([`${QUERY}/${(await request(await caseOf())).ours.root}`]);
      return { changes: { used: { runs: new Map(), answered } } };
    },
  ],
  [
    "above the risk that a provider accepts",
    "RISK_TOO_HIGH",
    () => ({ changes: { risk: () => ({ low: 0, expected: 0.00101, high: 0.002 }) } }),
  ],
  [
    "whose risk nobody can tell",
    "RISK_TOO_HIGH",
    () => ({ changes: { risk: () => ({ low: 0, expected: Number.NaN, high: 0 }) } }),
  ],
];

describe("a run is refused", () => {
  it.each(REFUSALS)("%s: %s", async (_, code, setup) => {
    const decision = await decide(await caseOf(await setup()));
    expect(codeOf(decision)).toBe(code);
    if (!decision.allow) expect(decision.reason.length * decision.cure.length).toBeGreaterThan(0);
  });

  it("when it counts organisations and the lists are few, many, long, or two of one", async () => {
    const about = await caseOf();
    const judged = async (othersMin: number, rowsMax: number, changes: Partial<Case> = {}) => {
      const queries = about.queries.map((one) => ({ ...one, lists: { othersMin, rowsMax } }));
      return codeOf(await decide({ ...about, ...changes, queries }));
    };
    const { rows } = schema.tables[0];
    expect(await judged(1, rows)).toBe("allowed");
    expect(await judged(2, rows)).toBe("LISTS_UNFIT");
    expect(await judged(1, rows - 1)).toBe("LISTS_UNFIT");
    const queries = about.queries.map((one) => {
      return { ...one, lists: { othersMin: 0, othersMax: 0, rowsMax: rows } };
    });
    expect(codeOf(await decide({ ...about, queries }))).toBe("LISTS_UNFIT");
    const offer = await offered({});
    const second = await signed(
      await manifestOf("police", await statementHash(offer), {
        dataset: "police-two" as DatasetId,
      }),
      "police",
    );
    const dataset = "police-two" as DatasetId;
    const held = { manifest: second, complete: true, inputCheck: "passed" } as const;
    const datasets = new Map([...about.datasets, [dataset, held] as const]);
    const { ours } = await request(about);
    const theirs = [{ dataset, root: await statementHash(second) }];
    const asked = await caseOf({ request: { ours, theirs } });
    expect(await judged(1, rows, { request: asked.request, datasets })).toBe("LISTS_UNFIT");
  });

  it("when a provider is no longer a member, or has another key now", async () => {
    const members = space.members.filter(({ id }) => id !== "shelter");
    expect(await judge({ space: { ...space, members } })).toBe("UNKNOWN_MEMBER");
    const rekeyed = space.members.map((member) =>
      member.id === "shelter" ? { ...member, signingKey: space.nodes[0].signingKey } : member,
    );
    expect(await judge({ space: { ...space, members: rekeyed } })).toBe("BAD_SIGNATURE");
  });

  it("when a dataset is held under a name that its manifest does not have", async () => {
    const about = await caseOf();
    const { ours, theirs } = await request(about);
    const held = about.datasets.get("shelter-list" as DatasetId);
    const datasets = new Map(about.datasets).set("alias" as DatasetId, held as never);
    const renamed = { ours, theirs: [{ ...theirs[0], dataset: "alias" as DatasetId }] };
    const changes = { datasets };
    expect(await judge({ request: renamed, changes })).toBe("ROOT_MISMATCH");
  });
});

describe("a request that was altered after signing", () => {
  it("is refused whatever is altered", async () => {
    const about = await caseOf();
    const bytes = Buffer.from(about.request.payload, "base64");
    const property = fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (place, change) => {
        const altered = Buffer.from(bytes);
        altered[place] ^= change;
        const payload = altered.toString("base64");
        const decision = await decide({ ...about, request: { ...about.request, payload } });
        expect(decision.allow).toBe(false);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  it("is refused whichever field of it, of an offer or of a manifest is altered", async () => {
    const about = await caseOf();
    const held = about.datasets.get("shelter-list" as DatasetId);
    if (held === undefined) throw new Error("the case has the shelter's list");
    const documents = [about.request, about.offers[0], held.manifest];
    for (const [which, document] of documents.entries()) {
      const json = JSON.parse(Buffer.from(document.payload, "base64").toString());
      for (const path of leavesOf(json)) {
        const { payload } = await seal(alter(json, path), await signer("nobody"));
        const forged = { ...document, payload };
        const datasets = new Map(about.datasets);
        if (which === 2) datasets.set("shelter-list" as DatasetId, { ...held, manifest: forged });
        const offers = which === 1 ? [forged] : about.offers;
        const asked = which === 0 ? forged : about.request;
        const spaces = await spacesOf(offers);
        const decision = await decide({ ...about, request: asked, spaces, datasets });
        expect(decision.allow, path.join(".")).toBe(false);
      }
    }
  });

  it("is refused with a signature of another form", async () => {
    const about = await caseOf();
    const [signature] = about.request.signatures;
    const forms = [
      { ...signature, keyid: OTHER_HASH },
      { ...signature, suite: "rsa" as never },
      { ...signature, sig: "" },
      { ...signature, sig: `${"A".repeat(86)}==` },
    ];
    for (const form of forms) {
      const forged = { ...about.request, signatures: [form] };
      expect(codeOf(await decide({ ...about, request: forged }))).toBe("BAD_SIGNATURE");
    }
    const unsigned = { ...about.request, signatures: [] };
    expect(codeOf(await decide({ ...about, request: unsigned }))).toBe("BAD_SIGNATURE");
  });

  it("is refused if it is no request at all", async () => {
    const about = await caseOf();
    for (const other of [about.offers[0], { ...about.request, payload: "e30=" }])
      expect(codeOf(await decide({ ...about, request: other }))).toBe("NOT_A_STATEMENT");
  });
});

type Path = readonly (string | number)[];

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, item]) => leavesOf(item, [...path, name]));
}

/** A copy of `json` in which one leaf has another, well-formed value. */
function alter(json: object, path: Path): object {
  const copy = structuredClone(json);
  let holder = copy as Record<string | number, unknown>;
  for (const name of path.slice(0, -1)) holder = holder[name] as typeof holder;
  const last = path[path.length - 1];
  const leaf = holder[last];
  if (typeof leaf === "number") holder[last] = leaf === 0 ? 1 : 0;
  else {
    const text = leaf as string;
    holder[last] = text.startsWith("a") ? `b${text.slice(1)}` : `a${text.slice(1)}`;
  }
  return copy;
}
