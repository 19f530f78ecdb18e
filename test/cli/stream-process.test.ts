// The command as built, as a process among others: signals, threads, pipes. (Memory is measured in bench/.)
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { submissionNumber } from "../../bench/generate.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const built = existsSync(fileURLToPath(new URL("../../dist/batch/worker.js", import.meta.url)));
const CHECK = [CLI, "check", "-f", "ndjson", "-r", "national"];

const SMALL = { departmentRows: 2, projects: 0, projectRows: 1, mistakes: 1 };
const MADE = Array.from({ length: 50 }, (_, index) => `${JSON.stringify(submissionNumber(index, SMALL))}\n`);
const lines = (count: number): string => Array.from({ length: count }, (_, index) => MADE[index % MADE.length]).join("");
const folder = (): string => mkdtempSync(join(tmpdir(), "ziping-process-"));
const whole = (text: string): boolean => text.endsWith("\n") && text.trimEnd().split("\n").every((line) => (JSON.parse(line) as { format: string }).format === "ziping/report@1");

// What the machine does besides counts in seconds here.
describe.skipIf(!built)("as built", { timeout: 240_000 }, () => {
  test("one thread or two: the same bytes in the same order, exit status too", () => {
    const given = [lines(120), "坏行\n", lines(90)].join("");
    const [one, two] = ["1", "2"].map((jobs) => spawnSync(process.execPath, [...CHECK, "-", "--jobs", jobs], { input: given, maxBuffer: 2 ** 28 }));
    expect([one!.status, two!.status]).toEqual([2, 2]);
    expect(one!.stdout.toString().split("\n")).toHaveLength(212);
    expect(createHash("sha256").update(two!.stdout).digest("hex")).toBe(createHash("sha256").update(one!.stdout).digest("hex"));
  });

  test("Ctrl-C leaves whole lines only, exit status 130; --resume ends in the file that one run makes", async () => {
    const there = folder();
    const [input, out, full] = [join(there, "全省.ndjson"), join(there, "out.ndjson"), join(there, "full.ndjson")];
    writeFileSync(input, lines(400));
    // Resuming reads files of any size as streams; there is nothing yet to go on from.
    const run = [...CHECK, input, "--resume", "-o", out, "--jobs", "1"];
    const child = spawn(process.execPath, run, { stdio: "ignore" });
    const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
    await until(() => existsSync(out) && readFileSync(out).length > 0);
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    const left = readFileSync(out, "utf8");
    expect(whole(left)).toBe(true);
    expect(left.split("\n").length).toBeLessThan(400);
    expect(spawnSync(process.execPath, run).status).toBe(1);
    spawnSync(process.execPath, [...CHECK, input, "--resume", "-o", full, "--jobs", "1"]);
    expect(readFileSync(out, "utf8") === readFileSync(full, "utf8")).toBe(true);
    expect(readFileSync(out, "utf8").split("\n")).toHaveLength(401);
  });

  test("a reader that has seen enough ends it", async () => {
    const child = spawn("sh", ["-c", `"$0" "$@" - --jobs 1 | head -n 1`, process.execPath, ...CHECK], { stdio: ["pipe", "pipe", "ignore"] });
    child.stdin.on("error", () => undefined);
    let out = "";
    child.stdout.on("data", (data) => { out += String(data); });
    const closed = new Promise((resolve) => child.on("close", resolve));
    for (let number = 0; child.exitCode === null && number < 20_000; number++) if (!child.stdin.write(MADE[number % MADE.length])) await new Promise((resolve) => { setTimeout(resolve, 2); });
    await closed;
    expect(out.split("\n")).toHaveLength(2);
  });

  test("a line is answered while the next is not there yet, as a queue needs it", async () => {
    const child = spawn(process.execPath, [...CHECK, "-"], { stdio: ["pipe", "pipe", "ignore"] });
    let out = "";
    child.stdout.on("data", (data) => { out += String(data); });
    for (let number = 1; number <= 3; number++) {
      child.stdin.write(MADE[number]);
      await until(() => out.split("\n").length > number);
    }
    child.stdin.end();
    await new Promise((resolve) => child.on("close", resolve));
    expect(whole(out)).toBe(true);
  });

  test.skipIf(process.platform === "win32")("xargs -P over files of a folder: each a report of its own", () => {
    const there = folder();
    for (let number = 0; number < 4; number++) writeFileSync(join(there, `${number}.json`), MADE[number]!);
    const piped = execFileSync("sh", ["-c", `ls *.json | xargs -P 2 -I {} sh -c '"$0" "$@" {} -o {}.report --fail-on never' "$0" "$@"; cat *.report`, process.execPath, ...CHECK], { cwd: there, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    expect(piped.trimEnd().split("\n").map((line) => (JSON.parse(line) as { submission: { department: string } }).submission.department)).toEqual([0, 1, 2, 3].map((number) => `第00000${number}号预算单位`));
  });

  test.skipIf(process.platform === "win32")("split into parts and put together again it gives what one run gives", () => {
    const there = folder();
    writeFileSync(join(there, "all.ndjson"), lines(20));
    const run = `"$0" "$@" - --fail-on never`;
    const parts = execFileSync("sh", ["-c", `split -l 7 all.ndjson part. && ls part.?? | xargs -P 2 -I {} sh -c '${run} < {} > out.{}' "$0" "$@"; cat out.part.*`, process.execPath, ...CHECK], { cwd: there, stdio: ["ignore", "pipe", "ignore"] });
    const one = execFileSync("sh", ["-c", `${run} < all.ndjson`, process.execPath, ...CHECK], { cwd: there, stdio: ["ignore", "pipe", "ignore"] });
    expect(parts.equals(one)).toBe(true);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 5000) throw new Error("waited in vain");
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
}
