import type { DatasetSchema } from "@symbolon/base/dataset";
import type { DatasetId, MemberId, PartyIndex, RunId, SpaceId } from "@symbolon/base/id";
import type { Charter } from "./acts/charter.js";
import type {
  Agreement,
  CounterOffer,
  TermsOffer,
  Tombstone,
  Veto,
  Withdrawal,
} from "./acts/consent.js";
import type {
  Application,
  Departure,
  Enrolment,
  Identity,
  Recovery,
  Removal,
} from "./acts/identity.js";
import type {
  PrivateContents,
  ResultReceived,
  RunEnded,
  RunGranted,
  UseRequest,
} from "./acts/run.js";
import type { UseCase } from "./acts/use-case.js";
import type {
  Approval,
  NodeApproval,
  NodeReplacement,
  QueryProposal,
  SoftwareAcceptance,
} from "./acts/vote.js";
import type { Hash } from "./hash.js";
import type { Instant } from "./instant.js";

/**
 * The statements that members and nodes sign. Each names its type with a version and its data
 * space; each is canonical JSON in an `Envelope`. Keys and sealed bytes are base64, hashes
 * hexadecimal. Nothing in a statement is secret.
 */
export interface Statement<Type extends string, Version extends string = "v1"> {
  readonly type: `urn:symbolon:statement:${Type}:${Version}`;
  readonly space: SpaceId;
  readonly issuedAt: Instant;
}

/** A node says who it is and what it runs, before anybody sends it anything. */
export interface NodeDescriptor extends Statement<"node-descriptor"> {
  readonly node: PartyIndex;
  readonly name: string;
  readonly signingKey: string;
  /** Where parts are sealed to: X25519. `hpkeKeyId` is the hash of the raw key. */
  readonly hpkeKey: string;
  readonly hpkeKeyId: Hash;
  readonly suites: readonly string[];
  readonly buildHash: Hash;
  readonly version: string;
  /** Attestation evidence; none is defined yet. */
  readonly evidence: readonly never[];
}

/** The ciphertexts of one column for one node. */
export interface SealedFor {
  readonly keyId: Hash;
  /** HPKE's encapsulated key. */
  readonly enc: string;
  /** SHA-256 of each sealed chunk, in order. */
  readonly chunks: readonly Hash[];
}

export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly nodes: readonly [SealedFor, SealedFor, SealedFor];
}

/**
 * What the provider measured on its own list: the chance that two records of one person score
 * below each threshold (low, expected, high), and how often each linkage field is filled in.
 */
export interface Calibration {
  readonly thresholds: readonly number[];
  readonly missLow: readonly number[];
  readonly missExpected: readonly number[];
  readonly missHigh: readonly number[];
  readonly presence: readonly { readonly field: string; readonly rate: number }[];
}

/** A provider commits to a dataset: its shape, its consent policy and every sealed byte. */
export interface DatasetManifest extends Statement<"dataset-manifest"> {
  readonly provider: MemberId;
  readonly dataset: DatasetId;
  readonly epoch: number;
  readonly schema: DatasetSchema;
  readonly schemaHash: Hash;
  /** The hash of the offer that this data was first given under. */
  readonly policyHash: Hash;
  readonly suites: { readonly seal: string; readonly expand: string };
  readonly parts: readonly SealedColumn[];
  readonly calibration: Calibration;
}

/**
 * A provider allows one query on one of its datasets for one beneficiary. A later offer for the
 * same three replaces it; `runsMax` 0 takes the consent back.
 */
export interface Offer extends Statement<"offer"> {
  readonly provider: MemberId;
  readonly dataset: DatasetId;
  /** The hash of the query's declaration. */
  readonly query: Hash;
  readonly beneficiary: MemberId;
  /** The highest accepted chance that a picked name is on this provider's list. */
  readonly riskMax: number;
  /** The least share of the asker's list that is assumed to be known, whatever the asker says. */
  readonly overlapMin: number;
  readonly runsMax: number;
  readonly expires: Instant;
}

export const RISK_MAX_DEFAULT = 0.001;
export const OVERLAP_MIN_DEFAULT = 0.5;
export const RUNS_MAX_DEFAULT = 1;

/** A dataset by its name and its root: the hash of its manifest. */
export interface DatasetRef {
  readonly dataset: DatasetId;
  readonly root: Hash;
}

/** Numbers by name; which ones there are and their bounds is for the query to say. */
export type RunParams = Readonly<Record<string, number>>;

/** A beneficiary asks an approved query. The run is named after the hash of this statement. */
export interface RunRequest extends Statement<"run-request"> {
  readonly asker: MemberId;
  readonly query: Hash;
  readonly params: RunParams;
  readonly ours: DatasetRef;
  readonly theirs: readonly DatasetRef[];
  /** 32 hexadecimal digits that make two equal questions two runs. */
  readonly nonce: string;
  /** X25519 key that the result's shares are sealed to. */
  readonly resultKey: string;
}

/** A node has opened and stored every part of a dataset. */
export interface Receipt extends Statement<"receipt"> {
  readonly node: PartyIndex;
  readonly provider: MemberId;
  readonly dataset: DatasetId;
  readonly root: Hash;
}

/** The asker collects the sealed result of its run. */
export interface ResultRequest extends Statement<"result-request"> {
  readonly asker: MemberId;
  readonly run: RunId;
}

/** The largest threshold: scores live in 16 bits. */
export const THRESHOLD_MAX = 32_767;
export const PARAMS_MAX = 16;
export const LISTS_MAX = 64;
export const RUNS_MAX = 1_000_000;

/** Between one member and the nodes. */
export type DirectStatement =
  | NodeDescriptor
  | DatasetManifest
  | Offer
  | RunRequest
  | Receipt
  | ResultRequest;

/** What a data space decides and does in front of all its members: in the log. */
export type Act =
  | Charter
  | Identity
  | Application
  | Enrolment
  | Recovery
  | Departure
  | Removal
  | Approval
  | NodeApproval
  | QueryProposal
  | NodeReplacement
  | SoftwareAcceptance
  | UseCase
  | TermsOffer
  | CounterOffer
  | Agreement
  | Veto
  | Withdrawal
  | Tombstone
  | UseRequest
  | RunGranted
  | RunEnded
  | ResultReceived
  | PrivateContents;

export type AnyStatement = DirectStatement | Act;

/** A run's name, the same at all nodes: it follows from what was asked. */
export const runIdOf = (requestHash: Hash): RunId => requestHash.slice(0, 32) as RunId;

/** The root of a dataset is the hash of its manifest's payload. */
export const datasetKey = (ref: DatasetRef): string => `${ref.dataset}@${ref.root}`;

/** One answer for each committed list and query. */
export const answerKey = (query: Hash, ours: DatasetRef): string => `${query}/${ours.root}`;
