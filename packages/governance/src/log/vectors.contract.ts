import { fromBase64, fromHex } from "@symbolon/base/bytes";
import type { Digest } from "./tree.js";

/**
 * Published known answers. Facts only; where they stand:
 * - leaves, roots and proofs: transparency-dev/merkle (cmd/proofgen, rfc6962, proof, testdata),
 *   which took them from the reference tests of Certificate Transparency;
 * - notes and keys: C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles;
 *   golang.org/x/mod sumdb/note and sumdb/tlog;
 * - heads that really were signed: sum.golang.org, and the staging log arche2025h1 with four
 *   witnesses of the public network.
 */

const line = (name: string, ...base64: readonly string[]) => `— ${name} ${base64.join("")}`;
const hex = (text: string): Uint8Array => fromHex(text) ?? new Uint8Array();

/** Eight entries. */
export const LEAVES: readonly Uint8Array[] = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map(hex);

/** The roots of the first 1 to 8 of them. */
export const ROOTS: readonly Digest[] = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
].map(hex);

const L1 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
const L2 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const L12 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
const L34 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const L5 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const L56 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
const L7 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f";
const L78 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const L1234 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
const L5678 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";

/** Index, size, path. */
export const INCLUSION: readonly (readonly [number, number, readonly Digest[]])[] = [
  [0, 1, []],
  [0, 8, [L2, L34, L5678].map(hex)],
  [5, 8, [L5, L78, L1234].map(hex)],
  [2, 3, [L12].map(hex)],
  [1, 5, [L1, L34, L5].map(hex)],
];

/** Old size, size, path. */
export const CONSISTENCY: readonly (readonly [number, number, readonly Digest[]])[] = [
  [1, 1, []],
  [1, 8, [L2, L34, L5678].map(hex)],
  [6, 8, [L56, L78, L1234].map(hex)],
  [2, 5, [L34, L5].map(hex)],
  [6, 7, [L56, L7, L1234].map(hex)],
];

/** A note and its key (C2SP signed-note). */
export const EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
export const EXAMPLE_NOTE = [
  "This is an example message.",
  "",
  line(
    "example.com/foo",
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1",
    "Yu72IneyaQM=",
  ),
  "",
].join("\n");

/** Two keys, their signatures of one text, and one's private key (sumdb/note). */
export const PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER_SECRET = fromBase64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
/** Without the byte of the type. */
export const PETER_SEED = PETER_SECRET?.slice(1) as Uint8Array;
export const ENOCH_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
export const QUIP =
  "If you think cryptography is the answer to your problem,\n" +
  "then you don't know what your problem is.\n";
export const PETER_LINE = line(
  "PeterNeumann",
  "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6K",
  "E6RyyBwJnAM=",
);
export const ENOCH_LINE = line(
  "EnochRoot",
  "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33",
  "WWd1RvMc+QQ=",
);

/** The head of the Go checksum database that the C2SP pages show under an invented name. */
export const GO_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
export const GO_HEAD = [
  "go.sum database tree",
  "20852163",
  "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
  "",
  line(
    "sum.golang.org",
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE",
    "+xeMcTOAYQ8=",
  ),
  "",
].join("\n");

/** A head with a log's signature, a signature of another type, and four cosignatures. */
export const ARCHE_KEY =
  "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f";
export const ARCHE_WITNESSES = [
  "transparency.dev/DEV:witness-little-garden+d8042a87+" +
    "BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM",
  "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
  "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
  "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
];
export const ARCHE_HEAD = [
  "arche2025h1.staging.ct.transparency.dev",
  "1432088532",
  "U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=",
  "",
  line(
    "arche2025h1.staging.ct.transparency.dev",
    "zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroe",
    "W2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=",
  ),
  line(
    "arche2025h1.staging.ct.transparency.dev",
    "ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP",
    "7Ry1k3ZFWwQ=",
  ),
  line(
    "transparency.dev/DEV:witness-little-garden",
    "2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRA",
    "ErumC2q44vdgJY096st5BQ==",
  ),
  line(
    "witness1.smartit.nu/witness1",
    "pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbq",
    "mNWVuE0tgh0XwzdZsDsUAQ==",
  ),
  line(
    "remora.n621.de",
    "2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk",
    "5XeU/zZ0WBxtqB0DrAWfBw==",
  ),
  line(
    "witness.stagemole.eu",
    "Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgK",
    "i7lI7cUiOvKFYe/TmN9DAg==",
  ),
  "",
].join("\n");
/** When all four cosigned: seconds since 1970. */
export const ARCHE_TIME = 0x6a122120;

/** Paths and the tiles that they name; of the last, no tile (sumdb/tlog, C2SP tlog-tiles). */
export const TILE_PATHS: readonly (readonly [string, string | number, number, number])[] = [
  ["tile/0/001", 0, 1, 256],
  ["tile/0/001.p/5", 0, 1, 5],
  ["tile/5/x123/x456/078", 5, 123_456_078, 256],
  ["tile/5/x123/x456/078.p/2", 5, 123_456_078, 2],
  ["tile/0/x003/x057/500", 0, 3_057_500, 256],
  ["tile/3/x001/x234/067", 3, 1_234_067, 256],
  ["tile/entries/x003/x057/500", "entries", 3_057_500, 256],
];
