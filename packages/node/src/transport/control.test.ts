import { describe, expect, it } from "vitest";
import { encodeControl, parseControl } from "./control.js";
import { CONTROL_BYTES_MAX } from "./limits.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a control message", () => {
  it("is read as it was written", () => {
    const message = { type: "run", run: "r1", body: { kind: "ready" } } as const;
    expect(parseControl(encodeControl(message))).toEqual(message);
  });

  const long = encodeControl({ type: "run", run: "r1", body: "x".repeat(CONTROL_BYTES_MAX) });
  it.each([
    ["too long", long, "too long"],
    ["no text", Uint8Array.of(255, 0, 1), "not JSON"],
    ["no JSON", bytes("{"), "not JSON"],
    ["of an unknown type", bytes('{"type":"other"}'), "type"],
    ["with one field more", bytes('{"type":"welcome","more":1}'), "unknown type"],
  ])("is refused when it is %s", (_, payload, why) => {
    expect(() => parseControl(payload)).toThrow(`not of this protocol: ${why}`);
  });
});
