import { INDUSTRY_MEANINGS, type Industry } from "./industry.js";
import { MIGRATION_MEANINGS } from "./migration.js";
import type { CodeOf, FieldId } from "./record.js";

/**
 * What codes mean where the standard defines them, in our own short words, for a case worker who
 * has to choose.
 */
const CONTROL: Readonly<
  Record<CodeOf<"vic_MethodsOfControl"> | CodeOf<"x_methodsOfControl">, string>
> = {
  PhysicalThreats:
    "Somebody said or showed that harm would follow. Not: threats to call the police.",
  ThreatsLawEnforcement: "Somebody threatened to call the police or the immigration office.",
  ThreatensChildrenFamily: "Somebody threatened to harm children or family.",
  DebtBondage: "Had to work off a debt that hardly shrank, or was made up.",
  FalsePromises: "Was lied to about the work, the pay or the place.",
  PhysicalAbuse: "Was beaten, hurt or held by force.",
  SexualAbuse: "Was abused sexually to be kept in line, not as what was sold.",
  TakesEarnings: "Pay was taken away.",
  RestrictsFinancialAccess: "Could not reach own money, cards or accounts.",
  RestrictsMedicalCare: "Could not see a doctor, or not alone.",
  WithholdsNecessities: "Food, water, sleep, clothes or shelter were kept back.",
  PsychologicalAbuse: "Was humiliated, shamed, deceived or worked upon through feelings.",
  PsychoactiveSubstance: "Drugs or drink were given, or an addiction was used.",
  ExcessiveWorkingHours: "Had to work far longer than agreed, or at night without end.",
  WithholdsDocuments: "Passport or other papers were taken.",
  RestrictsMovement: "Was locked in, watched, or cut off from other people.",
  UsesChildren: "Own children were taken away, or seeing them depended on obeying.",
  Other: "Another way of holding power over the person.",
};

const STATUS: Readonly<Record<CodeOf<"vic_TraffickingStatus">, string>> = {
  PossibleVictimOfTrafficking: "There are signs; nobody has decided yet.",
  ActualVictimOfTrafficking: "Somebody who may decide it has found that it was trafficking.",
  NotAVictimOfTrafficking: "It was looked into, and was not trafficking.",
};

const MEANINGS: { readonly [F in FieldId]?: Readonly<Record<string, string>> } = {
  vic_MethodsOfControl: CONTROL,
  x_methodsOfControl: CONTROL,
  vic_TraffickingStatus: STATUS,
  vic_ForcedLabourIndustry: INDUSTRY_MEANINGS satisfies Record<Industry, string>,
  x_migrantStatus: MIGRATION_MEANINGS,
};

/** What a code of a field means, or `undefined` where its label says it all. */
export function codeMeaning<F extends FieldId>(field: F, code: CodeOf<F>): string | undefined {
  const meanings = MEANINGS[field];
  return meanings !== undefined && Object.hasOwn(meanings, code) ? meanings[code] : undefined;
}
