import type { FieldId } from "../htcds/record.js";
import { headerKey } from "../intake/header.js";

/**
 * Headings of fields of the standard that are not compared in a linkage, in the languages in which
 * lists often come: Spanish, French, Dutch, German, Portuguese; and what English lists say for
 * them. Our words; the standard itself has labels in English only.
 */
const HEADINGS: { readonly [F in FieldId]?: string } = {
  vic_TypeOfExploitation:
    "type of trafficking; trafficking type; exploitation; exploitation type; " +
    "form of exploitation; tipo de explotación; forma de explotación; tipo de trata; " +
    "type d exploitation; forme d exploitation; soort uitbuiting; vorm van uitbuiting; " +
    "uitbuitingsvorm; art der ausbeutung; form der ausbeutung; ausbeutungsform; " +
    "tipo de exploração; forma de exploração; tipo di sfruttamento",
  vic_MethodsOfControl:
    "means of control; control; methods used to control; medios de control; " +
    "métodos de control; moyens de contrôle; dwangmiddelen; controlemiddelen; " +
    "mittel der kontrolle; zwangsmittel; meios de controle; meios de controlo; " +
    "mezzi di controllo",
  vic_MethodOfRecruitment:
    "recruitment; recruitment method; how recruited; forma de captación; " +
    "método de reclutamiento; mode de recrutement; méthode de recrutement; " +
    "wijze van ronseling; wervingsmethode; art der anwerbung; anwerbung; " +
    "forma de recrutamento; aliciamento",
  vic_TraffickingStatus: "victim status; estado de víctima; statut de victime; slachtofferstatus",
  prs_MaritalStatus:
    "civil status; estado civil; état civil; situation familiale; burgerlijke staat; " +
    "familienstand; stato civile",
  prs_HighestLevelOfEducation:
    "education; education level; level of education; nivel educativo; nivel de estudios; " +
    "niveau d études; niveau d éducation; opleidingsniveau; bildungsabschluss; " +
    "escolaridade",
  prs_PrimaryLanguage:
    "language; mother tongue; idioma; lengua materna; langue; langue maternelle; taal; " +
    "moedertaal; sprache; muttersprache; língua",
  cas_Status: "case status; estado del caso; statut du dossier; statut; dossierstatus; fallstatus",
  x_registeredOn:
    "registration date; date registered; opened on; intake date; fecha de registro; " +
    "fecha de ingreso; date d enregistrement; date d admission; registratiedatum; " +
    "datum aanmelding; aufnahmedatum; data de registo; data de registro",
  x_aliases: "aliases; alias; nickname; also known as; apodo; surnom; bijnaam; spitzname",
  x_exploitationCountry:
    "country of exploitation; país de explotación; pays d exploitation; " +
    "land van uitbuiting; ausbeutungsland; país de exploração",
};

const FIELD_OF = new Map<string, FieldId>(
  Object.entries(HEADINGS).flatMap(([field, names]) =>
    names.split(";").map((name) => [headerKey(name), field as FieldId] as const),
  ),
);

/** The field of the standard that a heading means, as people call it; also behind a group. */
export const fieldOfHeading = (heading: string): FieldId | undefined =>
  FIELD_OF.get(headerKey(heading)) ?? FIELD_OF.get(headerKey(heading.split(/[/:]/).at(-1) ?? ""));
