import { describe, expect, it } from "vitest";
import { admitDataset, admitOffer, admitResultRequest } from "./admit.js";
import { statementHash } from "./envelope.js";
import {
  at,
  manifestOf,
  NOW,
  OTHER_HASH,
  offerOf,
  resultRequest,
  schema,
  signatures,
  signed,
  space,
} from "./fixture.contract.js";
import { Refusal } from "./refusal.js";
import type { DatasetManifest, Offer } from "./statement.js";

const door = { space, signatures, now: NOW };
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "admitted",
    (error) => (error instanceof Refusal ? error.code : error),
  );

async function submit(
  manifestChange: (good: DatasetManifest) => Partial<DatasetManifest> = () => ({}),
  offerChange: Partial<Offer> = {},
  by = { manifest: "shelter", offer: "shelter" },
): Promise<unknown> {
  const offer = await signed(offerOf("shelter", offerChange), by.offer);
  const good = await manifestOf("shelter", await statementHash(offer));
  const manifest = await signed({ ...good, ...manifestChange(good) }, by.manifest);
  return codeOf(admitDataset(door, manifest, offer));
}

describe("a dataset at the door", () => {
  it("is admitted if everything fits", async () => {
    expect(await submit()).toBe("admitted");
  });

  it("is refused unless both statements are its provider's own", async () => {
    const by = { manifest: "police", offer: "shelter" };
    expect(await submit(undefined, {}, by)).toBe("BAD_SIGNATURE");
    expect(await submit(undefined, {}, { manifest: "shelter", offer: "police" })).toBe(
      "BAD_SIGNATURE",
    );
    const provider = "helpline" as never;
    expect(await submit(undefined, { provider }, { manifest: "shelter", offer: "helpline" })).toBe(
      "OFFER_MISMATCH",
    );
  });

  it("is refused under another offer, or one for another dataset", async () => {
    expect(await submit(() => ({ policyHash: OTHER_HASH }))).toBe("OFFER_MISMATCH");
    expect(await submit(undefined, { dataset: "other" as never })).toBe("OFFER_MISMATCH");
    expect(await submit(() => ({ dataset: "other" as never }))).toBe("OFFER_MISMATCH");
  });

  it("is refused if the manifest contradicts itself", async () => {
    const wrong: ((good: DatasetManifest) => Partial<DatasetManifest>)[] = [
      () => ({ schemaHash: OTHER_HASH }),
      () => ({ schema: { ...schema, layout: "other" } }),
      ({ parts }) => ({ parts: [parts[0], parts[0]] }),
      ({ parts }) => ({ parts: parts.slice(1) }),
      ({ parts }) => ({ parts: [parts[0], { ...parts[1], column: "unknown" }] }),
      ({ suites }) => ({ suites: { ...suites, seal: "hpke-none" } }),
      ({ suites }) => ({ suites: { ...suites, expand: "rc4" } }),
      ({ parts: [first, second] }) => {
        const [a, b, c] = first.nodes;
        const more = { ...b, chunks: [...b.chunks, OTHER_HASH] };
        return { parts: [{ ...first, nodes: [a, more, c] }, second] };
      },
    ];
    for (const change of wrong) expect(await submit(change)).toBe("MANIFEST_INCONSISTENT");
  });

  it("is refused from the future, or for another data space", async () => {
    expect(await submit(() => ({ issuedAt: at(5) }))).toBe("REQUEST_IN_FUTURE");
    expect(await submit(() => ({ space: "south" as never }))).toBe("WRONG_SPACE");
  });
});

describe("an offer at the door", () => {
  const offered = async (change: Partial<Offer>) =>
    codeOf(admitOffer(door, await signed(offerOf("shelter", change), "shelter")));

  it("is admitted for a member until it expires", async () => {
    expect(await offered({})).toBe("admitted");
    expect(await offered({ beneficiary: "stranger" as never })).toBe("UNKNOWN_MEMBER");
    expect(await offered({ expires: at(0) })).toBe("OFFER_EXPIRED");
    expect(await offered({ issuedAt: at(3) })).toBe("REQUEST_IN_FUTURE");
  });
});

describe("a request for a result", () => {
  it("is admitted from the run's asker while it is fresh", async () => {
    const asked = async (now: number, asker: string, by = "police") =>
      codeOf(admitResultRequest({ ...door, now }, await signed(resultRequest, by), asker as never));
    expect(await asked(NOW, "police")).toBe("admitted");
    expect(await asked(NOW, "shelter")).toBe("NOT_YOURS");
    expect(await asked(NOW, "police", "shelter")).toBe("BAD_SIGNATURE");
    expect(await asked(NOW + 16 * 60_000, "police")).toBe("REQUEST_TOO_OLD");
    expect(await asked(NOW - 3 * 60_000, "police")).toBe("REQUEST_IN_FUTURE");
  });
});
