import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FIELD_ALIASES } from "./aliases.js";
import { canonicalCode } from "./canonical-code.js";
import { canonicalField } from "./canonical-field.js";
import { INDUSTRY_MEANINGS, INDUSTRY_TIER_2, INDUSTRY_TIER_3 } from "./industry.js";
import { CTDC_AGES, CTDC_KANON, CTDC_SYNTHETIC, ctdcColumn } from "./maps/ctdc-columns.js";
import { POLARIS_TYPES } from "./maps/polaris.js";
import { INTERNATIONAL_PROTECTION, MIGRANT_TYPES, OTHER_MIGRATION } from "./migration.js";
import { ASSESSMENTS, FIELDS, type FieldId, GROUPS } from "./record.js";
import { splitCodes } from "./split.js";
import { STANDARD_SYSTEMS } from "./systems/standard.js";
import { columnFields } from "./template.js";

/**
 * Our tables against a reading of the standard's own files (IOM, CC BY 4.0), made by another
 * program. Not part of this project: the folder that SYMBOLON_BENCH_DATA names has
 * htcds/htcds-2.0.json and its neighbours.
 */
const folder = process.env["SYMBOLON_BENCH_DATA"];
const read = (file: string) => JSON.parse(readFileSync(`${folder}/htcds/${file}`, "utf8"));

interface Code {
  readonly code: string;
  readonly label: string;
}
interface StandardField {
  readonly section: string;
  readonly status: string;
  readonly core: boolean;
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly codes?: readonly Code[];
  readonly codeSystem?: string;
  readonly description?: string;
  readonly notes?: string;
}

const ours = [...FIELDS.values()].filter(({ isExtension }) => !isExtension);

describe.skipIf(folder === undefined)(
  "HTCDS against the standard's files (SYMBOLON_BENCH_DATA names their folder)",
  () => {
    const standard = folder === undefined ? undefined : read("htcds-2.0.json");
    const fields: StandardField[] = (standard?.fields ?? []).filter(
      (field: StandardField) => field.id !== undefined,
    );

    it("has the same fields, and no others", () => {
      expect(fields).toHaveLength(84);
      expect(ours.map(({ id }) => id).sort()).toEqual(fields.map(({ id }) => id).sort());
    });

    it("has the same section, label, type, status and codes, field by field", () => {
      for (const theirs of fields) {
        const field = FIELDS.get(theirs.id)!;
        const group = GROUPS[field.groups[0]];
        expect("section" in group && group.section, theirs.id).toBe(theirs.section);
        expect(field.core, theirs.id).toBe(theirs.core);
        expect(field.status ?? "DRAFT", theirs.id).toBe(theirs.status);
        // The one field that the standard leaves blank.
        if (theirs.id !== "per_Organisation") {
          expect([field.label, field.type]).toEqual([theirs.label, theirs.type]);
        }
        expect(field.system, theirs.id).toBe(theirs.codeSystem);
        const codes = Object.entries(field.codes ?? {}).map(([code, label]) => ({ code, label }));
        expect(codes, theirs.id).toEqual(theirs.codes ?? []);
        const pattern = /Regular Expression: (\S+)/.exec(theirs.notes ?? "")?.[1];
        expect(field.pattern, theirs.id).toBe(pattern);
      }
    });

    it("has the order of the standard within each section", () => {
      for (const { section } of standard.sections.map((it: { name: string }) => ({
        section: it.name,
      }))) {
        const theirs = fields.filter((field) => field.section === section).map(({ id }) => id);
        const mine = ours.filter(({ groups }) => {
          const group = GROUPS[groups[0]];
          return "section" in group && group.section === section;
        });
        expect(mine.map(({ id }) => id)).toEqual(theirs);
      }
    });

    it("explains fields in words of its own", () => {
      for (const { id, description } of fields) {
        expect(FIELDS.get(id)!.means).not.toBe("");
        if (description) expect(description).not.toContain(FIELDS.get(id)!.means.slice(0, -1));
      }
    });

    it("has the lists outside the table of fields", () => {
      const { migrationValues, definitions } = standard;
      const labels = (key: string) => Object.keys(migrationValues[key]);
      expect(Object.values(MIGRANT_TYPES)).toEqual(labels("Migrant Type"));
      expect(Object.values(INTERNATIONAL_PROTECTION)).toEqual(labels("International Protection"));
      expect(Object.values(OTHER_MIGRATION)).toEqual(labels("Other"));
      const tier1 = Object.keys(definitions["Labour Industry (TIER 1)"]);
      expect(Object.keys(INDUSTRY_MEANINGS)).toEqual(tier1);
      const tiers = (tier: string): string[][] =>
        Object.entries<Record<string, string>>(definitions)
          .filter(([name]) => name.startsWith(`Labour Subdivisions (${tier})`))
          .map(([, one]) => Object.keys(one).sort());
      expect(Object.values(INDUSTRY_TIER_2).map((one) => Object.values(one).sort())).toEqual(
        tiers("TIER 2"),
      );
      expect(
        Object.values(INDUSTRY_TIER_3).map((one) => one.map(({ label }) => label).sort()),
      ).toEqual(tiers("TIER 3"));
    });

    it("has a theme for each example question of the assessments", () => {
      const questions = standard.fields.filter((it: { kind?: string }) => it.kind !== undefined);
      const counts = Object.entries(ASSESSMENTS).map(([section, themes]) => {
        const theirs = questions.filter((it: { section: string }) => it.section === section);
        return [themes.length, theirs.length];
      });
      expect(counts).toEqual([
        [3, 3],
        [3, 3],
        [3, 3],
      ]);
    });
  },
);

