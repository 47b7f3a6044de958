import { assert } from "@symbolon/base/assert";
import type { Context } from "@symbolon/mpc/context";
import type { Adding } from "@symbolon/mpc/ring/vector";
import type { RingVector, Shares } from "@symbolon/mpc/sharing/shares";

/*
 * To add a bench: write `works/<name>.ts` that exports `<name> = defineWork({ … })`, and list it in
 * `works.ts`. Everything else is done for it: three processes over TLS, dealing, timing, the
 * comparison with the clear, help and JSON. `compare.ts` is an example.
 *
 *   npm run bench -- NAME --rows 1000,2000 --json      every size is an option; lists show growth
 *   npm run bench -- NAME --latency-ms 30 --mbit 100   over links that are slow on purpose
 */

/** Sizes of a bench, by the name of their option; all public. */
export type Sizes = Readonly<Record<string, number>>;

/** A secret input: uniformly random, or dealt from values that a public seed gives. */
export interface Column<V extends RingVector = RingVector> {
  readonly like: V;
  readonly length: number;
  readonly adding: Adding;
  values?(seed: Uint8Array): V;
}

export type Columns = Readonly<Record<string, Column>>;

export type SharesOf<I extends Columns> = {
  readonly [K in keyof I]: I[K] extends Column<infer V> ? Shares<V> : never;
};
export type ClearOf<I extends Columns> = {
  readonly [K in keyof I]: I[K] extends Column<infer V> ? V : never;
};

/** A secret result, which the bench puts together and compares with the clear. */
export interface SecretResult {
  readonly shares: Shares<RingVector>;
  readonly adding: Adding;
}

/**
 * What the design predicts for one party: seconds of its core, bytes it sends in all, and rounds
 * one after another.
 */
export interface Sketch {
  readonly multiply?: number;
  readonly boolean?: number;
  readonly randomness?: number;
  readonly check?: number;
  readonly bytes: number;
  readonly rounds: number;
}

/** What is asked for at these sizes, and what others reach on the same kind of machine. */
export interface Goals {
  /** Whether the numbers are operations a second, or seconds for the whole. */
  readonly in: "rate" | "seconds";
  readonly must: number;
  readonly aim: number;
  readonly references: Readonly<Record<string, number>>;
}

/** One bench of three parties. */
export interface Work<S extends Sizes = Sizes, I extends Columns = Columns> {
  readonly name: string;
  /** One line for `--help`. */
  readonly about: string;
  /** What is counted a second. */
  readonly unit: string;
  readonly options: S;
  /** Bounds of each option; 1 to 2^24 where nothing is said. */
  readonly bounds?: { readonly [K in keyof S]?: readonly [least: number, most: number] };
  /** Options that are typed as words; the size is the number of the word. */
  readonly choices?: { readonly [K in keyof S]?: readonly string[] };
  /** Links that are slow on purpose, unless the command line says otherwise. */
  readonly link?: { readonly latencyMs: number; readonly mbit: number };
  operations(sizes: S): number;
  inputs(sizes: S): I;
  /** What a party runs. Every product must be verified when it returns. */
  run(ctx: Context, inputs: SharesOf<I>, sizes: S): Promise<readonly SecretResult[]>;
  /** Whether the results are those of the clear inputs. A bench with a wrong result fails. */
  isRight(results: readonly RingVector[], clear: ClearOf<I>, sizes: S): boolean;
  /** −log2 of the probability that a lie in this run goes unnoticed, by code from the sizes. */
  soundnessBits(sizes: S): number;
  sketch(sizes: S): Sketch;
  /** What else belongs into the result, from public sizes. */
  notes?(sizes: S): Readonly<Record<string, string>>;
  /** Absent where nothing was asked at these sizes. */
  goals(sizes: S): Goals | undefined;
}

/** Keeps the types of sizes and inputs together while a work is written down. */
export function defineWork<S extends Sizes, I extends Columns>(work: Work<S, I>): Work {
  assert(/^[a-z][a-z-]*$/.test(work.name), "a bench has a name for the command line");
  return work as unknown as Work;
}

type Values<V extends RingVector> = (seed: Uint8Array) => V;

const column = <V extends RingVector>(
  like: V,
  length: number,
  adding: Adding,
  values?: Values<V>,
): Column<V> => ({ like, length, adding, ...(values ? { values } : {}) });

export const column16 = (length: number, values?: Values<Uint16Array>): Column<Uint16Array> =>
  column<Uint16Array>(new Uint16Array(0), length, "add", values);
export const column32 = (length: number, values?: Values<Uint32Array>): Column<Uint32Array> =>
  column<Uint32Array>(new Uint32Array(0), length, "add", values);
export const column64 = (length: number, values?: Values<BigUint64Array>): Column<BigUint64Array> =>
  column<BigUint64Array>(new BigUint64Array(0), length, "add", values);
/** XOR-shared words: packed bits, or rows of a table. */
export const columnBits = (words: number, values?: Values<Uint32Array>): Column<Uint32Array> =>
  column<Uint32Array>(new Uint32Array(0), words, "xor", values);
