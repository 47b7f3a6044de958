import { parentPort, workerData } from "node:worker_threads";
import { CONTROL, GangCall } from "./gang-work.js";
import { wasmKernels } from "./wasm.js";

/** One more thread of a gang: waits for calls and takes blocks of them, for ever. */
const call = new GangCall(workerData as SharedArrayBuffer);
const kernels = wasmKernels();
const { control } = call;
parentPort?.postMessage("ready");
for (let seen = 0; ; seen = Atomics.load(control, CONTROL.ticket)) {
  Atomics.wait(control, CONTROL.ticket, seen);
  Atomics.add(control, CONTROL.busy, 1);
  try {
    call.work(kernels);
  } catch {
    Atomics.store(control, CONTROL.failed, 1);
  }
  Atomics.sub(control, CONTROL.busy, 1);
  Atomics.notify(control, CONTROL.busy);
}
