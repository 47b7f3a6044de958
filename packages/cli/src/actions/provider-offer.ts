import type { DatasetId, MemberId } from "@symbolon/base/id";
import type { ConsentTerms } from "@symbolon/governance/acts/consent";
import { instantOf } from "@symbolon/governance/instant";
import { nodeToolbox } from "@symbolon/provider/crypto/node";
import { type OfferTerms, signOffer } from "@symbolon/provider/submission";
import { everyNode, meetNodes } from "@symbolon/provider/submit";
import type { OfferOptions, ReofferOptions } from "../commands/provider.js";
import { percent, plural } from "../format.js";
import type { Output } from "../output.js";
import type { Session } from "../program.js";
import { connect } from "./connect.js";
import { findQuery, showQuery } from "./query.js";
import { logOffer, useCaseIn } from "./use-case-in.js";

/** The terms that the options spell out; `now` in milliseconds since 1970. */
export const termsOf = (options: OfferOptions, now: number): OfferTerms => ({
  query: findQuery(options.query).hash,
  beneficiary: options.to as MemberId,
  riskMax: options.riskMax,
  overlapMin: options.overlapMin,
  runsMax: options.runsMax,
  expires: instantOf(now + options.expires),
});

/**
 * The same under a charter: all that the use case names, for the member that may ask. Read from the
 * checked log. Throws `CliError`.
 */
export async function termsWithin(
  options: OfferOptions & { readonly space: string },
  terms: OfferTerms,
  signal: AbortSignal,
): Promise<OfferTerms> {
  if (options.useCase === undefined) return terms;
  const { hash: useCase, ...found } = await useCaseIn(options.space, options.useCase, signal);
  const { query } = findQuery(options.query);
  const agreed: ConsentTerms = {
    ...{ query: terms.query, useCase, expires: terms.expires, purpose: found.purpose },
    beneficiaries: { classes: [], members: [terms.beneficiary] },
    fields: query.reads.columns.map(({ name }) => name),
    ...{ direction: "asker", vetoHours: 0, riskMax: terms.riskMax ?? 0, runsMax: options.runsMax },
    overlapMin: options.overlapMin,
  };
  return { ...terms, agreed };
}

/** Says in words what is about to be signed. */
export function showTerms(options: OfferOptions, terms: OfferTerms, output: Output): void {
  const { query, hash } = findQuery(options.query);
  showQuery({ query, hash }, output);
  if (options.runsMax === 0) {
    output.line(`This takes back what ${options.to} was allowed.`);
    return;
  }
  output.line(
    `  ${options.to} may ask it, ${plural(options.runsMax, "time")}, until ${terms.expires}` +
      (query.picks
        ? `, if a name of this list is picked with a chance of at most ${percent(options.riskMax)}.`
        : "."),
  );
}

/** Signs a new offer for a dataset that the nodes have, and gives it to all three. */
export async function providerOffer(options: ReofferOptions, session: Session): Promise<void> {
  const { output, signal } = session;
  const connection = await connect(options, signal);
  try {
    const { space, identity, clients, clock } = connection;
    const now = clock.now();
    const terms = await termsWithin(options, termsOf(options, now), signal);
    showTerms(options, terms, output);
    const tools = nodeToolbox;
    await meetNodes(clients, { space, signatures: tools.signatures, now });
    const context = { tools, identity, space, now };
    const offer = await signOffer(context, options.dataset as DatasetId, terms);
    if (terms.agreed !== undefined) {
      const { hash } = await logOffer(options.space, offer, signal);
      output.line(`The offer is logged (${hash.slice(0, 12)}…); ${options.to} agrees to it now:`);
      output.line(`  symbolon space agree ${hash.slice(0, 12)}`);
      output.result({ offer: hash, expires: terms.expires });
      return;
    }
    const [hash] = await everyNode(clients, (client) => client.postOffer(offer));
    output.line(`All three nodes have the offer (${hash.slice(0, 12)}…).`);
    output.result({ offer: hash, expires: terms.expires });
  } finally {
    await connection.close();
  }
}
