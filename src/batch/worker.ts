// The thread that checks: batches posted to it -> lines of output posted back.
import { parentPort, workerData } from "node:worker_threads";
import { checkerOf } from "./checker.ts";
import type { Batch, Setup } from "./work.ts";

const checked = await checkerOf(workerData as Setup);

parentPort?.on("message", (batch: Batch) => {
  // An error that nothing caught ends the thread: whoever posted the batch tries its submissions one by one.
  void checked(batch).then((result) => { parentPort?.postMessage({ result }, [result.data.buffer as ArrayBuffer]); });
});
parentPort?.postMessage({ ready: true });
