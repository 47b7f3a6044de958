import { PRODUCTION } from "@symbolon/mpc/profile";
import { drawn, type Kind, type Target, targetOf } from "../byte-flips.js";
import { comparison } from "../pieces/linkage.js";
import type { Piece } from "../pieces/piece.js";
import { PIECES, pieceCalled } from "../pieces/pieces.js";
import { WHOLE_RUN_PROFILE, wholeRun } from "../whole-run.js";
import { isInner, isTaken } from "./inner.js";

/**
 * Where a protocol is attacked: in the small profile, every byte (of protocols inside it that have
 * a piece of their own every 16th); the same without that exception; with production sizes, random
 * positions; as the whole query, the first and the last byte of every message.
 */
export type World = "small" | "every byte" | "production" | "whole";

/** A share of the positions of one piece, each changed in one kind and both manners. */
export interface Unit {
  readonly world: World;
  readonly piece: string;
  readonly kind: Kind;
  /** Takes each position whose number is `part` modulo `parts`. */
  readonly part: number;
  readonly parts: number;
}

export const nameOf = ({ world, piece, kind, part, parts }: Unit): string =>
  `${world}|${piece}|${kind}|${part}/${parts}`;

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
      if (!inner || isTaken(index, byte)) yield [index, byte];
    }
  }
}

/**
 * Units of the pieces whose names have one of the texts in them, in these kinds; those that reach
 * the most protocols first. Production sizes and the whole query are flipped in one kind. With
 * `everyByte` the inner messages of these pieces are not sampled, and there are no other units.
 */
export async function allUnits(
  only: readonly string[],
  kinds: readonly Kind[],
  everyByte: boolean,
): Promise<Unit[]> {
  const units: Unit[] = [];
  const add = async (world: World, piece: string, kind: Kind): Promise<void> => {
    const count = await positionCount(world, piece);
    const parts = Math.ceil(count / POSITIONS);
    for (let part = 0; part < parts; part += 1) units.push({ world, piece, kind, part, parts });
  };
  const isWanted = ({ name }: Pick<Piece, "name">): boolean =>
    only.some((text) => name.includes(text));
  const matching = PIECES.filter(isWanted);
  const [first, ...rest] = kinds;
  if (everyByte) {
    for (const kind of kinds) {
      for (const { name } of matching) await add("every byte", name, kind);
    }
    return units;
  }
  for (const { name } of matching) await add("small", name, first);
  for (const { name } of [...matching, ...[...wide.values()].filter(isWanted)]) {
    await add("production", name, first);
  }
  if (isWanted(WHOLE)) await add("whole", WHOLE.name, first);
  for (const kind of rest) {
    for (const { name } of matching) await add("small", name, kind);
  }
  return units;
}

const counts = new Map<string, number>();

async function positionCount(world: World, piece: string): Promise<number> {
  const name = `${world}|${piece}`;
  let count = counts.get(name);
  if (count === undefined) {
    count = world === "production" ? DRAWN : 0;
    if (count === 0) count = [...positionsFor(world, await targetFor({ world, piece }))].length;
    counts.set(name, count);
  }
  return count;
}
