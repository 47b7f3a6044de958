import { describe, expect, it } from "vitest";
import { CliError } from "./error.js";
import { outputTo } from "./output.js";

function streams(isTTY: boolean) {
  const text = { out: "", err: "" };
  const stream = (name: "out" | "err") => ({
    isTTY,
    write: (piece: string | Uint8Array) => {
      text[name] += String(piece);
      return true;
    },
  });
  return { text, out: stream("out"), err: stream("err") };
}

describe("output", () => {
  it("writes one line of JSON and no progress under --json", () => {
    const { text, out, err } = streams(true);
    const output = outputTo(out as never, err as never, { json: true });
    output.line("for people");
    output.progress("10 %");
    output.result({ names: 5 });
    expect(text).toEqual({ out: '{"names":5}\n', err: "" });
  });

  it("gives an error to people on standard error, and as JSON to scripts", () => {
    const { text, out, err } = streams(false);
    const output = outputTo(out as never, err as never, { json: true });
    output.error(new CliError("FILE_MISSING", "no file", {}, "look elsewhere"));
    expect(text.err).toBe("symbolon: no file — look elsewhere\n");
    expect(JSON.parse(text.out).error).toMatchObject({ code: "FILE_MISSING", exit: 1 });
  });

  it("overwrites progress on a terminal and logs it now and then elsewhere", () => {
    const terminal = streams(true);
    const shown = outputTo(terminal.out as never, terminal.err as never, { json: false });
    shown.progress("1 %");
    shown.progress("2 %");
    shown.line("done");
    expect(terminal.text.err).toBe("\r\u001b[K1 %\r\u001b[K2 %\r\u001b[K");
    const file = streams(false);
    let now = 0;
    const logged = outputTo(file.out as never, file.err as never, {
      json: false,
      clock: () => now,
    });
    for (now = 0; now < 12_000; now += 1_000) logged.progress(`${now}`);
    expect(file.text.err).toBe("0\n5000\n10000\n");
  });
});
