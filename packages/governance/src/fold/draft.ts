import { assert } from "@symbolon/base/assert";
import type { Hash } from "../hash.js";
import type { Instant } from "../instant.js";
import { Refusal } from "../refusal.js";
import type { SpaceState } from "../space-state.js";
import type { AnyStatement } from "../statement.js";

/**
 * A state under way: the same fields, open to change, in containers of its own. What is in the
 * containers is replaced, never changed.
 */
export type Draft = {
  -readonly [K in keyof SpaceState]: SpaceState[K] extends ReadonlyMap<infer Key, infer Value>
    ? Map<Key, Value>
    : SpaceState[K] extends ReadonlySet<infer Item>
      ? Set<Item>
      : SpaceState[K];
};

/** A copy of all containers. */
export function draftOf(state: SpaceState): Draft {
  const copies = Object.entries(state).map(([name, value]) => {
    if (value instanceof Map) return [name, new Map(value)];
    return [name, value instanceof Set ? new Set(value) : value];
  });
  return Object.fromEntries(copies) as Draft;
}

/** A statement at its place in the log. */
export interface Placed<T extends AnyStatement = AnyStatement> {
  readonly statement: T;
  readonly hash: Hash;
  readonly index: number;
  readonly at: Instant;
  /** `at` in milliseconds since 1970. */
  readonly ms: number;
}

/**
 * What a statement changes. It throws `Refusal` before it changes anything: a refused entry has no
 * effect.
 */
export type Act<T extends AnyStatement> = (draft: Draft, placed: Placed<T>) => void;

/** What the log must already have. Throws `Refusal` NOT_IN_LOG. */
export function known<K extends string, V>(map: ReadonlyMap<K, V>, key: K, what: string): V {
  const found = map.get(key);
  if (found === undefined) throw new Refusal("NOT_IN_LOG", `the log has no ${what} ${key}`);
  return found;
}

/** Replaces what is there. */
export function change<K, V>(map: Map<K, V>, key: K, by: Partial<V>): void {
  const old = map.get(key);
  assert(old !== undefined, "only what is there is changed");
  map.set(key, { ...old, ...by });
}
