import type { UseCase } from "@symbolon/governance/acts/use-case";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import { nodeToolbox } from "@symbolon/provider/crypto/node";
import { CliError } from "../error.js";
import { LogClient } from "../log-client.js";

/** The use case of that name in force, by the checked log. Throws `CliError`. */
export async function useCaseIn(
  space: string,
  name: string,
  signal: AbortSignal,
): Promise<UseCase & { readonly hash: Hash }> {
  const client = new LogClient(space, nodeToolbox.signatures, signal);
  try {
    const { state } = await client.read();
    for (const [hash, useCase] of state.useCases)
      if (useCase.name === name) return { ...useCase, hash };
    const known = [...state.useCases.values()].map((useCase) => useCase.name).join(", ");
    const cure = known === "" ? "have one proposed and approved first" : `in force are: ${known}`;
    throw new CliError("USAGE", `there is no use case ${name}`, {}, cure);
  } finally {
    await client.close();
  }
}

/** Puts an offer into the log. */
export async function logOffer(space: string, offer: Envelope, signal: AbortSignal) {
  const client = new LogClient(space, nodeToolbox.signatures, signal);
  try {
    return await client.log(offer);
  } finally {
    await client.close();
  }
}
