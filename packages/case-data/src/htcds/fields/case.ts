import { CASE_STATUSES, REFERRAL_REASONS } from "../lists.js";
import type { FieldTable } from "../spec.js";

/** HTCDS 2.0, section "Case". Attribution: `spec.ts`. */
export const CASE_FIELDS = {
  cas_Status: {
    label: "Status",
    type: "Picklist",
    core: true,
    codes: CASE_STATUSES,
    means: "Whether the case is worked on, followed up or closed.",
  },
  cas_ReasonForCaseClosure: {
    label: "Reason for Case Closure",
    type: "Long Text",
    core: true,
    means: "Why the case was closed.",
  },
  cas_CaseOwner: {
    label: "Case Owner",
    type: "Lookup [to user]",
    core: true,
    means: "Case worker who is in charge.",
  },
} as const satisfies FieldTable;

/** HTCDS 2.0, section "Referral Details": an entry for each time that a case was referred. */
export const REFERRAL_FIELDS = {
  cas_ReferringOrganisation: {
    label: "Referring Organisation",
    type: "Lookup [to organisation]",
    core: true,
    means: "Who sent the case to us.",
  },
  cas_IncomingReferralDate: {
    label: "Incoming Referral Date",
    type: "Date",
    core: true,
    means: "When we took the case over.",
  },
  cas_ReferringPrimaryCaseWorker: {
    label: "Referring Primary Case Worker",
    type: "Lookup [to person]",
    core: true,
    means: "Whom to ask at the organisation that sent the case.",
  },
  cas_ReasonForIncomingReferral: {
    label: "Reason for Incoming Referral",
    type: "Picklist",
    core: true,
    codes: REFERRAL_REASONS,
    means: "Why the case was sent to us.",
  },
  cas_IncomingReferralDetails: {
    label: "Incoming Referral Details",
    type: "Long Text",
    core: true,
    means: "What was arranged when we took the case over.",
  },
  cas_ReferredOrganisation: {
    label: "Referred Organisation",
    type: "Lookup [to organisation]",
    core: true,
    means: "To whom we sent the case.",
  },
  cas_ReferredPrimaryCaseWorker: {
    label: "Referred Primary Case Worker",
    type: "Lookup [to person]",
    core: true,
    means: "Whom to ask at the organisation that received the case.",
  },
  cas_ReasonForOutgoingReferral: {
    label: "Reason for Outgoing Referral",
    type: "Picklist",
    core: true,
    codes: REFERRAL_REASONS,
    means: "Why we sent the case on.",
  },
  cas_OutgoingReferralDate: {
    label: "Outgoing Referral Date",
    type: "Date",
    core: true,
    means: "When we sent the case on.",
  },
  cas_OutgoingReferralDetails: {
    label: "Outgoing Referral Details",
    type: "Long Text",
    core: true,
    means: "What was arranged when we sent the case on.",
  },
} as const satisfies FieldTable;

/** HTCDS 2.0, section "Case Comment". */
export const COMMENT_FIELDS = {
  cco_CaseComment: {
    label: "Case Comment",
    type: "Long Text",
    core: false,
    means: "A note of the case worker on how the case goes.",
  },
} as const satisfies FieldTable;

/** HTCDS 2.0, section "Consent". */
export const CONSENT_FIELDS = {
  con_Consent: {
    label: "Consent",
    type: "Checkbox",
    core: true,
    means: "The person was told what the data is for, and agreed. To what: x_consent….",
  },
} as const satisfies FieldTable;
