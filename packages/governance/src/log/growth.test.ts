import { toBase64 } from "@symbolon/base/bytes";
import { describe, expect, it } from "vitest";
import { formatGrowth, parseHead } from "./growth.js";
import { GO_HEAD } from "./vectors.contract.js";

const malformed = expect.objectContaining({ code: "LOG_MALFORMED" });
const hash = new Uint8Array(32).fill(9);
const line = toBase64(hash);

describe("a head with its growth", () => {
  it("comes back, and has the form of C2SP tlog-witness", () => {
    for (const path of [[], [hash], new Array<Uint8Array>(63).fill(hash)]) {
      const growth = { oldSize: 7, path, checkpoint: GO_HEAD };
      const file = formatGrowth(growth);
      expect(file).toBe(`old 7\n${path.map(() => `${line}\n`).join("")}\n${GO_HEAD}`);
      expect(parseHead(file)).toEqual(growth);
    }
  });

  it("may be a checkpoint alone", () => {
    expect(parseHead(GO_HEAD)).toEqual({ checkpoint: GO_HEAD });
  });

  it.each([
    ["no size", `old \n\n${GO_HEAD}`],
    ["a size with a zero in front", `old 07\n\n${GO_HEAD}`],
    ["a size below 0", `old -7\n\n${GO_HEAD}`],
    ["64 hashes", `old 7\n${`${line}\n`.repeat(64)}\n${GO_HEAD}`],
    ["a hash that is too short", `old 7\n${line.slice(4)}\n\n${GO_HEAD}`],
    ["no empty line", `old 7\n${line}\n`],
    ["no checkpoint", `old 7\n${line}\n\n`],
    ["an unsigned checkpoint", `old 7\n\n${GO_HEAD.split("\n\n")[0]}\n`],
    ["nothing", ""],
  ])("with %s is refused", (_name, file) => {
    expect(() => parseHead(file)).toThrow(malformed);
  });

  it("without an empty line is refused with the reason", () => {
    const reason = "a proof of growth must have an empty line";
    expect(() => parseHead(`old 7\n${line}\n`)).toThrow(reason);
  });
});
