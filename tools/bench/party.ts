import { performance } from "node:perf_hooks";
import { assert } from "@symbolon/base/assert";
import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import { Context } from "@symbolon/mpc/context";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import { PRODUCTION } from "@symbolon/mpc/profile";
import type { Transport } from "@symbolon/mpc/transport/transport";
import type { Credentials } from "@symbolon/node/identity/certificate";
import { PeerLinks, type PeerLinksOptions } from "@symbolon/node/transport/peer-links";
import { type ComponentSeeds, dealTo } from "./deal.js";
import type { PartyReport, PlainResult } from "./report.js";
import { type LinkShape, shapingTransport } from "./shaping-transport.js";
import type { Sizes } from "./works/work.js";
import { workCalled } from "./works/works.js";

/** What the parent tells a party process. Keys and certificates are thrown away with the bench. */
export interface PartyTask {
  readonly self: PartyIndex;
  readonly ports: readonly number[];
  readonly credentials: Credentials;
  readonly peers: PeerLinksOptions["peers"];
  readonly seeds: ComponentSeeds;
  readonly keys: readonly [own: Uint8Array, next: Uint8Array];
  readonly work: string;
  readonly sizes: Sizes;
  readonly link: LinkShape | undefined;
}

const PROGRESS_EVERY_MS = 1000;

async function takePart(task: PartyTask): Promise<void> {
  // Before there are links: dealing keeps the thread busy, and a link that is silent is given up.
  const measure = prepare(task);
  const ready = new Set<PartyIndex>();
  let lost: string | undefined;
  let proceed = (): void => undefined;
  const links = new PeerLinks(linkOptions(task), {
    changed: (_peer, isUp, reason) => {
      if (!isUp) lost = reason;
      proceed();
    },
    runMessage: (from) => {
      ready.add(from);
      proceed();
    },
    logMessage: () => undefined,
    runAborted: () => undefined,
  });
  await links.start();
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      proceed = () => (holds() ? resolve() : undefined);
      proceed();
    });
  await until(() => links.areAllUp);
  lost = undefined;
  const transport = links.runTransport("bench", 1);
  for (const other of PARTIES)
    if (other !== task.self) links.sendRunMessage(other, "bench", { ready: true });
  await until(() => ready.size === 2 || lost !== undefined);
  if (ready.size < 2) throw new Error(`a link was lost before the run: ${lost}`);
  await tell(await measure(task.link ? shapingTransport(transport, task.link) : transport));
  // The slowest party still reads what this one has sent: the parent says when all are done.
  await new Promise((resolve) => process.once("message", resolve));
  await links.close();
}

const linkOptions = (task: PartyTask): PeerLinksOptions => ({
  space: "bench",
  self: task.self,
  listen: { host: "127.0.0.1", port: task.ports[task.self] },
  peers: task.peers,
  credentials: task.credentials,
  build: "bench",
  version: "bench",
  acceptsBuild: () => true,
  now: Date.now,
});

const tell = (report: PartyReport): Promise<void> =>
  new Promise((resolve) => process.send?.({ report }, undefined, undefined, () => resolve()));

/** Deals the inputs, and gives what is measured. */
function prepare(task: PartyTask): (transport: Transport) => Promise<PartyReport> {
  const work = workCalled(task.work);
  assert(work !== undefined, "the parent names a bench that exists");
  const { self, seeds, keys, sizes } = task;
  const inputs = dealTo(self, seeds, work.inputs(sizes));
  return async (transport) => {
    const start = performance.now();
    const cpu = process.cpuUsage();
    const loop = performance.eventLoopUtilization();
    const ctx = Context.start({
      id: "bench/1",
      transport,
      keys: { own: keys[0], next: keys[1] },
      kernels: wasmKernels(),
      crypto: nodeCrypto,
      profile: PRODUCTION,
      clock: () => performance.now(),
      ...(self === 0 ? { onProgress: progress(start) } : {}),
    });
    const results = await work.run(ctx, inputs, sizes);
    ctx.assertAllVerified();
    const { user, system } = process.cpuUsage(cpu);
    return {
      results: results.map(
        ({ shares, adding }): PlainResult => ({ own: shares.own, next: shares.next, adding }),
      ),
      seconds: (performance.now() - start) / 1000,
      rounds: ctx.metrics.rounds,
      messages: ctx.metrics.messages,
      andGates: ctx.metrics.andGates,
      bytesSent: [...ctx.bytesSent],
      milliseconds: ctx.metrics.milliseconds,
      idle: 1 - performance.eventLoopUtilization(loop).utilization,
      cpuSeconds: (user + system) / 1e6,
      peakRssMb: process.resourceUsage().maxRSS / 1024,
    };
  };
}

function progress(start: number): (done: number, total: number) => void {
  let told = start;
  return (done, total) => {
    const now = performance.now();
    if (now - told < PROGRESS_EVERY_MS) return;
    told = now;
    process.send?.({ progress: done / total });
  };
}

process.once("message", (task: PartyTask) => {
  takePart(task).then(
    () => process.disconnect(),
    (error: Error) => {
      process.stderr.write(`party ${task.self}: ${error.stack}\n`);
      process.exit(1);
    },
  );
});
