// Programs -> how long they took, what they needed, and whether this build can do what a row measures.
import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { bytesOf } from "./data.ts";
import { cli } from "./product.ts";

export const command = fileURLToPath(cli);

/** A folder of one row's own, removed once it is done. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "ziping-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Run { seconds: number; /** The most memory it held at a time, in MB. */ peak: number }
export type Source = { file: string } | { parts: Iterable<Uint8Array> } | null;

/** Runs Node with these arguments, its output thrown away. Rejects where it ends by anything but findings (0, 1). */
export async function run(args: readonly string[], input: Source = null): Promise<Run> {
  return inFolder(async (folder) => {
    const told = join(folder, "peak");
    const from = input !== null && "file" in input ? openSync(input.file, "r") : input === null ? "ignore" : "pipe";
    const start = performance.now();
    const child = spawn(process.execPath, ["--import", new URL("peak.js", import.meta.url).href, ...args], { stdio: [from, "ignore", "pipe"], env: { ...process.env, ZIPING_BENCH_PEAK: told } });
    let said = "";
    const { stdin, stderr } = child as unknown as { stdin: Writable | null; stderr: Readable };
    stderr.on("data", (part: Buffer) => { said = (said + part.toString()).slice(-2000); });
    const ended = new Promise<number | null>((resolve) => { child.on("close", resolve); });
    if (stdin !== null && input !== null && "parts" in input) await feed(stdin, input.parts);
    const code = await ended;
    const seconds = (performance.now() - start) / 1000;
    if (typeof from === "number") closeSync(from);
    if (code !== 0 && code !== 1) throw new Error(`Error: ${args.slice(1).join(" ")} ended with ${code ?? "a signal"}: ${said.trim().split("\n").at(-1) ?? ""}`);
    return { seconds, peak: Number(readFileSync(told, "utf8")) / 1000 };
  });
}

async function feed(stdin: Writable, parts: Iterable<Uint8Array>): Promise<void> {
  // A program that ends early says why by itself.
  stdin.on("error", () => undefined);
  for (const part of parts) {
    if (stdin.destroyed) return;
    if (!stdin.write(part)) await new Promise<void>((resolve) => { stdin.once("drain", resolve); stdin.once("close", resolve); });
  }
  stdin.end();
}

/** Whether `check - --format ndjson` writes a report a line here, and takes `--jobs`. */
export function streams(): boolean {
  const lines = [1, 2].map((number) => `${bytesOf(number).toString()}\n`).join("");
  const { stdout, status } = spawnSync(process.execPath, [command, "check", "-", "--format", "ndjson", "--jobs", "1"], { input: lines, encoding: "utf8", maxBuffer: 1e8 });
  return status !== 2 && stdout.trim().split("\n").length === 2;
}

export const NOT_BUILT = "not built: `check - --format ndjson --jobs` does not stream yet";
