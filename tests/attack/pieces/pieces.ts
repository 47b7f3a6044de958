import { checks } from "./checks.js";
import { circuits } from "./circuits.js";
import { clusterPieces } from "./clusters.js";
import { countedTables } from "./cross-tab.js";
import { epochs } from "./epochs.js";
import { indicators } from "./indicators.js";
import { limits } from "./limits.js";
import { links } from "./link.js";
import { linkage } from "./linkage.js";
import { noise } from "./noise.js";
import { numbers } from "./numbers.js";
import { openings } from "./openings.js";
import type { Piece } from "./piece.js";
import { products } from "./products.js";
import { secondLook } from "./second-look.js";
import { tables } from "./tables.js";
import { tags } from "./tags.js";

/** Every protocol of the engine, each with all that must verify it. */
export const PIECES: readonly Piece[] = [
  ...openings,
  ...products,
  ...circuits,
  ...numbers,
  ...checks,
  ...noise,
  ...epochs,
  ...tables,
  ...limits,
  ...tags,
  ...linkage,
  ...secondLook,
  ...links,
  ...clusterPieces,
  ...indicators,
  ...countedTables,
];

export function pieceCalled(name: string): Piece {
  const found = PIECES.find((one) => one.name === name);
  if (!found) throw new Error(`no piece is called ${name}`);
  return found;
}
