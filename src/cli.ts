#!/usr/bin/env node
// The command `ziping`: this process's arguments, streams and exit status.
import { run } from "./cli/program.ts";
import type { World } from "./cli/command.ts";

const world: World = {
  env: process.env,
  stdin: async () => {
    const parts: Uint8Array[] = [];
    for await (const part of process.stdin) parts.push(part as Uint8Array);
    return Buffer.concat(parts);
  },
  out: (data) => new Promise((resolve, reject) => {
    process.stdout.write(data, (problem) => {
      // Whoever read our output has seen enough (| head): no error of ours.
      if (problem && (problem as NodeJS.ErrnoException).code !== "EPIPE") reject(problem);
      else resolve();
    });
  }),
  err: (text) => { process.stderr.write(text); },
  outIsTerminal: process.stdout.isTTY,
  errIsTerminal: process.stderr.isTTY,
  columns: process.stdout.isTTY ? process.stdout.columns : null,
  clock: () => performance.now(),
};

// Without listeners Node would throw what the write callbacks already know.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

process.exitCode = await run(process.argv.slice(2), world);
