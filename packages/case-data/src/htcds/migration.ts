/**
 * Values that HTCDS 2.0 lists for migrants outside its table of fields: no field id, no codes; the
 * codes are ours, made of the labels as the standard makes its own. Labels: CC BY 4.0, IOM; no
 * endorsement by IOM. They feed the extension field `x_migrantStatus`.
 */
export const MIGRANT_TYPES = {
  FamilyMigrant: "Family Migrant",
  VisitorTouristMigrant: "Visitor / Tourist Migrant",
  LabourMigrant: "Labour migrant",
  StudentMigrant: "Student Migrant",
  IrregularMigrant: "Irregular migrant",
} as const;

export const INTERNATIONAL_PROTECTION = {
  AsylumSeeker: "Asylum Seeker",
  Refugee: "Refugee",
  RecipientOfComplementaryProtection: "Recipient of complementary protection",
  StatelessPerson: "Stateless person",
} as const;

export const OTHER_MIGRATION = {
  EnvironmentalMigrant: "Environmental migrant",
  VulnerableMigrant: "Vulnerable migrant",
  StrandedMigrant: "Stranded migrant",
  ForcedMigrant: "Forced migrant",
  Deportee: "Deportee",
  ExCombatant: "Ex-combatant",
  InternallyDisplacedPerson: "Internally displaced person",
  SeparatedOrUnaccompaniedChild: "Seperated or Unaccompanied child",
  Returnee: "Returnee",
} as const;

export const MIGRATION = {
  ...MIGRANT_TYPES,
  ...INTERNATIONAL_PROTECTION,
  ...OTHER_MIGRATION,
} as const;

/** Our own short words; those of the standard are longer, and follow IOM's handbook. */
export const MIGRATION_MEANINGS: Readonly<Record<keyof typeof MIGRATION, string>> = {
  // The standard explains this one with the words for visitors, by mistake.
  FamilyMigrant: "May stay because a member of the family does.",
  VisitorTouristMigrant: "May stay for a short time, to visit or to travel.",
  LabourMigrant: "May live and work there for a time.",
  StudentMigrant: "May live and study there for a time.",
  IrregularMigrant: "Has no right to be in the country, or lost it.",
  AsylumSeeker: "Has asked for protection and waits for the decision.",
  Refugee: "Has been recognised as a refugee.",
  RecipientOfComplementaryProtection: "May stay because return would be dangerous; no refugee.",
  StatelessPerson: "No state holds this person to be its national.",
  EnvironmentalMigrant: "Left because the environment changed, at once or little by little.",
  VulnerableMigrant: "Cannot make use of human rights, or is in danger of losing them.",
  StrandedMigrant: "Can neither go on nor go back.",
  ForcedMigrant: "Moved under some coercion, but is neither refugee nor asylum seeker.",
  Deportee: "Was sent back by force.",
  ExCombatant: "Fought in a conflict and no longer does.",
  InternallyDisplacedPerson: "Had to flee home, and is still within the country.",
  SeparatedOrUnaccompaniedChild: "A child without its parents; perhaps with other relatives.",
  Returnee: "Came back to the country of origin of free will.",
};
