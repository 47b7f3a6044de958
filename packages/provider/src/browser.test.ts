import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fromBase64, toBase64 } from "@symbolon/base/bytes";
import { columnWords } from "@symbolon/base/dataset";
import type { MemberId } from "@symbolon/base/id";
import { admitDataset } from "@symbolon/governance/admit";
import { instantOf } from "@symbolon/governance/instant";
import { labelOf, openPart } from "@symbolon/governance/sealed-part";
import { sealResult } from "@symbolon/governance/sealed-result";
import { expandSeedNode } from "@symbolon/mpc/sharing/prg-node";
import { combineComponents, joinPart, NodePart, splitColumn } from "@symbolon/mpc/sharing/split";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PageInput, PageOutput, page as pageApi } from "./browser-entry.contract.js";
import { nodeToolbox as tools } from "./crypto/node.js";
import { fakeWorld, NOW, QUERY } from "./fake-nodes.contract.js";
import { importIdentity, memberCard } from "./identity.js";

const chromiumPath = process.env["SYMBOLON_CHROMIUM"] ?? "/usr/bin/chromium";
const hasBrowser = existsSync(chromiumPath);
if (!hasBrowser) {
  const reason = `no Chromium at ${chromiumPath}; set SYMBOLON_CHROMIUM to its program`;
  process.stderr.write(`browser test skipped: ${reason}\n`);
}

const CSV = `given_name,surname,date_of_birth,sex,nationality
Amina,Diallo,1994-03-11,F,Guinea
Олена,Коваленко,1999-12-30,F,Ukraine
Nguyễn Thị,Hương,,F,Viet Nam
"Maria, José",da Silva,1987-07-02,F,Brazil
`;

let bundle = "";
let browser: Browser;
let server: Server;
let tab: Page;

