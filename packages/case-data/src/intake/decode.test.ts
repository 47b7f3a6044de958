import { expect, it } from "vitest";
import { decodeText } from "./decode.js";

const ascii = (text: string): Uint8Array =>
  Uint8Array.from(text, (sign) => sign.codePointAt(0)! & 0xff);
const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let k = 0; k < text.length; k += 1) view.setUint16(2 * k, text.charCodeAt(k), littleEndian);
  return bytes;
};
const TEXT = "name;born\nŁucja Müller;1990\nمحمد;1991\n";

it.each([
  ["UTF-8", new TextEncoder().encode(TEXT), "utf-8"],
  ["UTF-8 with a mark", new TextEncoder().encode(`\ufeff${TEXT}`), "utf-8"],
  ["UTF-16LE with a mark", utf16(`\ufeff${TEXT}`, true), "utf-16le"],
  ["UTF-16BE with a mark", utf16(`\ufeff${TEXT}`, false), "utf-16be"],
] as const)("reads %s", (_, bytes, encoding) => {
  expect(decodeText(bytes)).toEqual({ text: TEXT, encoding, notes: [] });
});

it.each([true, false])(
  "reads UTF-16 of Latin text without a mark (little endian: %s)",
  (little) => {
    const text = "given name,surname\nAmina,Bello\n".repeat(4);
    expect(decodeText(utf16(text, little)).text).toBe(text);
  },
);

it("falls back to windows-1252 and says so", () => {
  const { text, encoding, notes } = decodeText(ascii("naam\nRen\xe9e \x80\n"));
  expect(text).toBe("naam\nRenée €\n");
  expect(encoding).toBe("windows-1252");
  expect(notes).toHaveLength(1);
});

it.each([
  ["nothing", new Uint8Array(0), "FILE_EMPTY"],
  ["a zip", ascii("PK\x03\x04 rest"), "FILE_BINARY"],
  ["a PDF", ascii("%PDF-1.7 rest"), "FILE_BINARY"],
  ["zero bytes", new Uint8Array(1000), "FILE_BINARY"],
  ["all bytes", Uint8Array.from({ length: 4096 }, (_, k) => (k * 167) & 0xff), "FILE_BINARY"],
  ["UTF-16 that is cut off", Uint8Array.from([0xff, 0xfe, 0x41, 0x00, 0x42]), "FILE_ENCODING"],
  ["broken UTF-8 behind a mark", Uint8Array.from([0xef, 0xbb, 0xbf, 0xc3, 0x28]), "FILE_ENCODING"],
] as const)("refuses %s", (_, bytes, code) => {
  expect(() => decodeText(bytes)).toThrow(expect.objectContaining({ code }));
});
