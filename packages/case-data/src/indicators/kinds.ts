import type { CodeOf } from "../htcds/record.js";

/** What kind of trace an indicator is. */
export const INDICATOR_KINDS = [
  "phone",
  "email",
  "handle",
  "document",
  "plate",
  "address",
  "alias",
  "advert",
] as const;
export type IndicatorKind = (typeof INDICATOR_KINDS)[number];

/** What an answer tells apart: ways to reach somebody count as one kind of evidence. */
export const EVIDENCE_CLASSES = [
  "contact",
  "document",
  "plate",
  "address",
  "alias",
  "advert",
] as const;
export type EvidenceClass = (typeof EVIDENCE_CLASSES)[number];

export const classOf = (kind: IndicatorKind): EvidenceClass =>
  kind === "phone" || kind === "email" || kind === "handle" ? "contact" : kind;

export const EXACTNESS = ["exact", "near"] as const;
export type Exactness = (typeof EXACTNESS)[number];

/** Channels of an answer, in the order of its counts; a slot's code is 1 + the channel. */
export const CHANNELS: readonly { readonly evidence: EvidenceClass; readonly how: Exactness }[] =
  EVIDENCE_CLASSES.flatMap((evidence) => EXACTNESS.map((how) => ({ evidence, how })));

export const slotCode = (kind: IndicatorKind, how: Exactness): number =>
  1 + 2 * EVIDENCE_CLASSES.indexOf(classOf(kind)) + EXACTNESS.indexOf(how);

/** Bits of a slot's code and key on the wire. */
export const SLOT_CODE_BITS = 4;
export const SLOT_KEY_BITS = 64;
/** Indicators of one case that are looked at, and keys that they may have in all. Public. */
export const CASE_INDICATORS_MAX = 8;
export const CASE_SLOTS = 16;

/** Kinds by the standard's codes for them. */
export const KIND_OF_TYPE: Readonly<Record<CodeOf<"x_indicatorType">, IndicatorKind>> = {
  Address: "address",
  Phone: "phone",
  Email: "email",
  Handle: "handle",
  Plate: "plate",
  DocumentNumber: "document",
  Alias: "alias",
  AdvertFingerprint: "advert",
};
