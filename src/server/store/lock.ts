// A data folder -> the right to open it, for one process at a time: PGlite itself refuses nobody.
import { readFileSync } from "node:fs";
import { open, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { Refusal } from "../../refusal.ts";

interface Holder { pid: number; host: string; /** When that process began, as this system counts; null where it does not say. */ began: string | null }

/** How often a holder shows that it is alive, and after how long without that another machine may take over. */
const BEAT = 5_000;
const STALE = 60_000;
/** A lock without contents is being written at this moment; after this long, whoever wrote it was killed over it. */
const WRITING = 5_000;

/**
 * Takes the lock; gives how to release it. Throws Refusal `store.locked` where a living process holds it. What a process that was
 * killed left behind is taken over: on the same machine by asking for the process, from another by the beat having stopped.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, "ziping.lock");
  const own: Holder = { pid: process.pid, host: hostname(), began: beganOf(process.pid) };
  if (!(await create(path, own))) await takeOver(path, own);
  const isOurs = async (): Promise<boolean> => (await readFile(path, "utf8").catch(() => "")) === JSON.stringify(own);
  const beat = setInterval(() => { isOurs().then(async (ours) => { if (ours) await utimes(path, new Date(), new Date()); }).catch(() => undefined); }, BEAT);
  beat.unref();
  return async () => {
    clearInterval(beat);
    // Whoever took it over meanwhile keeps it.
    if (await isOurs()) await rm(path, { force: true });
  };
}

async function create(path: string, holder: Holder): Promise<boolean> {
  try {
    const file = await open(path, "wx");
    await file.writeFile(JSON.stringify(holder));
    await file.close();
    return true;
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw problem;
  }
}

/** Only one at a time may look whether the lock is stale and replace it, or two would both find it so. */
async function takeOver(path: string, own: Holder): Promise<void> {
  const turn = `${path}.turn`;
  if (!(await create(turn, own)) && (await ageOf(turn)) < STALE) throw new Refusal("store.locked", { pid: "?", host: own.host });
  try {
    const holder = await holderOf(path);
    if (holder === null && (await ageOf(path)) < WRITING) throw new Refusal("store.locked", { pid: "?", host: own.host });
    if (holder !== null && await isAlive(holder, path, own.host)) throw new Refusal("store.locked", { pid: String(holder.pid), host: holder.host });
    const fresh = `${path}.${process.pid}`;
    await writeFile(fresh, JSON.stringify(own));
    await rename(fresh, path);
  } finally {
    await rm(turn, { force: true });
  }
}

/** Null for a lock without contents: its process is writing it, or was killed over it. */
async function holderOf(path: string): Promise<Holder | null> {
  const text = await readFile(path, "utf8").catch(() => "");
  try {
    const { pid, host, began } = JSON.parse(text) as Partial<Record<keyof Holder, unknown>>;
    return typeof pid === "number" && typeof host === "string" ? { pid, host, began: typeof began === "string" ? began : null } : null;
  } catch {
    return null;
  }
}

async function isAlive(holder: Holder, path: string, host: string): Promise<boolean> {
  if (holder.host !== host) return (await ageOf(path)) < STALE;
  if (holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  // The number may be another process's by now.
  return holder.began === beganOf(holder.pid);
}

async function ageOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  return found === null ? Infinity : Date.now() - found.mtimeMs;
}

/** The time at which a process began, with the machine's own start; Linux only. */
function beganOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const ticks = text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${ticks}`;
  } catch {
    return null;
  }
}
