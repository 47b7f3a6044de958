import { charter } from "./acts/charter.js";
import {
  agreement,
  counterOffer,
  termsOffer,
  tombstone,
  veto,
  withdrawal,
} from "./acts/consent.js";
import { application, departure, enrolment, identity, recovery, removal } from "./acts/identity.js";
import {
  nonce,
  privateContents,
  resultReceived,
  runEnded,
  runGranted,
  useRequest,
} from "./acts/run.js";
import { useCase } from "./acts/use-case.js";
import {
  approval,
  nodeApproval,
  nodeReplacement,
  queryProposal,
  softwareAcceptance,
} from "./acts/vote.js";
import {
  base64,
  type Check,
  described,
  distinct,
  hash,
  identifier,
  instant,
  integer,
  type JsonSchema,
  list,
  number,
  numbers,
  oneOf,
  record,
  text,
  triple,
  where,
} from "./check.js";
import { type Envelope, payloadJson } from "./envelope.js";
import { InvalidDocument } from "./invalid-document.js";
import { COLUMNS_MAX, schema, TABLES_MAX } from "./schema.js";
import {
  type AnyStatement,
  type Calibration,
  type DatasetManifest,
  type DatasetRef,
  LISTS_MAX,
  type NodeDescriptor,
  type Offer,
  PARAMS_MAX,
  type Receipt,
  type ResultRequest,
  RUNS_MAX,
  type RunRequest,
  type SealedColumn,
  type SealedFor,
  THRESHOLD_MAX,
} from "./statement.js";

const CHUNKS_MAX = 4_097;
const CURVE_POINTS_MAX = 4_096;

const party = oneOf(0, 1, 2);
const key = base64(32);
const rate = number(0, 1);

const sealedFor = record<SealedFor>({
  keyId: hash,
  enc: base64(32),
  chunks: list(hash, 1, CHUNKS_MAX),
});

const calibration: Check<Calibration> = where(
  record<Calibration>({
    thresholds: list(integer(-THRESHOLD_MAX, THRESHOLD_MAX), 0, CURVE_POINTS_MAX),
    missLow: list(rate, 0, CURVE_POINTS_MAX),
    missExpected: list(rate, 0, CURVE_POINTS_MAX),
    missHigh: list(rate, 0, CURVE_POINTS_MAX),
    presence: list(record<{ field: string; rate: number }>({ field: identifier, rate }), 0, 64),
  }),
  ({ thresholds, missLow, missExpected, missHigh }) =>
    thresholds.every((value, k) => k === 0 || value > thresholds[k - 1]) &&
    [missLow, missExpected, missHigh].every(({ length }) => length === thresholds.length) &&
    thresholds.every((_, k) => missLow[k] <= missExpected[k] && missExpected[k] <= missHigh[k]),
  "rise in thresholds and have low, expected and high chances in this order for each",
);

const datasetRef = record<DatasetRef>({ dataset: identifier, root: hash });

const nodeDescriptor = record<NodeDescriptor>({
  type: oneOf("urn:symbolon:statement:node-descriptor:v1"),
  space: identifier,
  issuedAt: instant,
  node: party,
  name: text(),
  signingKey: key,
  hpkeKey: key,
  hpkeKeyId: hash,
  suites: list(text(64), 1, 16),
  buildHash: hash,
  version: text(64),
  evidence: list<never>(
    described({}, () => undefined as never),
    0,
    0,
  ),
});

const datasetManifest = record<DatasetManifest>({
  type: oneOf("urn:symbolon:statement:dataset-manifest:v1"),
  space: identifier,
  issuedAt: instant,
  provider: identifier,
  dataset: identifier,
  epoch: integer(0, 2 ** 31),
  schema,
  schemaHash: hash,
  policyHash: hash,
  suites: record<DatasetManifest["suites"]>({ seal: text(64), expand: text(64) }),
  parts: list(
    record<SealedColumn>({ table: identifier, column: identifier, nodes: triple(sealedFor) }),
    1,
    TABLES_MAX * COLUMNS_MAX,
  ),
  calibration,
});

const offer = record<Offer>({
  type: oneOf("urn:symbolon:statement:offer:v1"),
  space: identifier,
  issuedAt: instant,
  provider: identifier,
  dataset: identifier,
  query: hash,
  beneficiary: identifier,
  riskMax: rate,
  overlapMin: number(0, 0.999),
  runsMax: integer(0, RUNS_MAX),
  expires: instant,
});

