import { isIdentifier } from "@symbolon/base/id";
import { InvalidArgumentError } from "commander";

/** Checks of single options; commander turns what they throw into a usage error. */

export function identifier(text: string): string {
  if (isIdentifier(text)) return text;
  throw new InvalidArgumentError("Lower-case letters, digits, dot, dash and underscore, up to 64.");
}

export const integer =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`A whole number from ${min} to ${max}.`);
  };

/** A share from 0 to 1, also written in per cent: `0.001`, `0.1%`. */
export function share(text: string): number {
  const value = text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("A share from 0 to 1, or a percentage such as 0.1%.");
}

export function oneOf<T extends string>(...words: readonly T[]): (text: string) => T {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`One of ${words.join(", ")}.`);
  };
}

/** Collects an option that may be given several times. */
export const several =
  <T>(parse: (text: string) => T) =>
  (text: string, before: readonly T[] = []): readonly T[] => [...before, parse(text)];

export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** `name=value`. */
export function assignment(text: string): Assignment {
  const at = text.indexOf("=");
  if (at > 0 && at < text.length - 1) return { name: text.slice(0, at), value: text.slice(at + 1) };
  throw new InvalidArgumentError("A name and a value, such as surname=Familienname.");
}

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** `host:port`, with an IPv6 address in brackets. */
export function hostPort(text: string): HostPort {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  const host = match?.[1] ?? match?.[2];
  if (host !== undefined && port >= 1 && port <= 65_535) return { host, port };
  throw new InvalidArgumentError("A host and a port, such as node.example:7443.");
}

const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };

/** A time from now in milliseconds: `12h`, `30d`. */
export function duration(text: string): number {
  const [, digits, unit] = /^(\d{1,4})([hd])$/.exec(text) ?? [];
  if (digits !== undefined && Number(digits) > 0) return Number(digits) * UNIT_MS[unit];
  throw new InvalidArgumentError("Hours or days from now, such as 12h or 30d.");
}

/** A dataset of another member, with the public number of its rows. */
export interface DatasetName {
  readonly dataset: string;
  readonly root: string;
  readonly rows: number;
}

/** `dataset@root/rows`, as `provider submit` prints it. */
export function datasetName(text: string): DatasetName {
  const [, dataset, root, rows] = /^([^@]+)@([0-9a-f]{64})\/(\d{1,8})$/.exec(text) ?? [];
  if (dataset !== undefined && isIdentifier(dataset)) return { dataset, root, rows: Number(rows) };
  throw new InvalidArgumentError("A dataset as `provider submit` prints it: name@hash/rows.");
}
