import type { MemberId } from "@symbolon/base/id";
import {
  distinct,
  hash,
  identifier,
  instant,
  integer,
  list,
  number,
  oneOf,
  paramName,
  prose,
  record,
  set,
  text,
  where,
} from "../check.js";
import type { Hash } from "../hash.js";
import { RUNS_MAX, type Statement } from "../statement.js";
import { type Beneficiaries, beneficiaries } from "./consent.js";

/** A parameter and the values that it may have. */
export interface ParamBounds {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

export interface UseCaseQuery {
  readonly query: Hash;
  /** Every parameter of a request must be listed and within its bounds. */
  readonly params: readonly ParamBounds[];
}

/**
 * A use case as code: all that makes a use of data lawful and limited, in one file that people read
 * and nodes enforce. It is changed by proposing a new one.
 */
export interface UseCase extends Statement<"use-case"> {
  readonly by: MemberId;
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly purpose: string;
  readonly legalBasis: string;
  /** What the data are: their encoding, and the columns that may be read. */
  readonly data: { readonly layout: string; readonly fields: readonly string[] };
  readonly queries: readonly UseCaseQuery[];
  readonly beneficiaries: Beneficiaries;
  /** Members who must say yes besides those whom the charter's rule asks. */
  readonly approvers: readonly MemberId[];
  readonly retentionDays: number;
  readonly budget: { readonly runsPerEpoch: number };
  /** Text for the data-protection impact assessment: necessity, risks, measures. */
  readonly assessment: string;
}

const VALUE_MAX = 2 ** 32;

const bounds = where(
  record<ParamBounds>({
    name: paramName,
    min: number(-VALUE_MAX, VALUE_MAX),
    max: number(-VALUE_MAX, VALUE_MAX),
  }),
  ({ min, max }) => min <= max,
  "have a least value that is not above the greatest",
);

export const useCase = record<UseCase>({
  type: oneOf("urn:symbolon:statement:use-case:v1"),
  space: identifier,
  issuedAt: instant,
  by: identifier,
  name: identifier,
  version: integer(1, 1_000_000),
  title: text(),
  purpose: identifier,
  legalBasis: prose(2_000),
  data: record<UseCase["data"]>({ layout: identifier, fields: set<string>(identifier, 1, 64) }),
  queries: where(
    list(
      record<UseCaseQuery>({
        query: hash,
        params: where(
          list(bounds, 0, 16),
          (params) => distinct(params.map(({ name }) => name)),
          "name no parameter twice",
        ),
      }),
      1,
      32,
    ),
    (queries) => distinct(queries.map(({ query }) => query)),
    "name no query twice",
  ),
  beneficiaries,
  approvers: set<MemberId>(identifier, 0, 100),
  retentionDays: integer(1, 3_660),
  budget: record<UseCase["budget"]>({ runsPerEpoch: integer(0, RUNS_MAX) }),
  assessment: prose(20_000),
});
