// A disk that is full and a folder that can only be read: sentences, nothing half done, and work goes on where there is room again.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { ziping } from "../cli/world.ts";
import { serviceFor, type Harness } from "./harness.ts";

const PATIENT = 300_000;
const scratch = mkdtempSync(join(tmpdir(), "ziping-disk-"));
const mounted: string[] = [];
const mount = (folder: string, ...options: string[]): boolean => spawnSync("mount", ["-t", "tmpfs", "-o", options.join(","), "tmpfs", folder]).status === 0;

/** A disk of its own, of so many megabytes; null where none can be had. */
function disk(megabytes: number): string | null {
  const folder = mkdtempSync(join(scratch, "disk-"));
  if (process.platform !== "linux" || !mount(folder, `size=${megabytes}m`)) return null;
  mounted.push(folder);
  return folder;
}

const first = disk(1);
if (first === null) process.stderr.write("The tests of a full and of a read-only disk are skipped: this process may not mount one.\n");

/** Leaves no room at all. */
function fill(folder: string): () => void {
  const path = join(folder, "filler");
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(path, Buffer.alloc(Math.max(0, (bavail - 1) * bsize)));
  try {
    for (;;) writeFileSync(path, Buffer.alloc(4096), { flag: "a" });
  } catch {
    return () => { rmSync(path); };
  }
}

describe.skipIf(first === null)("the disk", () => {
  let on: Harness | null = null;
  afterEach(async () => {
    await on?.close();
    on = null;
  }, PATIENT);
  afterAll(() => {
    for (const folder of mounted) spawnSync("umount", ["-l", folder]);
    rmSync(scratch, { recursive: true, force: true });
  }, PATIENT);

  it("is too small to begin with: a sentence, exit status 2", async () => {
    const data = join(disk(4)!, "data");
    const ran = await ziping(["user", "add", "li", "--role", "administrator", "--data", data]);
    expect(ran).toMatchObject({ status: 2, out: "" });
    expect(ran.err).toMatch(/磁盘满了/u);
    expect(ran.err).not.toMatch(/\n\s+at /u);
    // Nothing is left that the next start would stumble over.
    expect(readdirSync(data)).toEqual([]);
  }, PATIENT);

  it("may only be read: a sentence, exit status 2", async () => {
    const folder = disk(1)!;
    spawnSync("mount", ["-o", "remount,ro", folder]);
    const ran = await ziping(["serve", "--data", join(folder, "data")]);
    expect(ran).toMatchObject({ status: 2, out: "" });
    expect(ran.err).toContain("只读");
  }, PATIENT);

  it("fills up while the service is in use: what cannot be saved is refused with a sentence, and saved when there is room again", async () => {
    const folder = disk(200)!;
    on = await serviceFor({ store: "pglite", folder: join(folder, "data") });
    const admin = await on.as("administrator");
    const empty = fill(folder);
    const answers: number[] = [];
    const large = Buffer.from(`name,region\n${Array.from({ length: 15_000 }, (_, i) => `第${i}局,${"区".repeat(120)}`).join("\n")}\n`);
    for (let tries = 0; tries < 3 && !answers.includes(507); tries += 1) {
      const answer = await admin.request("POST", "/departments/import", large, { "content-type": "text/csv" });
      answers.push(answer.statusCode);
      if (answer.statusCode !== 200) expect(answer.json()).toMatchObject({ status: 507, code: "diskFull", detail: "服务器的磁盘满了，没有保存。请告诉管理员。" });
    }
    expect(answers).toContain(507);
    expect((await on.nobody("GET", "/healthz")).statusCode).toBe(200);
    empty();
    expect((await admin.request("POST", "/departments", { name: "后来的局" })).statusCode).toBe(201);
    expect((await admin.request("GET", "/departments?q=后来")).json()).toMatchObject({ items: [{ name: "后来的局" }] });
  }, PATIENT);

  it("is too full for a backup: a sentence, and no half of one", async () => {
    const data = join(scratch, "data");
    await ziping(["user", "add", "li", "--role", "administrator", "--data", data]);
    const folder = disk(1)!;
    fill(folder);
    const ran = await ziping(["backup", join(folder, "a.ziping"), "--data", data]);
    expect(ran).toMatchObject({ status: 2, out: "" });
    expect(ran.err).toMatch(/磁盘(?:已)?满/u);
    expect(readdirSync(folder)).toEqual(["filler"]);
    expect(existsSync(join(data, "ziping.lock"))).toBe(false);
  }, PATIENT);
});
