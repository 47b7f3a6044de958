import { covers } from "@symbolon/governance/fold/consents";
import { memberIn } from "@symbolon/governance/space-state";
import type { SpaceMemberOptions } from "../commands/space.js";
import type { Session } from "../program.js";
import { byPrefix } from "./by-prefix.js";
import { asMember } from "./space-log.js";
import { termsLines } from "./space-show.js";

/** Agrees to an offer as it stands; without one, shows what waits for this member. */
export function spaceAgree(
  prefix: string | undefined,
  options: SpaceMemberOptions,
  session: Session,
): Promise<void> {
  const { output } = session;
  return asMember(options, session, async ({ client, identity, sign }) => {
    const { state } = await client.read();
    const own = memberIn(state, identity.member);
    const open = [...state.consents].filter(([, consent]) => {
      const { askedBy, agreed, isOneSided, terms, provider } = consent;
      if (isOneSided || provider === identity.member) return false;
      const isFor = own !== undefined && covers(terms.beneficiaries, own);
      return askedBy === undefined && isFor && !agreed.has(identity.member);
    });
    if (prefix === undefined) {
      for (const [hash, consent] of open)
        for (const line of termsLines(hash, consent, state)) output.line(line);
      if (open.length === 0) output.line("No offer waits for you.");
      output.result({ offers: open.map(([hash]) => hash) });
      return;
    }
    const about = byPrefix(new Map(open).keys(), prefix, "offer");
    const consent = state.consents.get(about);
    if (consent) for (const line of termsLines(about, consent, state)) output.line(line);
    await client.log(await sign("agreement:v1", { by: identity.member, about }));
    output.line("You have agreed to these terms.");
    output.result({ offer: about });
  });
}
