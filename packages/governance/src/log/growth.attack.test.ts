import { describe, expect, it } from "vitest";
import { entriesOf, oracleLeaf, subtreesOf } from "./fixture.contract.js";
import { consistencyProof, treeRoot } from "./prove.js";
import { verifyConsistency } from "./verify-proof.js";

describe("consistency proofs of a log of 300 entries", async () => {
  const read = await subtreesOf(entriesOf(300).map(oracleLeaf));
  const roots = await Promise.all(Array.from({ length: 301 }, (_, size) => treeRoot(read, size)));

  /** Proves growth; says what is amiss, if anything. */
  const grow = async (oldSize: number, size: number): Promise<string[]> => {
    const path = await consistencyProof(read, oldSize, size);
    const proof = { oldSize, oldRoot: roots[oldSize], size, root: roots[size], path };
    return (await verifyConsistency(proof)) ? [] : [`${oldSize} → ${size}`];
  };

  it("lead from every earlier size to every later one", async () => {
    for (let size = 0; size <= 300; size += 1) {
      const earlier = Array.from({ length: size + 1 }, (_, oldSize) => grow(oldSize, size));
      expect((await Promise.all(earlier)).flat()).toEqual([]);
    }
  }, 600_000);

  it("lead from no other size than their own", async () => {
    for (let size = 2; size <= 20; size += 1) {
      for (let oldSize = 1; oldSize < size; oldSize += 1) {
        const path = await consistencyProof(read, oldSize, size);
        for (let other = 0; other <= 300; other += 1) {
          if (other === oldSize) continue;
          const wrong = { oldSize: other, oldRoot: roots[other], size, root: roots[size], path };
          if (await verifyConsistency(wrong)) expect.fail(`${oldSize} → ${size} shows ${other}`);
        }
      }
    }
  });
});
