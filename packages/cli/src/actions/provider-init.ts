import { join } from "node:path";
import type { MemberId } from "@symbolon/base/id";
import { nodeToolbox } from "@symbolon/provider/crypto/node";
import { createIdentity, exportIdentity, memberCard } from "@symbolon/provider/identity";
import type { ProviderInitOptions } from "../commands/provider.js";
import { pretty, writeNew } from "../files.js";
import type { Session } from "../program.js";

/** Makes an organisation's keys; the secret ones never leave identity.json. */
export async function providerInit(
  { id, name, dir, ...options }: ProviderInitOptions,
  { output }: Session,
): Promise<void> {
  const identity = await createIdentity(nodeToolbox, id as MemberId);
  const secret = join(dir, "identity.json");
  const card = join(dir, "member-card.json");
  writeNew(secret, exportIdentity(identity), { secret: true });
  writeNew(card, pretty(memberCard(identity, name, options.class)));
  output.line(`Made ${secret}: secret, keep it and a backup to yourselves.`);
  output.line(`Made ${card}: public, for whoever puts space.json together.`);
  output.result({ identity: secret, card });
}
