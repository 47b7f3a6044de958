import type { TermsOffer } from "@symbolon/governance/acts/consent";
import { payloadJson } from "@symbolon/governance/envelope";
import { type Instant, millisecondsOf } from "@symbolon/governance/instant";
import { parseStatement } from "@symbolon/governance/parse-statement";
import { type Consent, datasetName, type SpaceState } from "@symbolon/governance/space-state";
import type { Offer } from "@symbolon/governance/statement";
import type { NodeConfig } from "../config.js";
import type { DatasetRow, OfferRow } from "./store.js";

const DAY_MS = 86_400_000;

/** An offer in a stored row, of either form; it was checked when it came. */
export function offerIn({ envelope }: OfferRow): { issuedAt: Instant; expires: Instant } {
  const statement = parseStatement(payloadJson(envelope)) as Offer | TermsOffer;
  const { expires } = "terms" in statement ? statement.terms : statement;
  return { issuedAt: statement.issuedAt, expires };
}

/** When what a dataset is offered under ends, by this node's offers and by the log. */
export function offerEnds(
  row: Pick<DatasetRow, "provider" | "dataset">,
  offers: readonly OfferRow[],
  state: SpaceState | undefined,
): readonly Instant[] {
  const logged = state === undefined ? [] : consentsTo(state, row);
  return [
    ...offers.map((offer) => offerIn(offer).expires),
    ...logged.map(({ terms }) => terms.expires),
  ];
}

function consentsTo(
  { consents }: SpaceState,
  { provider, dataset }: Pick<DatasetRow, "provider" | "dataset">,
): readonly Consent[] {
  const name = datasetName(provider, dataset);
  return [...consents.values()].filter(
    (consent) => datasetName(consent.provider, consent.dataset) === name,
  );
}

/**
 * Until when a dataset is kept, in milliseconds since 1970: an upload that nobody finishes for
 * `uploadDays`; else for `datasetDays`, or as long as the use cases that it is offered for allow
 * if that is shorter, and no longer than `afterOfferDays` after its last offer has ended.
 */
export function keptUntil(
  { state, since }: Pick<DatasetRow, "state" | "since">,
  ends: readonly Instant[],
  { datasetDays, afterOfferDays, uploadDays }: NodeConfig["keep"],
  useCaseDays = Number.POSITIVE_INFINITY,
): number {
  if (state === "uploading") return since + uploadDays * DAY_MS;
  const lastOffer = Math.max(since, ...ends.map((end) => millisecondsOf(end) ?? 0));
  const offered = lastOffer + afterOfferDays * DAY_MS;
  return Math.min(since + Math.min(datasetDays, useCaseDays) * DAY_MS, offered);
}

/** The longest retention among the use cases that a dataset is offered for, by a log's state. */
export function useCaseDays(
  state: SpaceState,
  row: Pick<DatasetRow, "provider" | "dataset">,
): number | undefined {
  const days = consentsTo(state, row)
    .flatMap(({ terms }) => (terms.useCase && state.useCases.get(terms.useCase)) ?? [])
    .map(({ retentionDays }) => retentionDays);
  return days.length === 0 ? undefined : Math.max(...days);
}

/** Whether its provider has taken it back in the log, after the first node had it. */
export function isWithdrawn(
  state: SpaceState,
  { provider, dataset, root }: Pick<DatasetRow, "provider" | "dataset" | "root">,
): boolean {
  const withdrawn = state.withdrawn.get(datasetName(provider, dataset)) ?? -1;
  const receipts = state.holdings.get(root)?.receipts.values() ?? [];
  return withdrawn > Math.min(...receipts);
}

/** Before when runs were asked that are deleted now, if they are over. */
export const runsKeptSince = (now: number, { resultDays }: NodeConfig["keep"]): number =>
  now - resultDays * DAY_MS;
