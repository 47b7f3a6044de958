import { createHash } from "node:crypto";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { drawn, type Kind, type Manner, type Target, targetOf } from "../byte-flips.js";
import { comparison } from "../pieces/linkage.js";
import type { Piece } from "../pieces/piece.js";
import { PIECES, pieceCalled } from "../pieces/pieces.js";
import { WHOLE_RUN_PROFILE, wholeRun } from "../whole-run.js";
import { isInner, isTaken } from "./inner.js";
import { codeOf } from "./piece-code.js";

/**
 * Where a protocol is attacked: in the small profile, every byte (of protocols inside it that have
 * a piece of their own every 16th, in the longest every 64th); the same without that exception;
 * with production sizes, random positions; as the whole query, the first and the last byte of every
 * message.
 */
export type World = "small" | "every byte" | "production" | "whole";

/** A share of the positions of one piece, each changed in one kind and one manner. */
export interface Unit {
  readonly world: World;
  readonly piece: string;
  readonly kind: Kind;
  readonly manner: Manner;
  /** Takes each position whose number is `part` modulo `parts`. */
  readonly part: number;
  readonly parts: number;
  /** Hash of all that the result depends on: the code that runs, and which positions there are. */
  readonly code: string;
}

export const nameOf = ({ world, piece, kind, manner, part, parts, code }: Unit): string =>
  [world, piece, kind, manner, `${part}/${parts}`, code].join("|");

/** Random positions of each protocol at production sizes. */
const DRAWN = 2000;
/** Positions of one unit: some seconds of work, so that a budget is kept and little is lost. */
const POSITIONS = 400;
const WHOLE = wholeRun([128, 128]);

/** Pieces with sizes that production profiles change. */
const wide = new Map([comparison(128, 128, "all")].map((piece) => [piece.name, piece]));

const found = (name: string): Piece =>
  name === WHOLE.name ? WHOLE : (wide.get(name) ?? pieceCalled(name));

/** Whom a unit attacks. */
export function targetFor({ world, piece }: Pick<Unit, "world" | "piece">): Promise<Target> {
  if (world === "whole") return targetOf(found(piece), WHOLE_RUN_PROFILE);
  return targetOf(found(piece), world === "production" ? PRODUCTION : undefined);
}

/** The positions that a unit's world takes of a run, all parts together. */
export function* positionsFor(
  world: World,
  { honest, piece }: Target,
): Generator<readonly [index: number, byte: number]> {
  if (world === "production") return yield* drawn(honest, DRAWN);
  for (let index = 0; index < honest.places.length; index += 1) {
    const { size, channel } = honest.places[index];
    const inner = world === "small" && isInner(piece.name, channel);
    for (let byte = 0; byte < size; byte += world === "whole" ? Math.max(1, size - 1) : 1) {
      if (!inner || isTaken(honest.places.length, index, byte)) yield [index, byte];
    }
  }
}

/** What is flipped in one run of the long form. */
export interface Wanted {
  /** Pieces whose names have one of the texts in them. */
  readonly only: readonly string[];
  readonly kinds: readonly Kind[];
  readonly manners: readonly Manner[];
  /** The inner messages of these pieces are not sampled, and there are no other units. */
  readonly everyByte: boolean;
}

/**
 * Units in the order in which they are done: one manner after the other; of each, all protocols in
 * the small profile, then production sizes and the whole query, these in one kind, then other
 * kinds.
 */
export async function allUnits({ only, kinds, manners, everyByte }: Wanted): Promise<Unit[]> {
  const units: Unit[] = [];
  const add = async (rest: Omit<Unit, "part" | "parts" | "code">): Promise<void> => {
    const { count, code } = await positionsOf(rest.world, rest.piece);
    const parts = Math.ceil(count / POSITIONS);
    for (let part = 0; part < parts; part += 1) units.push({ ...rest, part, parts, code });
  };
  const isWanted = ({ name }: Pick<Piece, "name">): boolean =>
    only.some((text) => name.includes(text));
  const matching = PIECES.filter(isWanted).map(({ name }) => name);
  const [kind, ...others] = kinds;
  for (const manner of manners) {
    const all = async (world: World, pieces: readonly string[], as = kind): Promise<void> => {
      for (const piece of pieces) await add({ world, piece, kind: as, manner });
    };
    if (everyByte) {
      for (const one of kinds) await all("every byte", matching, one);
      continue;
    }
    await all("small", matching);
    const wider = [...wide.values()].filter(isWanted).map(({ name }) => name);
    await all("production", [...matching, ...wider]);
    if (isWanted(WHOLE)) await all("whole", [WHOLE.name]);
    for (const one of others) await all("small", matching, one);
  }
  return units;
}

const known = new Map<string, { readonly count: number; readonly code: string }>();

/** How many positions a piece has in a world, and a hash of its code and of the positions. */
async function positionsOf(
  world: World,
  piece: string,
): Promise<{ readonly count: number; readonly code: string }> {
  const name = `${world}|${piece}`;
  const found = known.get(name);
  if (found) return found;
  const hash = createHash("sha256").update(await codeOf(piece));
  // Those that are drawn follow from the code.
  let count = DRAWN;
  if (world !== "production") {
    const all = [...positionsFor(world, await targetFor({ world, piece }))];
    hash.update(all.join());
    count = all.length;
  }
  const made = { count, code: hash.update(`${count}`).digest("hex").slice(0, 16) };
  known.set(name, made);
  return made;
}
