import anyAscii from "any-ascii";
import { labelBeatsId } from "../htcds/template.js";
import { plainText } from "../normalise/text.js";
import { HEADER_SYNONYMS, type SourceField } from "./fields.js";

/** A header without case, accents, blanks and signs. */
export const headerKey = (header: string): string =>
  anyAscii(header.normalize("NFKC"))
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

const FIELD_OF = new Map<string, SourceField>();
for (const [field, synonyms] of Object.entries(HEADER_SYNONYMS)) {
  for (const synonym of synonyms) FIELD_OF.set(headerKey(synonym), field as SourceField);
}

/** Characters of a header: what is longer is no name of a column. */
const HEADER_MAX = 300;

const EXPLOITERS = new RegExp(
  "\\b(perpetrators?|traffickers?|exploiters?|recruiters?|suspects?|offenders?|abusers?|pimps?|" +
    "tratantes?|explotador(es)?|reclutador(es)?|sospechosos?|perpetrador(es)?|proxenetas?|" +
    "trafiquants?|exploiteurs?|recruteurs?|auteurs?|mensenhandela(a)?rs?|daders?|uitbuiters?|" +
    "verdachten?|ronselaars?|tater|menschenhandler|verdachtiger?|traficantes?|aliciador(es)?|" +
    "suspeitos?|trafficant[ei]|sfruttator[ei])\\b",
);
const OTHERS = new RegExp(
  "\\b(mothers?|fathers?|parents?|guardians?|caregivers?|relatives?|spouse|emergency contact|" +
    "contact person|interviewers?|enumerators?|officers?|case ?workers?|social workers?|" +
    "reporters?|referrers?|witness(es)?|interpreters?|madre|padre|mere|pere|moeder|vader|mutter|" +
    "vater|entrevistador(es)?|enqueteurs?|behandelaar|begeleider|sachbearbeiter(in)?)\\b",
);

/** A header's words in plain letters; those of camelCase apart. */
export const spacedWords = (header: string): string =>
  plainText(header.replace(/([a-z])([A-Z])/g, "$1 $2"));

/** Whether a header says that it is about somebody who exploited people. */
export const isOfExploiters = (header: string): boolean => EXPLOITERS.test(spacedWords(header));

/** Whether a header says that it is about somebody else than the victim. */
export const isOfOthers = (header: string): boolean =>
  isOfExploiters(header) || OTHERS.test(spacedWords(header));

/** Words before a name that say what all of the list says: whose it is. */
const OF_THE_VICTIM = /^(prs|persons?|clients?|victims?|survivors?|beneficiar(y|ies))('?s)?[_\s]+/i;

/**
 * The field that a header names, if it is known: as it stands, without a unit or remark in
 * brackets, without Salesforce's suffix, or by its last part (`group/first_name`).
 */
export function fieldOfHeader(header: string): SourceField | undefined {
  if (header.length > HEADER_MAX) return undefined;
  const bare = header.replace(/[([].*$/, "").replace(/__c$/i, "");
  const path = bare.split(/[/:.]/);
  // The phone of `perpetrator/phone` is not the victim's.
  if (path.length > 1 && isOfOthers(path.slice(0, -1).join(" "))) return undefined;
  const last = path.at(-1) ?? "";
  for (const candidate of [header, bare, last, last.replace(OF_THE_VICTIM, "")]) {
    const field = FIELD_OF.get(headerKey(candidate));
    if (field !== undefined) return field;
  }
  return undefined;
}

/**
 * The field of a column that may have an identifier above its header. The identifier says it, but
 * for the columns whose identifiers the official templates mixed up.
 */
export function fieldOfColumn(header: string, id = ""): SourceField | undefined {
  if (id.trim() === "" || labelBeatsId(id, header)) return fieldOfHeader(header);
  return fieldOfHeader(id) ?? fieldOfHeader(header);
}