const runRequest = record<RunRequest>({
  type: oneOf("urn:symbolon:statement:run-request:v1"),
  space: identifier,
  issuedAt: instant,
  asker: identifier,
  query: hash,
  params: numbers(PARAMS_MAX),
  ours: datasetRef,
  theirs: list(datasetRef, 1, LISTS_MAX),
  nonce,
  resultKey: key,
});

const receipt = record<Receipt>({
  type: oneOf("urn:symbolon:statement:receipt:v1"),
  space: identifier,
  issuedAt: instant,
  node: party,
  provider: identifier,
  dataset: identifier,
  root: hash,
});

const resultRequest = record<ResultRequest>({
  type: oneOf("urn:symbolon:statement:result-request:v1"),
  space: identifier,
  issuedAt: instant,
  asker: identifier,
  run: identifier,
});

const CHECKS: { readonly [T in AnyStatement as T["type"]]: Check<T> } = {
  "urn:symbolon:statement:node-descriptor:v1": nodeDescriptor,
  "urn:symbolon:statement:dataset-manifest:v1": datasetManifest,
  "urn:symbolon:statement:offer:v1": offer,
  "urn:symbolon:statement:run-request:v1": runRequest,
  "urn:symbolon:statement:receipt:v1": receipt,
  "urn:symbolon:statement:result-request:v1": resultRequest,
  "urn:symbolon:statement:charter:v1": charter,
  "urn:symbolon:statement:identity:v1": identity,
  "urn:symbolon:statement:application:v1": application,
  "urn:symbolon:statement:enrolment:v1": enrolment,
  "urn:symbolon:statement:recovery:v1": recovery,
  "urn:symbolon:statement:departure:v1": departure,
  "urn:symbolon:statement:removal:v1": removal,
  "urn:symbolon:statement:approval:v1": approval,
  "urn:symbolon:statement:node-approval:v1": nodeApproval,
  "urn:symbolon:statement:query-proposal:v1": queryProposal,
  "urn:symbolon:statement:node-replacement:v1": nodeReplacement,
  "urn:symbolon:statement:software-acceptance:v1": softwareAcceptance,
  "urn:symbolon:statement:use-case:v1": useCase,
  "urn:symbolon:statement:offer:v2": termsOffer,
  "urn:symbolon:statement:counter-offer:v1": counterOffer,
  "urn:symbolon:statement:agreement:v1": agreement,
  "urn:symbolon:statement:veto:v1": veto,
  "urn:symbolon:statement:withdrawal:v1": withdrawal,
  "urn:symbolon:statement:tombstone:v1": tombstone,
  "urn:symbolon:statement:run-request:v2": useRequest,
  "urn:symbolon:statement:run-granted:v2": runGranted,
  "urn:symbolon:statement:run-ended:v2": runEnded,
  "urn:symbolon:statement:result-received:v1": resultReceived,
  "urn:symbolon:statement:private-contents:v1": privateContents,
};

/** The JSON Schema of each type of statement, for programs that are not ours. */
export const statementSchemas = (): ReadonlyMap<AnyStatement["type"], JsonSchema> =>
  new Map(
    Object.entries(CHECKS).map(([type, check]) => [
      type as AnyStatement["type"],
      { $schema: "https://json-schema.org/draft/2020-12/schema", $id: type, ...check.schema },
    ]),
  );

/** Checks a statement of any known type; `InvalidDocument` names the first field that is wrong. */
export function parseStatement(value: unknown): AnyStatement {
  const type = (value as { type?: unknown } | null)?.type;
  if (typeof type !== "string" || !Object.hasOwn(CHECKS, type))
    throw new InvalidDocument("$.type", "be a statement type that this version knows");
  return CHECKS[type as AnyStatement["type"]](value, "$");
}

/** The statement in an envelope, which must be of the given type. Does not check the signature. */
export function statementIn<T extends AnyStatement["type"]>(
  envelope: Envelope,
  type: T,
): Extract<AnyStatement, { type: T }> {
  const statement = parseStatement(payloadJson(envelope));
  if (statement.type !== type) throw new InvalidDocument("$.type", `be ${type}`);
  return statement as Extract<AnyStatement, { type: T }>;
}

/** Whether no two columns of a manifest's list of parts are the same. */
export const partsAreDistinct = (parts: readonly SealedColumn[]): boolean =>
  distinct(parts.map(({ table, column }) => `${table}.${column}`));
