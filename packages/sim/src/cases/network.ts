import { assert } from "@symbolon/base/assert";
import type { Dice } from "../people/dice.js";
import {
  CUSTOMS,
  type InventedAddress,
  type InventedPerson,
  inventAddress,
  inventPerson,
  inventPhone,
} from "../people/invent.js";
import { countryCodeOf, DESTINATIONS, TRANSIT } from "./countries.js";
import { KINDS, type Kind } from "./kinds.js";

/** A trace that cases of one network may share. */
export interface Trace {
  readonly type: "Address" | "Phone" | "Handle" | "Plate" | "AdvertFingerprint" | "Alias";
  readonly value: string;
}

/** People who exploit others together: the truth behind several cases. */
export interface Network {
  readonly id: string;
  readonly kind: Kind;
  /** Custom of most of those whom it exploits. */
  readonly custom: string;
  /** Country codes: through which it takes them, and to where. */
  readonly through: readonly string[];
  readonly to: string;
  readonly sites: readonly { readonly what: string; readonly at: InventedAddress }[];
  readonly traces: readonly Trace[];
  /** First and last day, in days since 1970. */
  readonly from: number;
  readonly until: number;
}

/** A person, and what happened to her. */
export interface Victim {
  readonly person: InventedPerson;
  readonly network: Network;
  /** Codes of HTCDS. */
  readonly control: readonly string[];
  readonly recruitment: string;
  readonly industry: string | undefined;
  readonly from: string;
  /** Age in years when it began. */
  readonly age: number;
  /** Days since 1970 of recruitment, of arrival, and of getting away. */
  readonly recruited: number;
  readonly arrived: number;
  readonly left: number;
  readonly site: Network["sites"][number];
}

/** Days since 1970 of the first and of the last day on which networks of the world are at work. */
const PERIOD = { from: 17_897, until: 20_088 } as const;

/** Those whom one network exploits: many have few, few have many. */
const networkSize = (dice: Dice): number =>
  dice.chance(0.3) ? 1 : dice.chance(0.8) ? dice.between(2, 8) : dice.between(9, 40);

/** Networks with those whom they exploit, `count` people in all. */
export function inventVictims(dice: Dice, count: number): Victim[] {
  const victims: Victim[] = [];
  for (let n = 0; victims.length < count; n += 1) {
    const network = inventNetwork(dice, n);
    const size = Math.min(networkSize(dice), count - victims.length);
    for (let k = 0; k < size; k += 1) victims.push(inventVictim(dice, network, victims.length));
  }
  return victims;
}

function inventNetwork(dice: Dice, n: number): Network {
  const kind = dice.weighted(KINDS);
  const custom = dice.weighted(CUSTOMS).id;
  const from = dice.between(PERIOD.from, PERIOD.until - 200);
  const way = TRANSIT[custom] ?? [];
  return {
    id: `network-${n}`,
    kind,
    custom,
    through: way.filter(() => dice.chance(0.7)),
    to: dice.pick(DESTINATIONS),
    sites: Array.from({ length: dice.between(1, 3) }, () => ({
      what: dice.pick(kind.sites),
      at: inventAddress(dice),
    })),
    traces: inventTraces(dice),
    from,
    until: Math.min(PERIOD.until, from + dice.between(120, 1500)),
  };
}

const LETTERS = [..."BDFGHJKLNPRSTVXZ"];

function inventTraces(dice: Dice): Trace[] {
  const letters = (length: number): string =>
    Array.from({ length }, () => dice.pick(LETTERS)).join("");
  const traces: Trace[] = [
    { type: "Phone", value: inventPhone(dice).replaceAll(" ", "") },
    { type: "Alias", value: `${dice.pick(["Madame", "Uncle", "Boss", "Aunt"])} ${letters(1)}` },
  ];
  if (dice.chance(0.4)) {
    traces.push({ type: "Plate", value: `${letters(2)}-${dice.digits(3)}-${letters(1)}` });
  }
  if (dice.chance(0.5)) {
    traces.push({ type: "Handle", value: `@${letters(4).toLowerCase()}${dice.digits(3)}` });
  }
  if (dice.chance(0.4)) traces.push({ type: "AdvertFingerprint", value: dice.digits(16) });
  return traces;
}

const some = <T>(dice: Dice, items: readonly T[], share: number): T[] => {
  const kept = items.filter(() => dice.chance(share));
  return kept.length > 0 ? kept : [dice.pick(items)];
};

const yearOf = (day: number): number => new Date(day * 86_400_000).getUTCFullYear();

function inventVictim(dice: Dice, network: Network, index: number): Victim {
  const { kind } = network;
  const own = CUSTOMS.find(({ id }) => id === network.custom);
  const custom = dice.chance(0.85) && own ? own : dice.weighted(CUSTOMS);
  const sex = dice.chance(kind.women) ? "female" : "male";
  const recruited = dice.between(network.from, network.until);
  const arrived = recruited + dice.between(0, 120);
  const age = dice.chance(kind.minors) ? dice.between(11, 17) : dice.between(18, 45);
  const site = dice.pick(network.sites);
  const drawn = inventPerson(dice, index, custom, sex);
  const person: InventedPerson = {
    ...drawn,
    born: bornIn(yearOf(recruited) - age, drawn.born),
    // Some are found living where they are exploited, or give the only number they know.
    ...(dice.chance(0.3) && { address: site.at }),
    ...(dice.chance(0.08) && { phone: network.traces[0].value }),
  };
  const from = countryCodeOf(person.nationality);
  assert(from !== undefined, "every nationality of a custom has a code");
  return {
    person,
    network,
    control: some(dice, kind.control, 0.45),
    recruitment: dice.pickSkewed(kind.recruitment),
    industry: kind.industries.length > 0 ? dice.pickSkewed(kind.industries) : undefined,
    from,
    age,
    recruited,
    arrived,
    left: arrived + dice.between(3, 700),
    site,
  };
}

/** The same day in another year, the 28th of February where that has no 29th. */
function bornIn(year: number, { month, day }: InventedPerson["born"]): InventedPerson["born"] {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { year, month, day: Math.min(day, last) };
}
