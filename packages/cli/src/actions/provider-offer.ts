import type { DatasetId, MemberId } from "@symbolon/base/id";
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

/** The terms that the options spell out; `now` in milliseconds since 1970. */
export const termsOf = (options: OfferOptions, now: number): OfferTerms => ({
  query: findQuery(options.query).hash,
  beneficiary: options.to as MemberId,
  riskMax: options.riskMax,
  overlapMin: options.overlapMin,
  runsMax: options.runsMax,
  expires: instantOf(now + options.expires),
});

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
    const terms = termsOf(options, now);
    showTerms(options, terms, output);
    const tools = nodeToolbox;
    await meetNodes(clients, { space, signatures: tools.signatures, now });
    const context = { tools, identity, space, now };
    const offer = await signOffer(context, options.dataset as DatasetId, terms);
    const [hash] = await everyNode(clients, (client) => client.postOffer(offer));
    output.line(`All three nodes have the offer (${hash.slice(0, 12)}…).`);
    output.result({ offer: hash, expires: terms.expires });
  } finally {
    await connection.close();
  }
}
