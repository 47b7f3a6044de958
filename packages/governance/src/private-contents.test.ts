import { toBase64, utf8 } from "@symbolon/base/bytes";
import type { MemberId } from "@symbolon/base/id";
import { describe, expect, it } from "vitest";
import { hpke, OTHER_HASH, QUERY } from "./fixture.contract.js";
import { openContents, sealContents } from "./private-contents.js";

const shelter = "shelter" as MemberId;
const helpline = "helpline" as MemberId;
const salt = new Uint8Array(32).fill(7);
const contents = utf8("why we said no");

async function sealedForBoth() {
  const [a, b] = [await hpke.generateKeyPair(), await hpke.generateKeyPair()];
  const readers = [
    { id: shelter, sealingKey: toBase64(a.publicKey) },
    { id: helpline, sealingKey: toBase64(b.publicKey) },
  ];
  return { a, b, ...(await sealContents(hpke, QUERY, readers, contents, salt)) };
}

describe("private contents", () => {
  it("open for each reader, to what the log commits to", async () => {
    const { a, b, commitment, boxes } = await sealedForBoth();
    expect(await openContents(hpke, a, QUERY, commitment, boxes[0])).toEqual(contents);
    expect(await openContents(hpke, b, QUERY, commitment, boxes[1])).toEqual(contents);
  });

  it("do not open for others, elsewhere, or changed", async () => {
    const { a, b, commitment, boxes } = await sealedForBoth();
    const [box] = boxes;
    const opened = [
      openContents(hpke, b, QUERY, commitment, box),
      openContents(hpke, a, OTHER_HASH, commitment, box),
      openContents(hpke, a, QUERY, OTHER_HASH, box),
      openContents(hpke, a, QUERY, commitment, { ...box, reader: helpline }),
      openContents(hpke, a, QUERY, commitment, { ...box, enc: boxes[1].enc }),
      openContents(hpke, a, QUERY, commitment, { ...box, sealed: `AAAA${box.sealed.slice(4)}` }),
      openContents(hpke, a, QUERY, commitment, { ...box, sealed: "%" }),
    ];
    expect(await Promise.all(opened)).toEqual(opened.map(() => undefined));
  });

  it("commit to contents that can be guessed without showing them", async () => {
    const other = await sealContents(hpke, QUERY, [], contents, new Uint8Array(32).fill(8));
    expect(other.commitment).not.toBe((await sealedForBoth()).commitment);
    await expect(sealContents(hpke, QUERY, [], contents, salt.slice(1))).rejects.toThrow(
      "32 bytes",
    );
    const long = new Uint8Array(64 * 1024 + 1);
    await expect(sealContents(hpke, QUERY, [], long, salt)).rejects.toThrow("64 KiB");
  });
});
