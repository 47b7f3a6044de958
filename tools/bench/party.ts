import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import { Context } from "@symbolon/mpc/context";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import { noneMatch } from "@symbolon/mpc/linkage/compare";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { vectorLike } from "@symbolon/mpc/ring/vector";
import { Shares } from "@symbolon/mpc/sharing/shares";
import type { Credentials } from "@symbolon/node/identity/certificate";
import { PeerLinks, type PeerLinksOptions } from "@symbolon/node/transport/peer-links";

/** What the parent tells a party process. Keys and certificates are thrown away with the bench. */
export interface PartyTask {
  readonly self: PartyIndex;
  readonly ports: readonly number[];
  readonly credentials: Credentials;
  readonly peers: PeerLinksOptions["peers"];
  /** Component seeds in the clear: a bench deals its own random lists. */
  readonly seeds: readonly Uint8Array[];
  readonly keys: readonly [own: Uint8Array, next: Uint8Array];
  readonly rows: number;
  readonly width: number;
  readonly threshold: number;
}

/** What a party measured. */
export interface PartyReport {
  readonly flags: { readonly own: Uint32Array; readonly next: Uint32Array };
  readonly seconds: number;
  readonly rounds: number;
  readonly messages: number;
  readonly andGates: number;
  readonly bytesSent: readonly number[];
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

/** One component of a uniformly random list: side 0 is ours, side 1 theirs. */
export function component(seed: Uint8Array, side: 0 | 1, elements: number): Uint16Array {
  const key = nodeCrypto.hmac(seed, Uint8Array.of(side)).subarray(0, 16);
  return vectorLike(new Uint16Array(0), nodeCrypto.keystream(key, 2 * elements));
}

async function compare(task: PartyTask): Promise<PartyReport> {
  const ready = new Set<PartyIndex>();
  let proceed = (): void => undefined;
  const links = new PeerLinks(linkOptions(task), {
    changed: () => proceed(),
    runMessage: (from) => {
      ready.add(from);
      proceed();
    },
    runAborted: () => undefined,
  });
  await links.start();
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      proceed = () => (holds() ? resolve() : undefined);
      proceed();
    });
  await until(() => links.areAllUp);
  const transport = links.runTransport("bench", 1);
  const others = PARTIES.filter((party) => party !== task.self);
  for (const other of others) links.sendRunMessage(other, "bench", { ready: true });
  await until(() => ready.size === 2);
  const report = await measured(task, transport);
  await new Promise<void>((resolve) =>
    process.send?.(report, undefined, undefined, () => resolve()),
  );
  // The slowest party still reads what this one has sent: the parent says when all are done.
  await new Promise((resolve) => process.once("message", resolve));
  await links.close();
  return report;
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

async function measured(task: PartyTask, transport: ReturnType<PeerLinks["runTransport"]>) {
  const { self, rows, width, seeds } = task;
  const side = (which: 0 | 1) => ({
    rows,
    width,
    shares: new Shares(
      component(seeds[self], which, rows * width),
      component(seeds[(self + 1) % 3], which, rows * width),
    ),
  });
  const [ours, theirs] = [side(0), side(1)];
  const start = performance.now();
  const cpu = process.cpuUsage();
  const ctx = Context.start({
    id: "bench/1",
    transport,
    keys: { own: task.keys[0], next: task.keys[1] },
    kernels: wasmKernels(),
    crypto: nodeCrypto,
    profile: PRODUCTION,
    clock: () => performance.now(),
  });
  const flags = await noneMatch(ctx, ours, theirs, task.threshold);
  ctx.assertAllVerified();
  const { user, system } = process.cpuUsage(cpu);
  return {
    flags: { own: flags.own, next: flags.next },
    seconds: (performance.now() - start) / 1000,
    rounds: ctx.metrics.rounds,
    messages: ctx.metrics.messages,
    andGates: ctx.metrics.andGates,
    bytesSent: [...ctx.bytesSent],
    milliseconds: ctx.metrics.milliseconds,
    cpuSeconds: (user + system) / 1e6,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  };
}

process.once("message", (task: PartyTask) => {
  compare(task).then(
    () => process.disconnect(),
    (error: Error) => {
      process.stderr.write(`party ${task.self}: ${error.stack}\n`);
      process.exit(1);
    },
  );
});
