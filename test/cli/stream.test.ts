// check -f ndjson over NDJSON and CSV of many departments: a line each, in order, whatever happens on the way.
import { mkdtempSync, readFileSync, writeFileSync, appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { submissionNumber } from "../../bench/generate.ts";
import { streamed } from "../../src/batch/start.ts";
import type { World } from "../../src/cli/command.ts";
import { loadLocale } from "../../src/locale.ts";
import type { Report } from "../../src/model.ts";
import { ziping, type Ran } from "./world.ts";

const SMALL = { departmentRows: 3, projects: 1, projectRows: 3, mistakes: 1 };
const lineOf = (number: number): string => `${JSON.stringify(submissionNumber(number, SMALL))}\n`;
const LINES = Array.from({ length: 7 }, (_, index) => lineOf(index));
const folder = (): string => mkdtempSync(join(tmpdir(), "ziping-stream-"));
const given = (text: string): Partial<World> => ({ stdin: () => Promise.resolve(Buffer.from(text)) });
const STREAM = ["check", "-", "-f", "ndjson", "-r", "national"];
const departments = (out: string): unknown[] => out.trimEnd().split("\n").map((line) => {
  const told = JSON.parse(line) as Report | { format: "ziping/problem@1"; line: number; code: string };
  return told.format === "ziping/report@1" ? told.submission.department : [told.line, told.code];
});

/** As `ziping check PATHS -f ndjson`, with files of any size read as streams. */
async function asStream(paths: readonly string[], options: Record<string, string | boolean> = {}, file: string | null = null, more: Partial<World> = {}): Promise<Ran> {
  let [out, err] = ["", ""];
  const world: World = {
    env: {}, stdin: () => Promise.resolve(new Uint8Array()), out: (data) => { out += Buffer.from(data as Uint8Array).toString(); return Promise.resolve(); },
    err: (text) => { err += text; }, outIsTerminal: false, errIsTerminal: false, columns: null, clock: () => 0, ...more,
  };
  const done = await streamed({ args: paths, options: { rules: "national", ...options }, locale: loadLocale("zh"), file }, world, 0);
  if (!("status" in done)) throw new Error("read whole");
  return { status: done.status, out, err };
}

test("each line of a stream is a report, in order, the same bytes as of that line checked by itself", async () => {
  const ran = await ziping(STREAM, given(LINES.join("")));
  expect(departments(ran.out)).toEqual(LINES.map((_, index) => `第00000${index}号预算单位`));
  const alone: string[] = [];
  for (const line of LINES.slice(0, 3)) alone.push((await ziping(STREAM, given(line))).out);
  expect(ran.out.startsWith(alone.join(""))).toBe(true);
  expect(ran.status).toBe(1);
  expect(ran.err).toContain("没有互相比对");
  expect(ran.out).toContain('"reason":"单独核对，没有与其他单位的自评比对"');
});

test("a file read as a stream gives the bytes that reading it whole gives, but for what departments have in common", async () => {
  const path = join(folder(), "全市.ndjson");
  writeFileSync(path, LINES.join(""));
  const whole = await ziping(["check", path, "-f", "ndjson", "-r", "national"]);
  const comparing = /\{"rule":"portfolio\/(?:same-project|copied-text)"[^}]*\}/g;
  const ran = await asStream([path]);
  expect(ran.out.match(comparing)).toHaveLength(14);
  expect(ran.out.replace(comparing, "")).toBe(whole.out.replace(comparing, ""));
  expect(ran.status).toBe(whole.status);
});

const HEAD = "年度,部门,表类型,项目名称,一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分";
const FUNDS = "年度,部门,表类型,项目名称,资金来源,年初预算数,全年预算数,全年执行数,分值,执行率,得分";

test("departments scattered over several CSV files are each one report, the same bytes as the files read whole", async () => {
  const there = folder();
  const [a, b] = [join(there, "指标.csv"), join(there, "资金.csv")];
  const rows = Array.from({ length: 40 }, (_, index) => `2023,${"甲乙丙丁"[(index * 7) % 4]}局,部门,,产出指标,数量指标,第${index}项,≥${index},${index + (index % 3) - 1},5,5`);
  writeFileSync(a, [HEAD, ...rows, ""].join("\n"));
  writeFileSync(b, [FUNDS, ..."丁丙乙甲".split("").map((name, index) => `2023,${name}局,部门,,年度资金总额,100,100,9${index},10,9${index}%,9.${index}`), ""].join("\n"));
  const comparing = /\{"rule":"portfolio\/(?:same-project|copied-text)"[^}]*\}/g;
  const whole = await ziping(["check", a, b, "-f", "ndjson", "-r", "national"]);
  const ran = await asStream([b, a]);
  expect(departments(ran.out)).toEqual(["甲局", "丁局", "丙局", "乙局"]);
  expect(ran.out.replace(comparing, "")).toBe(whole.out.replace(comparing, ""));
  const one = await ziping(["check", a, "-f", "ndjson", "-r", "national"]);
  const piped = await asStream(["-"], {}, null, given(readFileSync(a, "utf8")));
  expect(piped.out.replace(comparing, "")).toBe(one.out.replace(comparing, "").replaceAll("指标.csv", "-").replace(/"digest":"[0-9a-f]{64}","files"/g, (_, at: number) => piped.out.replace(comparing, "").slice(at, at + 83)));
});

