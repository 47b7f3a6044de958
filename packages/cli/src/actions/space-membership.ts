import { toBase64 } from "@symbolon/base/bytes";
import { fingerprintOf, ROLES } from "@symbolon/governance/acts/identity";
import { SIGNATURE_SUITE } from "@symbolon/governance/signatures";
import type { SpaceInviteOptions, SpaceJoinOptions } from "../commands/space.js";
import { CliError } from "../error.js";
import type { Session } from "../program.js";
import { applicationHeard, otherApplications, ownApplication } from "./applications.js";
import { asMember } from "./space-log.js";

/** Publishes an organisation's keys and applies. Done twice, it prints the same numbers again. */
export function spaceJoin(options: SpaceJoinOptions, session: Session): Promise<void> {
  const { output } = session;
  return asMember(options, session, async ({ client, identity, sign }) => {
    const { member, signing, hpke } = identity;
    const { state } = await client.read();
    const key = toBase64(signing.publicKey);
    let application = ownApplication(state, member, key);
    if (application === undefined) {
      const keys = [{ suite: SIGNATURE_SUITE, key, roles: ROLES }];
      const own = { member, sequence: 0, previous: null, keys, twoPerson: [] };
      const sealingKey = toBase64(hpke.publicKey);
      const published = await client.log(await sign("identity:v1", { ...own, sealingKey }));
      const about = { member, identity: published.hash, name: options.name, class: options.class };
      application = (await client.log(await sign("application:v1", about))).hash;
    }
    const fingerprint = fingerprintOf(application);
    output.line(`The application of ${member} stands in the log.`);
    output.line("Call a member who knows you, on a number that it knows already, and read out:");
    output.line(`  ${fingerprint}`);
    output.line("Send these numbers by no other way. The member types what it hears.");
    const others = otherApplications(state, member, application);
    if (others > 0) {
      output.line(`CAUTION: ${others} applications under your name do not bring these keys.`);
      output.line("If they are not your own, somebody else wants to be taken for you: say so.");
    }
    output.result({ member, application, fingerprint });
  });
}

/** Vouches for an applicant with the numbers that were heard; nothing is shown to copy from. */
export function spaceInvite(
  applicant: string,
  options: SpaceInviteOptions,
  session: Session,
): Promise<void> {
  const { output } = session;
  return asMember(options, session, async ({ client, identity, sign }) => {
    const { state } = await client.read();
    const fingerprint = options.fingerprint.trim().replace(/\s+/g, " ");
    const application = applicationHeard(state, applicant, fingerprint);
    const applied = application && state.applications.get(application);
    if (applied === undefined) {
      const cure = "ask the organisation to run `symbolon space join` first";
      throw new CliError("USAGE", `${applicant} has not applied`, {}, cure);
    }
    const { name, class: kind } = applied;
    output.line(`${applicant} says of itself: ${name}, ${kind}.`);
    const says = { by: identity.member, application, fingerprint };
    const { hash } = await client.log(await sign("enrolment:v1", says));
    output.line("What you heard is what came in: you vouch for it. The members vote now:");
    output.line(`  symbolon space approve ${hash.slice(0, 12)}`);
    output.result({ proposal: hash, member: applicant, name, class: kind });
  });
}
