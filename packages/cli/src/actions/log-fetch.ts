import { headPolicy } from "@symbolon/governance/decide-charter";
import type { Hash } from "@symbolon/governance/hash";
import { formatPolicy } from "@symbolon/governance/log/policy";
import { nodeSignatures } from "@symbolon/node/identity/signatures-node";
import type { LogFetchOptions } from "../commands/log.js";
import { CliError } from "../error.js";
import { writeNew } from "../files.js";
import { LogClient } from "../log-client.js";
import type { Session } from "../program.js";

/** Fetches a receipt. It is to be checked with `log verify`, which believes no node. */
export async function logReceipt(
  hash: string,
  { space, out }: LogFetchOptions,
  { output, signal }: Session,
): Promise<void> {
  if (!/^[0-9a-f]{64}$/.test(hash)) {
    const cure = "give the whole hash, as it was printed when the statement was logged";
    throw new CliError("USAGE", "a statement is named by 64 hexadecimal digits", {}, cure);
  }
  const client = new LogClient(space, nodeSignatures, signal);
  try {
    writeNew(out, await client.receipt(hash as Hash));
    output.line(`Made ${out}. Check it: symbolon log verify ${out} --keys KEYS`);
    output.result({ receipt: out });
  } finally {
    await client.close();
  }
}

/** The keys of the charter in force, which follow from the log and the space file. */
export async function logKeys(
  { space, out }: LogFetchOptions,
  { output, signal }: Session,
): Promise<void> {
  const client = new LogClient(space, nodeSignatures, signal);
  try {
    const { state } = await client.read();
    if (state.heads === undefined) {
      const cure = "wait until all members and node operators have said yes to the charter";
      throw new CliError("FILE_INVALID", "the data space has no charter in force", {}, cure);
    }
    writeNew(out, formatPolicy(await headPolicy(state.heads)));
    output.line(`Made ${out}: give it to whoever is to check proofs of this log.`);
    output.result({ keys: out, quorum: state.heads.quorum });
  } finally {
    await client.close();
  }
}
