import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fromBase64, toBase64 } from "@symbolon/base/bytes";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Envelope, passkeyChallenge, signedBy, signersOf } from "./envelope.js";
import { offerOf, signatures } from "./fixture.contract.js";
import { sha256 } from "./hash.js";
import type { PublicKey } from "./signatures.js";
import { type PasskeyOrigin, passkeySignature } from "./webauthn.js";

const program = process.env["SYMBOLON_CHROMIUM"] ?? "/usr/bin/chromium";
const hasBrowser = existsSync(program);
if (!hasBrowser) {
  const reason = `no Chromium at ${program}; set SYMBOLON_CHROMIUM to its program`;
  process.stderr.write(`browser test skipped: ${reason}\n`);
}

let browser: Browser;
let server: Server;
let tab: Page;
let origin: string;

/** `envelope.ts` as a script, so that a page verifies by the same code. */
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
          entry: fileURLToPath(new URL("./envelope.ts", import.meta.url)),
          name: "symbolon",
          formats: ["iife"],
          fileName: () => "page.js",
        },
      },
    });
    return await readFile(join(folder, "page.js"), "utf8");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

beforeAll(async () => {
  if (!hasBrowser) return;
  const script = await bundled();
  server = createServer((request, reply) => {
    const isScript = request.url === "/page.js";
    reply.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    reply.end(isScript ? script : "<!doctype html><script src=/page.js></script>");
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
  tab = await browser.newPage();
  const devtools = await tab.context().newCDPSession(tab);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  await tab.goto(origin);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** Makes a passkey in the page: its point, uncompressed, and its id. */
async function newPasskey(): Promise<{ readonly id: number[]; readonly point: Uint8Array }> {
  const made = await tab.evaluate(async () => {
    const credential = (await navigator.credentials.create({
      publicKey: {
        rp: { name: "North", id: "localhost" },
        user: { id: Uint8Array.of(1), name: "board", displayName: "Board" },
        challenge: new Uint8Array(32),
        pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        authenticatorSelection: { userVerification: "required" },
      },
    })) as PublicKeyCredential;
    const spki = (credential.response as AuthenticatorAttestationResponse).getPublicKey();
    const list = (buffer: ArrayBuffer) => [...new Uint8Array(buffer)];
    return { id: list(credential.rawId), spki: list(spki as ArrayBuffer) };
  });
  return { id: made.id, point: Uint8Array.from(made.spki.slice(-65)) };
}

/** The page signs a challenge. */
const askPage = (id: number[], challenge: Uint8Array) =>
  tab.evaluate(
    async ({ id, challenge }) => {
      const credential = (await navigator.credentials.get({
        publicKey: {
          challenge: Uint8Array.from(challenge),
          allowCredentials: [{ type: "public-key", id: Uint8Array.from(id) }],
          userVerification: "required",
        },
      })) as PublicKeyCredential;
      const response = credential.response as AuthenticatorAssertionResponse;
      const list = (buffer: ArrayBuffer) => [...new Uint8Array(buffer)];
      return {
        authenticatorData: list(response.authenticatorData),
        clientDataJSON: list(response.clientDataJSON),
        signature: list(response.signature),
      };
    },
    { id, challenge: [...challenge] },
  );

describe.skipIf(!hasBrowser)("a passkey in a browser", { timeout: 60_000 }, () => {
  it("signs statements that Node and the page itself verify, with either s", async () => {
    const { id, point } = await newPasskey();
    const key: PublicKey = { suite: "webauthn-es256", key: toBase64(point) };
    const keyid = await sha256(fromBase64(key.key) as Uint8Array);
    const origins: PasskeyOrigin[] = [{ origin, rpId: "localhost" }];
    // An authenticator may give either s.
    for (let k = 0; k < 8; k += 1) {
      const statement = offerOf("shelter", { runsMax: k });
      const said = await askPage(id, await passkeyChallenge(statement));
      const assertion = {
        authenticatorData: Uint8Array.from(said.authenticatorData),
        clientDataJSON: Uint8Array.from(said.clientDataJSON),
        signature: Uint8Array.from(said.signature),
      };
      const envelope = signedBy(statement, [passkeySignature(keyid, assertion)]);
      expect(await signersOf({ signatures, origins }, envelope, [key])).toEqual([keyid]);
      expect(await inPage(envelope, key, origins)).toEqual([keyid]);
      const other = signedBy({ ...statement, riskMax: 0.5 }, envelope.signatures);
      expect(await signersOf({ signatures, origins }, other, [key])).toBeUndefined();
      expect(await inPage(other, key, origins)).toBe("refused");
    }
  });
});

/** What the page's own code says of an envelope. */
const inPage = (envelope: Envelope, key: PublicKey, origins: readonly PasskeyOrigin[]) =>
  tab.evaluate(
    async ({ envelope, key, origins }) => {
      const { symbolon } = globalThis as unknown as { symbolon: { signersOf: typeof signersOf } };
      const verifier = { signatures: {} as never, origins };
      return (await symbolon.signersOf(verifier, envelope, [key])) ?? "refused";
    },
    { envelope, key, origins },
  );