test("a bad line is a problem in its place, the rest goes on, exit status 2", async () => {
  const bad = ["不是 JSON\n", LINES[0], "\n", '{"a":1}\n', LINES[1], "[1]\n", LINES[2]].join("");
  const ran = await ziping(STREAM, given(bad));
  expect(departments(ran.out)).toEqual([[1, "json-nothing"], "第000000号预算单位", [4, "json-no-submission"], "第000001号预算单位", [6, expect.any(String)], "第000002号预算单位"]);
  expect(JSON.parse(ran.out.split("\n")[2]!)).toEqual({ format: "ziping/problem@1", file: "-", line: 4, department: null, year: null, code: "json-no-submission", message: expect.stringContaining("4") as string });
  expect(ran.status).toBe(2);
  expect(ran.err).toContain("3 份未能核对");
});

test("--resume goes on behind the whole lines that are there, and ends in the same file and status", async () => {
  const there = folder();
  const [path, full, part] = [join(there, "a.ndjson"), join(there, "full.ndjson"), join(there, "part.ndjson")];
  writeFileSync(path, [...LINES.slice(0, 4), "坏行\n", ...LINES.slice(4)].join(""));
  const whole = await asStream([path], {}, full);
  for (const kept of [0, 1, 5, 8]) {
    const lines = readFileSync(full, "utf8").split("\n").slice(0, kept).map((line) => `${line}\n`).join("");
    writeFileSync(part, lines);
    // The line at which it was killed.
    if (kept < 8) appendFileSync(part, '{"format":"ziping/rep');
    const ran = await asStream([path], { resume: true }, part);
    expect([ran.status, readFileSync(part, "utf8") === readFileSync(full, "utf8")]).toEqual([whole.status, true]);
    expect(ran.err).toContain(`已有 ${kept} 份`);
  }
});

test("--resume refuses a file that other inputs or options made, and leaves it as it is", async () => {
  const there = folder();
  const [path, other, out] = [join(there, "a.ndjson"), join(there, "b.ndjson"), join(there, "out.ndjson")];
  writeFileSync(path, LINES.join(""));
  writeFileSync(other, LINES.slice(1).join(""));
  await asStream([path], {}, out);
  const made = readFileSync(out, "utf8");
  await expect(asStream([other], { resume: true }, out)).rejects.toMatchObject({ code: "resumeOther" });
  await expect(asStream([path], { resume: true, rules: "hunan" }, out)).rejects.toMatchObject({ code: "resumeOther" });
  writeFileSync(out, `${made}${made}`);
  await expect(asStream([path], { resume: true }, out)).rejects.toMatchObject({ code: "resumeOther" });
  expect(readFileSync(out, "utf8")).toBe(`${made}${made}`);
  expect((await ziping([...STREAM, "--resume"], given(LINES[0]!))).err).toContain("-o");
});

test("stopped, it has written whole lines and ends in 130", async () => {
  let stop: () => void = () => undefined;
  let out = "";
  const endless = async function* (): AsyncGenerator<Uint8Array> {
    for (let number = 0; ; number++) yield await Promise.resolve(Buffer.from(lineOf(number % 5)));
  };
  const ran = await asStream(["-"], { jobs: "1" }, null, {
    stdinParts: endless,
    onStop: (heard) => { stop = heard; return () => undefined; },
    out: (data) => {
      out += Buffer.from(data as Uint8Array).toString();
      if (out.split("\n").length > 6) stop();
      return Promise.resolve();
    },
  });
  expect(ran.status).toBe(130);
  expect(out.endsWith("}\n")).toBe(true);
  expect(departments(out).length).toBeGreaterThanOrEqual(6);
});

test("a slow reader slows down the source", async () => {
  let [asked, written, most] = [0, 0, 0];
  const source = async function* (): AsyncGenerator<Uint8Array> {
    for (; asked < 30; asked++) yield await Promise.resolve(Buffer.from(lineOf(asked % 5)));
  };
  const ran = await asStream(["-"], { jobs: "1" }, null, { stdinParts: source, out: async () => {
    most = Math.max(most, asked - written);
    await new Promise((resolve) => { setTimeout(resolve, 3); });
    written++;
  } });
  expect([ran.status, written]).toEqual([1, 30]);
  expect(most).toBeLessThanOrEqual(6);
});

test("on a terminal it says how many, how fast and how long still", async () => {
  const path = join(folder(), "a.ndjson");
  writeFileSync(path, LINES.join(""));
  let now = 0;
  const ran = await asStream([path], { jobs: "1" }, null, { errIsTerminal: true, clock: () => (now += 2000), columns: 80 });
  expect(ran.err).toMatch(/已核对 7 份，每秒 \d[\d.]* 份，完成 100%，约剩 0 秒/);
});

test("numbers of jobs that make no sense are refused", async () => {
  for (const jobs of ["0", "-1", "many", "1.5"]) expect((await ziping([...STREAM, `--jobs=${jobs}`], given(LINES[0]!)))).toMatchObject({ status: 2, out: "", err: expect.stringContaining(jobs) as string });
});

test("one document, however many lines it has, is read as ever", async () => {
  const pretty = JSON.stringify(submissionNumber(1, SMALL), null, 2);
  const ran = await ziping(STREAM, given(pretty));
  expect(departments(ran.out)).toEqual(["第000001号预算单位"]);
  const several = await ziping(STREAM, given(`[${LINES.slice(0, 2).join(",")}]`));
  expect(departments(several.out)).toHaveLength(2);
});
