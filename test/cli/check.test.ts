// What `ziping check` promises: exit statuses, several inputs, standard input, who chose the rules, files whole or not at all.
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model.ts";
import { ziping } from "./world.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/", import.meta.url));
const at = (name: string, file = "submission.json"): string => join(FIXTURES, name, file);
const RIGHT = at("right-in-every-figure");
const WRONG = at("waived-and-expired");
const BROKEN = join(FIXTURES, "malformed", "truncated.json");
const RULES = ["-r", "national"];

const folder = (): string => mkdtempSync(join(tmpdir(), "ziping-check-"));
const json = async (...args: string[]): Promise<Report> => JSON.parse((await ziping(["check", ...args, "-f", "json"])).out) as Report;

/** A fixture with some of its fields replaced, in a folder of its own. */
function changed(name: string, fields: object): string {
  const file = join(folder(), "submission.json");
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(at(name), "utf8")) as object), ...fields }));
  return file;
}

describe("exit status", () => {
  test("0 where nothing is open at or above --fail-on, 1 where something is", async () => {
    expect((await ziping(["check", RIGHT, ...RULES])).status).toBe(0);
    expect((await ziping(["check", WRONG, ...RULES])).status).toBe(1);
  });

  test.each([
    ["right-in-every-figure", { "must-fix": 0, explain: 0, never: 0 }],
    // One must-fix finding.
    ["waived-and-expired", { "must-fix": 1, explain: 1, note: 1, never: 0 }],
    // Deviations without a reason, nothing wrong.
    ["explained-deviations", { "must-fix": 0, explain: 1, note: 1, never: 0 }],
  ])("%s: by --fail-on %j", async (name, statuses) => {
    for (const [level, status] of Object.entries(statuses)) expect([level, (await ziping(["check", at(name), ...RULES, "--fail-on", level])).status]).toEqual([level, status]);
  });

  test("counts what cannot be told by its severity, and what is explained or waived not at all", async () => {
    const report = await json(at("blank-is-not-zero"), ...RULES);
    const open = report.findings.filter((finding) => finding.outcome !== "explained" && finding.outcome !== "waived");
    const status = async (level: string): Promise<number> => (await ziping(["check", at("blank-is-not-zero"), ...RULES, "--fail-on", level])).status;
    expect(await status("must-fix")).toBe(open.some((finding) => finding.severity === "must-fix") ? 1 : 0);
    const explained = ["check", at("explained-deviations"), "--review", at("explained-deviations", "review.json"), ...RULES];
    const closed = JSON.parse((await ziping([...explained, "-f", "json"])).out) as Report;
    expect(closed.counts.explained).toBeGreaterThan(0);
    expect((await ziping([...explained, "--fail-on", "explain"])).status).toBe(closed.counts.explain + closed.counts.mustFix > 0 ? 1 : 0);
  });

  test("2 where an input could not be read whole, and what could be read is reported", async () => {
    const ran = await ziping(["check", BROKEN, ...RULES, "-f", "json", "--fail-on", "never"]);
    expect(ran.status).toBe(2);
    expect((JSON.parse(ran.out) as Report).input.remarks.map((remark) => remark.kind)).toContain("problem");
    expect(ran.err).toContain("truncated.json");
  });

  test("2 where the rule set cannot be used, said once however many submissions there are", async () => {
    for (const set of ["nowhere", "./nowhere", FIXTURES]) {
      const ran = await ziping(["check", RIGHT, WRONG, "-r", set]);
      expect(ran).toMatchObject({ status: 2, out: "" });
      expect(ran.err.trim().split("\n")).toHaveLength(1);
    }
  });
});

