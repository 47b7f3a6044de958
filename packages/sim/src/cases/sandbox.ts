import { assert } from "@symbolon/base/assert";
import { Dice } from "../people/dice.js";
import { type InventedList, layOut, observeAll, referenceOf } from "../people/list.js";
import { inventVictims, type Victim } from "./network.js";
import { ORGANISATIONS, type Organisation, type OrganisationId } from "./organisation.js";
import {
  CASE_HEADINGS,
  type CaseRecord,
  caseCells,
  caseRecord,
  inventKnowledge,
} from "./record.js";

export interface SandboxOptions {
  readonly seed: number;
  /** People in all: also those whom no organisation knows. */
  readonly people?: number;
}

/** One organisation with its list, and the same cases in the form of HTCDS. */
export interface SandboxOrganisation {
  readonly organisation: Organisation;
  readonly list: InventedList;
  readonly records: readonly CaseRecord[];
}

export interface Sandbox {
  readonly organisations: readonly SandboxOrganisation[];
  /** Everybody, and on whose lists she is: the truth about matches and about how many there are. */
  readonly people: readonly {
    readonly victim: Victim;
    readonly lists: readonly OrganisationId[];
  }[];
}

/**
 * Seven organisations of several classes and the cases they keep: networks that recruit, move and
 * exploit people; who gets to know whom depends on the class of the organisation, the kind of
 * exploitation, sex and age, and on referrals. Same options, same world. Nothing of it happened.
 */
export function generateSandbox({ seed, people = 7000 }: SandboxOptions): Sandbox {
  assert(people > 0, "a sandbox has people");
  const dice = new Dice(seed);
  const everybody = inventVictims(dice, people).map((victim) => ({
    victim,
    lists: whoKnows(dice, victim),
  }));
  const organisations = ORGANISATIONS.map((organisation): SandboxOrganisation => {
    const known = everybody.filter(({ lists }) => lists.includes(organisation.id));
    const victims = dice.shuffled(known.map(({ victim }) => victim));
    return keepCases(dice, organisation, victims);
  });
  return { organisations, people: everybody };
}

/** Draws the organisations that come to know a person, one after the other. */
function whoKnows(dice: Dice, { person, network, age }: Victim): OrganisationId[] {
  const known: OrganisationId[] = [];
  for (const { id, knows, women, minors, referredBy } of ORGANISATIONS) {
    const chance = knows[network.kind.id];
    let odds = chance / (1 - chance);
    if (person.sex === "female") odds *= women;
    if (age < 18) odds *= minors;
    for (const other of known) odds *= referredBy[other] ?? 1;
    if (dice.chance(odds / (1 + odds))) known.push(id);
  }
  return known;
}

function keepCases(
  dice: Dice,
  organisation: Organisation,
  victims: readonly Victim[],
): SandboxOrganisation {
  const { style } = organisation;
  const persons = victims.map(({ person }) => person);
  const written = observeAll(dice, style, persons);
  const known = written.map((who, k) =>
    inventKnowledge(dice, organisation, victims[k], who, referenceOf(style, k)),
  );
  const truth = persons.map(({ id }) => id);
  const more = { headings: CASE_HEADINGS, cells: (k: number) => caseCells(known[k]) };
  return {
    organisation,
    list: layOut(dice, organisation.id, style, written, truth, more),
    records: known.map((one) => caseRecord(organisation, one)),
  };
}