describe.skipIf(folder === undefined)(
  "the official templates (SYMBOLON_BENCH_DATA names their folder)",
  () => {
    const templates = folder === undefined ? {} : read("htcds-2.0.json").templates;
    const excel = ["excel-basic", "excel-single", "excel-multi"];

    it("have a field for every column, the address by its labels", () => {
      for (const name of excel) {
        const { columns } = templates[name];
        const matches = columnFields(columns);
        const ids = matches.map((match) => (match.kind === "field" ? match.id : match.kind));
        expect(new Set(ids).size, name).toBe(columns.length);
        const labels = columns.map(({ label }: { label: string }) => label);
        for (const [label, id] of [
          ["Mailing Street", "prs_MailingStreet"],
          ["Mailing City", "prs_MailingCity"],
          ["Mailing State/Province", "prs_MailingState"],
          ["Mailing Zip/Postal Code", "prs_MailingPostalCode"],
          ["Mailing Country", "prs_MailingCountry"],
          ["Reason for Outgoing Referral", "cas_ReasonForOutgoingReferral"],
        ]) {
          expect(ids[labels.indexOf(label)]).toBe(id);
        }
      }
    });

    it("have a code for every value that their lists offer", () => {
      for (const name of excel.slice(1)) {
        for (const [label, values] of Object.entries<string[]>(templates[name].validation)) {
          if (/^(Date Start|Country)/.test(label)) continue;
          const match = canonicalField(label);
          expect(match.kind, label).toBe("field");
          const id = (match as { id: FieldId }).id;
          for (const value of values) expect(canonicalCode(id, value).kind, value).toBe("code");
          const all = splitCodes(id, values.join(";"));
          expect(all.unknown).toEqual([]);
          expect(all.codes.map(({ code }) => code)).toEqual(Object.keys(FIELDS.get(id)!.codes!));
        }
      }
    });

    it("have the same countries as we, but for Kosovo, by code and by name", () => {
      const { validation } = templates["excel-multi"];
      const codes: string[] = validation["Country Code"];
      const { codes: known } = STANDARD_SYSTEMS["iso3166-1"];
      expect(known.filter((code) => code !== "XK").sort()).toEqual([...codes].sort());
      const named: string[] = validation["Country"];
      const read = named.map((name) => STANDARD_SYSTEMS["iso3166-1"].find(name));
      expect(named.filter((_, k) => read[k] !== codes[k])).toEqual([]);
    });

    it("the XLSForm has a field for every question and a code for every choice", () => {
      const { survey, choices } = templates["xlsform"];
      const asked = survey.filter((it: { label: string }) => it.label !== "");
      const names = asked.map((it: { name: string }) => it.name);
      const byId = columnFields(names.map((id: string) => ({ id: `data/${id}` })));
      const byLabel = columnFields(asked.map((it: { label: string }) => ({ label: it.label })));
      expect(byId.every(({ kind }) => kind === "field")).toBe(true);
      const ids = (matches: typeof byId) => matches.map((it) => it.kind === "field" && it.id);
      expect(ids(byLabel)).toEqual(ids(byId));
      for (const [k, question] of asked.entries()) {
        const list = / (\w+)$/.exec(question.type)?.[1];
        if (list === undefined || list === "consent") continue;
        const id = ids(byId)[k] as FieldId;
        for (const { name, label } of choices[list]) {
          expect(canonicalCode(id, name)).toMatchObject({ kind: "code", code: name });
          expect(canonicalCode(id, label)).toMatchObject({ kind: "code", code: name });
        }
        const joined = choices[list].map((it: { name: string }) => it.name).slice(0, 20);
        expect(splitCodes(id, joined.join(" ")).codes.map(({ code }) => code)).toEqual(joined);
      }
    });

    it("has every known alias of field and value", () => {
      const { fieldAliases, valueAliases } = read("htcds-aliases.json");
      for (const [alias, id] of Object.entries<string>(fieldAliases)) {
        if (alias.startsWith("<") || id.includes("deprecated")) continue;
        expect(canonicalField(alias)).toMatchObject({ kind: "field", id: id.split(" ")[0] });
        expect(Object.keys(FIELD_ALIASES)).toContain(alias);
      }
      const { reason, ...own } = valueAliases;
      const all = { ...own, cas_ReasonForIncomingReferral: reason };
      for (const [id, values] of Object.entries<Record<string, string>>(all)) {
        for (const [text, code] of Object.entries(values)) {
          expect(canonicalCode(id as FieldId, text)).toMatchObject({ kind: "code", code });
        }
      }
    });
  },
);

