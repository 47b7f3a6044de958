import { describe, expect, it } from "vitest";
import { pieceCalled } from "../pieces/pieces.js";
import { differing, EVEN_PIECES } from "./count-pairs.js";
import { countedModule } from "./counted-kernels.js";

/* Messages, rounds and every branch taken in the WASM: the same whatever the inputs are. */

const module = countedModule();
const PAIRS = 3;

describe(`what the kernels do does not depend on what they compute with`, () => {
  it.each(EVEN_PIECES)("in $name", { timeout: 120_000 }, async (piece) => {
    expect(await differing(piece, module, PAIRS)).toEqual([]);
  });
});

describe("the counters", () => {
  it("are in all of the code", () => {
    expect(module.stretches).toBeGreaterThan(250);
  });

  it("notice a branch on one bit of a share", { timeout: 60_000 }, async () => {
    const branching = countedModule((text) => {
      const name = /\(export "andLocal" \(func (\$\d+)\)\)/.exec(text)?.[1] ?? "";
      const start = text.indexOf(` (func ${name} `);
      const code = text.slice(start).search(/\n\s*\((?!local |func)/);
      // In lines, as the counters expect them.
      const branch = "(if (i32.and (i32.load (local.get $0)) (i32.const 1))\n(then\n(nop)))";
      return `${text.slice(0, start + code)}\n${branch}${text.slice(start + code)}`;
    });
    expect(branching.stretches).toBe(module.stretches + 1);
    expect(await differing(pieceCalled("and"), branching, 4)).toEqual(["operations"]);
  });
});
