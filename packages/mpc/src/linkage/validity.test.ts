import { World } from "@symbolon/sim/world/world";
import { describe, expect, it } from "vitest";
import type { LinkageLayout } from "./list.js";
import { validateList } from "./validity.js";

const LAYOUT: LinkageLayout = {
  id: "test",
  dims: 16,
  unitsPerBit: 10,
  fields: [
    { name: "name", offset: 0, size: 8, cap: 900, floor: 400, constant: [20, -20] },
    { name: "born", offset: 8, size: 8, cap: 1600, floor: 1600, constant: [30, -30] },
  ],
};
const ROWS = 256;

interface List {
  content: Int32Array;
  present: Int32Array;
}

/** Records that an honest provider could send: every block right at its cap, some missing. */
function honest(): List {
  const content = new Int32Array(ROWS * LAYOUT.dims);
  const present = new Int32Array(ROWS * 2);
  for (let row = 0; row < ROWS - 40; row += 1) {
    for (const [f, [at, size]] of [
      [0, 30],
      [8, 40],
    ].entries()) {
      if ((row + f) % 5 === 0) continue;
      present[2 * row + f] = 1;
      content[row * LAYOUT.dims + at + (row % 8)] = row % 2 === 0 ? size : -size;
    }
  }
  return { content, present };
}

async function validate(list: List, seed = 1) {
  const world = new World(seed);
  const content = world.share(new Uint32Array(list.content.buffer), "add");
  const present = world.share(new Uint32Array(list.present.buffer), "add");
  const real = world.share(new Uint32Array(ROWS / 32), "xor");
  const verdicts = await world.each(async (ctx, self) => {
    const verdict = await validateList(ctx, LAYOUT, {
      rows: ROWS,
      content: content[self],
      present: present[self],
      real: real[self],
    });
    ctx.assertAllVerified();
    return verdict;
  });
  expect(new Set(verdicts).size).toBe(1);
  return verdicts[0];
}

describe("validateList", () => {
  it("accepts records at the bound, and missing fields", async () => {
    expect(await validate(honest())).toBe("valid");
  });

  const row = 6;
  const attacks: Record<string, (list: List) => void> = {
    "a component one over the bound": (list) => {
      list.content[row * 16 + 3] = 30 + (list.content[row * 16 + 3] === 0 ? 1 : 0);
      list.content[row * 16 + 4] = 2;
    },
    "content in a field that is not present": (list) => {
      list.content[5 * 16 + 1] = 1;
    },
    "all ones where a field is missing": (list) => list.content.fill(1, 5 * 16, 5 * 16 + 16),
    "all components at the bound": (list) => list.content.fill(30, row * 16, row * 16 + 16),
    "one huge component": (list) => {
      list.content[row * 16 + 2] = 2 ** 30;
    },
    "a component whose square wraps around to zero": (list) => {
      list.content[row * 16 + 2] = 2 ** 16;
    },
    "components whose squares add up to 2^32": (list) => {
      list.content.fill(2 ** 15, row * 16, row * 16 + 4);
    },
    "the largest negative number": (list) => {
      list.content[row * 16 + 2] = -(2 ** 31);
    },
    "a faint copy of a record": (list) => {
      for (let t = 0; t < 16; t += 1) list.content[row * 16 + t] /= 2;
    },
    "a field that is present and empty": (list) => list.content.fill(0, row * 16, row * 16 + 8),
    "content in a row of padding": (list) => {
      list.content[(ROWS - 1) * 16] = 1;
    },
  };
  for (const [name, attack] of Object.entries(attacks)) {
    it(`refuses ${name}`, async () => {
      const list = honest();
      attack(list);
      expect(await validate(list)).toBe("content-out-of-bounds");
    });
  }

  for (const value of [2, -1, 2 ** 16, 2 ** 31, 1000]) {
    it(`refuses a presence of ${value}`, async () => {
      const list = honest();
      list.present[7] = value;
      expect(await validate(list)).toBe("presence-not-a-bit");
    });
  }
});
