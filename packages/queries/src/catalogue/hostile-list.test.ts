import { validateList } from "@symbolon/mpc/linkage/validity";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { World } from "@symbolon/sim/world/world";
import { describe, expect, it } from "vitest";
import { notOnList } from "./not-on-list.js";

const { layout } = notOnList;
const ROWS = 256;
const ROW = 77;

/** A list of padding rows in the real layout, with one row made up by `craft`. */
async function verdictOn(craft: (content: Int32Array, present: Int32Array) => void) {
  const content = new Int32Array(ROWS * layout.dims);
  const present = new Int32Array(ROWS * layout.fields.length);
  craft(
    content.subarray(ROW * layout.dims, (ROW + 1) * layout.dims),
    present.subarray(ROW * layout.fields.length, (ROW + 1) * layout.fields.length),
  );
  const world = new World(4, { profile: PRODUCTION });
  const shares = {
    content: world.share(new Uint32Array(content.buffer), "add"),
    present: world.share(new Uint32Array(present.buffer), "add"),
    real: world.share(new Uint32Array(ROWS / 32), "xor"),
  };
  const [verdict] = await world.each((ctx, self) =>
    validateList(ctx, layout, {
      rows: ROWS,
      content: shares.content[self],
      present: shares.present[self],
      real: shares.real[self],
    }),
  );
  return verdict;
}

/** One honest element a field: its whole norm in one place, between floor and cap. */
function honest(content: Int32Array, present: Int32Array): void {
  layout.fields.forEach(({ offset, floor, cap }, f) => {
    present[f] = 1;
    content[offset] = Math.floor(Math.sqrt((floor + cap) / 2));
  });
}

describe("a list whose provider made up a vector", () => {
  it("passes if the vector is within bounds", async () => {
    expect(await verdictOn(honest)).toBe("valid");
  });

  it.each([
    ["all ones", (content: Int32Array) => content.fill(1)],
    ["one huge component", (content: Int32Array) => content.fill(2 ** 30, 5, 6)],
    ["one that wraps around to zero", (content: Int32Array) => content.fill(2 ** 16, 5, 6)],
    ["every component at the bound", (content: Int32Array) => content.fill(30)],
    [
      "twice the honest numbers",
      (content: Int32Array) =>
        content.forEach((v, k) => {
          content[k] = 2 * v;
        }),
    ],
    [
      "a third of the honest numbers",
      (content: Int32Array) =>
        content.forEach((v, k) => {
          content[k] = Math.trunc(v / 3);
        }),
    ],
  ])("is refused: %s", async (_, craft) => {
    const verdict = await verdictOn((content, present) => {
      honest(content, present);
      craft(content);
    });
    expect(verdict).toBe("content-out-of-bounds");
  });

  it("is refused if presence would turn a constant around or multiply it", async () => {
    for (const value of [-1, 2, 1000]) {
      const verdict = await verdictOn((content, present) => {
        honest(content, present);
        present[3] = value;
      });
      expect(verdict).toBe("presence-not-a-bit");
    }
  });
});
