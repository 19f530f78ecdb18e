#!/usr/bin/env node
// The command `ziping`: this process's arguments, streams and exit status.
import { run } from "./cli/program.ts";
import type { World } from "./cli/command.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const outIs = { closed: false };

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
      if ((problem as NodeJS.ErrnoException | null)?.code === "EPIPE") outIs.closed = true;
      if (problem && !outIs.closed) reject(problem);
      else resolve();
    });
  }),
  err: (text) => { process.stderr.write(text); },
  outIsTerminal: process.stdout.isTTY,
  errIsTerminal: process.stderr.isTTY,
  columns: process.stdout.isTTY ? process.stdout.columns : null,
  clock: () => performance.now(),
  stdinParts: () => process.stdin,
  onStop: (stop) => {
    const heard = (): void => {
      // A second Ctrl-C ends at once, as ever.
      unlisten();
      stop();
    };
    const unlisten = (): void => { for (const signal of SIGNALS) process.off(signal, heard); };
    for (const signal of SIGNALS) process.on(signal, heard);
    return unlisten;
  },
  outClosed: () => outIs.closed,
};

// Without listeners Node would throw what the write callbacks already know.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

process.exitCode = await run(process.argv.slice(2), world);
// A pipe that still waits for input would hold back the end.
if (process.exitCode === 130 || outIs.closed) process.exit();