describe.skipIf(folder === undefined)(
  "CTDC's columns and Polaris's types (SYMBOLON_BENCH_DATA names their folder)",
  () => {
    it("are those of the files", () => {
      const { ctdc } = read("htcds-ctdc-map.json");
      expect([...CTDC_KANON]).toEqual(ctdc.kanon2021);
      expect([...CTDC_SYNTHETIC]).toEqual(ctdc.synthetic);
      expect(CTDC_AGES.map(({ band }) => band)).toEqual(ctdc.ageBroad);
      for (const [cut, whole] of Object.entries<string>(ctdc.synthAliases)) {
        expect(ctdcColumn(cut)).toBe(whole);
      }
    });

    it("are mapped as was proposed", () => {
      const { types } = read("polaris-25.json");
      expect(POLARIS_TYPES.map(({ label }) => label)).toEqual(
        types.map((it: { label: string }) => it.label),
      );
      for (const [k, { htcds }] of types.entries()) {
        const { victim } = POLARIS_TYPES[k];
        const said = htcds["vic_TypeOfExploitation"].replace(/ \(.*/, "").split("|");
        expect(victim.vic_TypeOfExploitation).toEqual(said);
        expect(victim.vic_ForcedLabourIndustry?.[0] ?? null).toBe(htcds.vic_ForcedLabourIndustry);
        expect(victim.vic_TypeOfSexExploitation?.[0] ?? null).toBe(htcds.vic_TypeOfSexExploitation);
      }
    });
  },
);
