// The thread that reads and checks what people upload: tasks posted to it -> results posted back.
import { parentPort } from "node:worker_threads";
import { work, type Task } from "./checking-work.ts";

parentPort?.on("message", (task: Task) => {
  work(task).then(
    (result) => { parentPort?.postMessage({ result }); },
    (problem: unknown) => { parentPort?.postMessage({ failed: problem instanceof Error ? problem.message : String(problem) }); },
  );
});
parentPort?.postMessage({ ready: true });
