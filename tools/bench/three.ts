import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { PARTIES } from "@symbolon/base/id";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { throwawayCa } from "@symbolon/node/identity/throwaway-ca";
import { freePorts } from "@symbolon/node/transport/free-ports";
import { peerIdentity } from "@symbolon/node/transport/peer-identity";
import type { ComponentSeeds } from "./deal.js";
import type { PartyTask } from "./party.js";
import type { PartyMessage, PartyReport } from "./report.js";

const HOST = "127.0.0.1";

/** What three processes made of the same task, and the seeds of the inputs. */
export interface ThreeReports {
  readonly reports: readonly PartyReport[];
  readonly seeds: ComponentSeeds;
}

/** Runs one work by three processes over mutually authenticated TLS 1.3 on loopback. */
export async function runThree(
  task: Pick<PartyTask, "work" | "sizes" | "link">,
  onProgress: (done: number) => void,
): Promise<ThreeReports> {
  const ca = throwawayCa(Date.now());
  const credentials = PARTIES.map((party) => {
    const name = peerIdentity("bench", party);
    return ca.issue(name, [name, HOST]);
  });
  const ports = await freePorts(HOST, 3);
  const seeds = PARTIES.map(() => nodeCrypto.random(32));
  const keys = PARTIES.map(() => nodeCrypto.random(32));
  const children = PARTIES.map(() =>
    fork(fileURLToPath(new URL("./party.js", import.meta.url)), { serialization: "advanced" }),
  );
  try {
    const reports = await Promise.all(
      PARTIES.map((self) => {
        const whole: PartyTask = {
          self,
          ports,
          credentials: credentials[self],
          peers: PARTIES.filter((index) => index !== self).map((index) => ({
            index,
            name: `party ${index}`,
            host: HOST,
            port: ports[index],
            certificate: credentials[index].certificate,
            ca: ca.certificate,
          })),
          seeds,
          keys: [keys[self], keys[(self + 1) % 3]],
          ...task,
        };
        return answerOf(children[self], whole, onProgress);
      }),
    );
    await Promise.all(children.map(finish));
    return { reports, seeds };
  } finally {
    for (const child of children) child.kill();
  }
}

function answerOf(
  child: ChildProcess,
  task: PartyTask,
  onProgress: (done: number) => void,
): Promise<PartyReport> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: PartyMessage) => {
      if ("report" in message) resolve(message.report);
      else onProgress(message.progress);
    });
    child.once("exit", (code) => reject(new Error(`party ${task.self} ended with code ${code}`)));
    child.send(task);
  });
}

function finish(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.send("done");
  });
}
