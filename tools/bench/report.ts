import type { Activity } from "@symbolon/mpc/metrics";
import type { Adding } from "@symbolon/mpc/ring/vector";
import type { RingVector } from "@symbolon/mpc/sharing/shares";

/** A result's parts as they travel to the parent, which opens them: only a bench may do this. */
export interface PlainResult {
  readonly own: RingVector;
  readonly next: RingVector;
  readonly adding: Adding;
}

/** What a party measured. */
export interface PartyReport {
  readonly results: readonly PlainResult[];
  readonly seconds: number;
  readonly rounds: number;
  readonly messages: number;
  readonly andGates: number;
  readonly bytesSent: readonly number[];
  readonly milliseconds: Readonly<Record<Activity, number>>;
  /** Share of the time in which the party's thread had nothing to do but wait for messages. */
  readonly idle: number;
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

/** What a party process says: how far it is, or its report. */
export type PartyMessage = { readonly progress: number } | { readonly report: PartyReport };