describe("several inputs", () => {
  test("are one report each, the worst status, in the order given", async () => {
    const ran = await ziping(["check", RIGHT, WRONG, ...RULES, "-f", "json"]);
    const reports = JSON.parse(ran.out) as Report[];
    expect(ran.status).toBe(1);
    expect(reports.map((report) => report.verdict)).toEqual(["accept", "return"]);
    const names = (await ziping(["check", WRONG, RIGHT, ...RULES, "-f", "ndjson"])).out.trim().split("\n").map((line) => (JSON.parse(line) as Report).verdict);
    expect(names).toEqual(["return", "accept"]);
  });

  test("of which one cannot be read: the others are reported, exit status 2", async () => {
    const ran = await ziping(["check", "nobody-wrote-this.json", RIGHT, join(FIXTURES, "malformed", "empty.json"), ...RULES, "-f", "json"]);
    expect(ran.status).toBe(2);
    expect((JSON.parse(ran.out) as Report).verdict).toBe("accept");
    expect(ran.err).toContain("nobody-wrote-this.json");
    expect(ran.err).toContain("empty.json");
  });

  test("of one department and year are one submission; folders and archives are walked", async () => {
    const csv = await json(join(FIXTURES, "hengyang-2023", "csv"), ...RULES);
    expect(csv.input.files.length).toBeGreaterThan(4);
    const zip = join(folder(), "报送.zip");
    writeFileSync(zip, zipSync(Object.fromEntries(csv.input.files.map((file) => [`csv/${file.name}`, readFileSync(at("hengyang-2023", `csv/${file.name}`))]))));
    const zipped = await json(zip, ...RULES);
    expect(zipped.findings.map((finding) => finding.id)).toEqual(csv.findings.map((finding) => finding.id));
  });
});

test("standard input is a file like any other", async () => {
  const ran = await ziping(["check", "-", ...RULES, "-f", "json"], { stdin: () => Promise.resolve(readFileSync(RIGHT)) });
  expect(ran).toMatchObject({ status: 0, err: "" });
  expect((JSON.parse(ran.out) as Report).input.files.map((file) => file.name)).toEqual(["-"]);
  const empty = await ziping(["check", "-"]);
  expect(empty).toMatchObject({ status: 2, out: "" });
  expect(empty.err).toMatch(/^标准输入：/);
});

describe("the rules", () => {
  test("are those of --rules, else the submission's own, else the national ones; the report says who chose", async () => {
    const own = changed("right-in-every-figure", { ruleSet: "national" });
    expect((await json(own, ...RULES)).ruleSet).toMatchObject({ id: "national", chosenBy: "option" });
    expect((await json(own)).ruleSet).toMatchObject({ id: "national", chosenBy: "submission" });
    expect((await json(own, "--ignore-submission-rules")).ruleSet).toMatchObject({ id: "national", chosenBy: "default" });
    expect((await json(changed("right-in-every-figure", { ruleSet: "" }))).ruleSet).toMatchObject({ id: "national", chosenBy: "default" });
  });

  test("a submission chooses a built-in set, never a folder of the machine that checks it", async () => {
    for (const ruleSet of ["../rules/national", "/etc", "nowhere"]) {
      const file = changed("right-in-every-figure", { ruleSet });
      expect(await ziping(["check", file, "-f", "json"])).toMatchObject({ status: 2, out: "" });
      expect((await ziping(["check", file, "-f", "json", "--ignore-submission-rules"])).status).toBe(0);
    }
  });

  test("are those of the submission's year, or of --year", async () => {
    expect((await json(WRONG, ...RULES)).ruleSet.year).toBe("2023");
    expect((await json(WRONG, ...RULES, "--year", "2024")).ruleSet.year).toBe("2024");
  });

  test("give the same report with and without the screen before the rules engine", async () => {
    expect(await json(WRONG, ...RULES, "--no-screen")).toEqual(await json(WRONG, ...RULES));
  });
});

test("what is the submitter's own is echoed and read by no rule", async () => {
  const source = { 文号: "〔2024〕7号", keys: [1, null, { "a~/b": "12345678901234567.89" }] };
  const [plain, with_] = [await json(RIGHT, ...RULES), await json(changed("right-in-every-figure", { source }), ...RULES)];
  expect(with_.submission.source).toEqual(source);
  const unplaced = ({ findings, tables, rules }: Report): unknown => JSON.parse(JSON.stringify([findings, tables, rules], (key, value: unknown) => (key === "at" ? undefined : value)));
  expect(unplaced(with_)).toEqual(unplaced(plain));
});

