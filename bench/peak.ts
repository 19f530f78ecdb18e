// Loaded into a measured program: the most memory it held at a time, in KB, into the file that ZIPING_BENCH_PEAK names.
import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const file = process.env["ZIPING_BENCH_PEAK"];
if (isMainThread && file !== undefined) process.on("exit", () => { writeFileSync(file, String(process.resourceUsage().maxRSS)); });