/** One script, made as a portal would be made. */
async function bundled(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bundle-"));
  const packages = fileURLToPath(new URL("../../", import.meta.url));
  try {
    await build({
      configFile: false,
      root: packages,
      logLevel: "silent",
      resolve: {
        alias: [{ find: /^@symbolon\/([a-z-]+)\/(.+)$/, replacement: `${packages}$1/src/$2.ts` }],
      },
      build: {
        outDir: folder,
        minify: false,
        lib: {
          entry: fileURLToPath(new URL("./browser-entry.contract.ts", import.meta.url)),
          name: "symbolon",
          formats: ["iife"],
          fileName: () => "page.js",
        },
      },
    });
    return await readFile(join(folder, "page.js"), "utf8");
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe.skipIf(!hasBrowser)("in a browser", () => {
  beforeAll(async () => {
    bundle = await bundled();
    server = createServer((request, response) => {
      const isScript = request.url === "/page.js";
      const type = isScript ? "text/javascript" : "text/html";
      response.setHeader("content-type", `${type}; charset=utf-8`);
      response.end(isScript ? bundle : '<script src="/page.js"></script>');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox"] });
    tab = await browser.newPage();
    const broken = new Promise<never>((_, reject) => tab.on("pageerror", reject));
    broken.catch(() => undefined);
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await Promise.race([tab.waitForFunction("globalThis.page !== undefined"), broken]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it("needs nothing of Node", () => {
    expect(bundle).not.toMatch(/["']node:[a-z]/);
    expect(bundle.length).toBeGreaterThan(10_000);
  });

  it("splits as Node does", async () => {
    const words = Uint32Array.from({ length: 5_000 }, (_, k) => Math.imul(k, 2_654_435_761));
    const seeds = [tools.random(16), tools.random(16)] as const;
    const shares = await tab.evaluate(
      ([values, s0, s1]) =>
        (globalThis as unknown as { page: typeof pageApi }).page.split(values, [s0, s1]),
      [Array.from(words), toBase64(seeds[0]), toBase64(seeds[1])] as const,
    );
    const parts = await splitColumn(words, "arithmetic", seeds, expandSeedNode);
    for (const part of parts) {
      const { own, next } = await joinPart(part, words.length, expandSeedNode);
      expect(shares[part.node]).toEqual({ own: Array.from(own), next: Array.from(next) });
    }
  });

  it("reads a case file and seals it so that the nodes can open it", async () => {
    const world = await fakeWorld();
    const [a, b, c] = world.nodes;
    const input: PageInput = {
      csv: CSV,
      space: world.space,
      envelopes: [await a.descriptor(), await b.descriptor(), await c.descriptor()],
      now: NOW,
      terms: {
        query: QUERY,
        beneficiary: "police" as MemberId,
        expires: instantOf(NOW + 86_400_000),
      },
    };
    const output = await tab.evaluate(
      (given) => (globalThis as unknown as { page: typeof pageApi }).page.prepare(given),
      input,
    );
    const opened = await openAll(world, output);
    expect(opened.size).toBe(output.values.length);
    for (const [column, words] of output.values)
      expect(Array.from(opened.get(column) ?? []), column).toEqual(words);
    const real = opened.get("persons.real") as Uint32Array;
    expect(
      [...real]
        .map((word) => word.toString(2))
        .join("")
        .replaceAll("0", "").length,
    ).toBe(4);
  });

  it("opens a result that a node sealed", async () => {
    const keys = await tools.hpke.generateKeyPair();
    const label = { space: "north", run: "0".repeat(32), node: 1, beneficiary: "police" } as never;
    const shares = { own: Uint32Array.of(3, 1, 4), next: Uint32Array.of(1, 5, 9) };
    const [privateKey, publicKey] = [toBase64(keys.privateKey), toBase64(keys.publicKey)];
    const sealed = await sealResult(tools.hpke, publicKey, label, shares);
    const words = await tab.evaluate(
      ([key, about, result]) =>
        (globalThis as unknown as { page: typeof pageApi }).page.open(key, about, result),
      [[privateKey, publicKey], label, sealed] as const,
    );
    expect(words).toEqual([3, 1, 4]);
  });
});

/** Admits and opens as the three nodes do; gives the column values back. */
async function openAll(
  world: Awaited<ReturnType<typeof fakeWorld>>,
  output: PageOutput,
): Promise<Map<string, Uint32Array>> {
  const shelter = await importIdentity(tools, output.identity);
  const [, police] = world.space.members;
  const space = { ...world.space, members: [memberCard(shelter, "Shelter", "ngo"), police] };
  const door = { space, signatures: tools.signatures, now: NOW };
  const { manifest } = await admitDataset(door, output.manifest, output.offer);
  const { schema, parts } = manifest.statement;
  const chunks = new Map(output.chunks);
  const columns = new Map<string, Uint32Array>();
  for (const { table, column, nodes } of parts) {
    const { rows, columns: specs } = schema.tables.find((it) => it.name === table)!;
    const spec = specs.find((it) => it.name === column)!;
    const words = columnWords(rows, spec);
    const own: Uint32Array[] = [];
    for (const { index, keys } of world.nodes) {
      const label = labelOf(manifest.statement, table, column, index);
      const read = async (chunk: number) =>
        fromBase64(chunks.get(`${index}-${table}-${column}-${chunk}.sealed`) ?? "") as Uint8Array;
      const pieces: Uint8Array[] = [];
      for await (const it of openPart(tools.hpke, keys.hpke, label, words, nodes[index], read))
        pieces.push(it);
      const [head, ...body] = pieces;
      const seeds = index === 0 ? [head.slice(0, 16), head.slice(16)] : [head];
      const vector = new Uint32Array(Uint8Array.from(Buffer.concat(body)).buffer);
      own.push((await joinPart(new NodePart(index, seeds, vector), words, expandSeedNode)).own);
    }
    columns.set(`${table}.${column}`, combineComponents([own[0], own[1], own[2]], spec.sharing));
  }
  return columns;
}