describe("reports go to standard output or into files, whole or not at all", () => {
  test("-o takes the single format, and formats with files go beside it", async () => {
    const there = folder();
    const ran = await ziping(["check", WRONG, ...RULES, "-f", "json", "-o", join(there, "a.json"), "-f", `csv=${join(there, "a.csv")}`]);
    expect(ran).toMatchObject({ status: 1, out: "", err: "" });
    expect(readdirSync(there).sort()).toEqual(["a.csv", "a.json"]);
    expect((JSON.parse(readFileSync(join(there, "a.json"), "utf8")) as Report).format).toBe("ziping/report@1");
  });

  test("a file that cannot be written: exit status 2, nothing left, the others written", async () => {
    const there = folder();
    writeFileSync(join(there, "file"), "");
    const ran = await ziping(["check", WRONG, ...RULES, "-f", `json=${join(there, "file", "a.json")}`, "-f", `markdown=${join(there, "none", "a.md")}`, "-f", "csv"]);
    expect(ran.status).toBe(2);
    expect(ran.err.trim().split("\n")).toHaveLength(2);
    expect(ran.err).toContain(`没有 ${join(there, "none")} 这个文件夹。`);
    expect(ran.out).toContain("score/grade");
    expect(readdirSync(there)).toEqual(["file"]);
  });

  test("nothing is written where nothing could be checked, and what stood there stays", async () => {
    const there = folder();
    writeFileSync(join(there, "a.json"), "before");
    expect((await ziping(["check", join(FIXTURES, "malformed", "empty.json"), "-f", "json", "-o", join(there, "a.json")])).status).toBe(2);
    expect(readFileSync(join(there, "a.json"), "utf8")).toBe("before");
  });

  test("a submission in a folder that is checked is never written over; a report of before is, and is not read as a submission", async () => {
    const there = folder();
    const submission = readFileSync(WRONG, "utf8");
    writeFileSync(join(there, "自评.json"), submission);
    for (const [option, format] of [["-f", "json"], ["--summary", "html"], ["-f", "docx"]] as const) {
      const ran = await ziping(["check", there, ...RULES, option, `${format}=${join(there, "自评.json")}`]);
      expect(ran).toMatchObject({ status: 2, out: "" });
      expect(ran.err).toContain("正是要核对的文件，不能覆盖");
      expect(readFileSync(join(there, "自评.json"), "utf8")).toBe(submission);
    }
    const to = (option: string, format: string, name: string): string[] => [option, `${format}=${join(there, name)}`];
    const call = ["check", there, ...RULES, ...to("-f", "json", "报告.json"), ...to("-f", "html", "报告.html"), ...to("-f", "xlsx", "报告.xlsx"), ...to("-f", "docx", "报告.docx"), ...to("-f", "markdown", "报告.md"), ...to("--summary", "html", "汇总.html"), ...to("--summary", "json", "汇总.json")];
    expect(await ziping(call)).toMatchObject({ status: 1, out: "", err: "" });
    const first = readFileSync(join(there, "报告.json"), "utf8");
    const { err } = await ziping(call);
    for (const own of ["报告.html：这是 ziping 写出的核对报告", "报告.md：这是 ziping 写出的核对报告", "汇总.html：这是 ziping 写出的核对报告", "报告.json 第 1 行：这是核对报告", "ziping/summary@1"]) expect(err).toContain(own);
    expect(err).not.toContain("不能覆盖");
    expect(readFileSync(join(there, "报告.json"), "utf8")).toBe(first);
  });
});

test("`rules list --format json` is an array of what the contract names", async () => {
  const ran = await ziping(["rules", "list", "national", "--format", "json"]);
  const rules = JSON.parse(ran.out) as Record<string, unknown>[];
  expect(ran.status).toBe(0);
  expect(rules.length).toBeGreaterThan(50);
  for (const rule of rules) {
    expect(Object.keys(rule)).toEqual(["id", "category", "severity", "each", "title", "basis", "effective"]);
    expect(rule["title"], String(rule["id"])).not.toBe("");
  }
});
