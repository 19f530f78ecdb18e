// `--summary` and outputs to folders: a row's link leads to the report that was written, and the exit status stays what it was.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { safeName } from "../../src/cli/folder.ts";
import type { Report } from "../../src/model.ts";
import type { Summary } from "../../src/summary.ts";
import { bureauInputs } from "../cases/bureau.ts";
import { ziping } from "./world.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/", import.meta.url));
const RIGHT = join(FIXTURES, "right-in-every-figure", "submission.json");
const BROKEN = join(FIXTURES, "malformed", "truncated.json");
const RULES = ["-r", "national"];
const folder = (): string => mkdtempSync(join(tmpdir(), "ziping-summary-"));

/** Twelve submissions as a zip. */
function zipped(): string {
  const file = join(folder(), "报送.zip");
  writeFileSync(file, zipSync(Object.fromEntries(bureauInputs(12).map(({ name, bytes }) => [name, bytes]))));
  return file;
}

/** A fixture under another name and year. */
function renamed(name: string, year: string, at: string): string {
  const submission = JSON.parse(readFileSync(RIGHT, "utf8")) as { department: object };
  writeFileSync(at, JSON.stringify({ ...submission, year, department: { ...submission.department, name, code: at } }));
  return at;
}

const read = (file: string): Summary => JSON.parse(readFileSync(file, "utf8")) as Summary;

describe("a summary", () => {
  test("takes the reports' place on standard output, and leaves the status alone", async () => {
    const zip = zipped();
    const plain = await ziping(["check", zip, ...RULES, "-f", "json"]);
    const ran = await ziping(["check", zip, ...RULES, "--summary", "json"]);
    const summary = JSON.parse(ran.out) as Summary;
    const reports = JSON.parse(plain.out) as Report[];
    expect(ran.status).toBe(plain.status);
    expect(summary.totals.departments).toBe(12);
    expect(summary.totals.counts.mustFix).toBe(reports.reduce((sum, { counts }) => sum + counts.mustFix, 0));
    expect((await ziping(["check", RIGHT, ...RULES, "--summary", "terminal"])).status).toBe(0);
  });

  test("is written beside reports in any number of formats", async () => {
    const out = folder();
    const ran = await ziping(["check", zipped(), ...RULES, "-f", "ndjson", ...["html", "xlsx", "json", "terminal"].flatMap((format) => ["--summary", `${format}=${join(out, `s.${format}`)}`])]);
    expect(ran.out.trim().split("\n")).toHaveLength(12);
    expect(readdirSync(out).sort()).toEqual(["s.html", "s.json", "s.terminal", "s.xlsx"]);
    expect(read(join(out, "s.json")).departments.map(({ report }) => report)).toEqual(Array.from({ length: 12 }, () => null));
  });

  test("follows the reports on a screen where both are asked for", async () => {
    const { out } = await ziping(["check", RIGHT, ...RULES, "-f", "terminal", "--summary", "terminal"]);
    expect(out).toContain("各单位情况");
    expect(out.indexOf("得分核对") === -1 ? out.indexOf("自评得分") : out.indexOf("得分核对")).toBeLessThan(out.indexOf("各单位情况"));
  });

  test("lists what could not be read, and the status is 2", async () => {
    const out = join(folder(), "s.json");
    const nothing = join(folder(), "什么.pdf");
    writeFileSync(nothing, "这不是 PDF");
    const ran = await ziping(["check", RIGHT, BROKEN, nothing, ...RULES, "--summary", `json=${out}`, "--fail-on", "never"]);
    expect(ran.status).toBe(2);
    const { unread } = read(out);
    expect(unread.some(({ file }) => file?.includes("truncated.json"))).toBe(true);
    expect(unread.some(({ message, file }) => `${file ?? ""}${message}`.includes("什么.pdf"))).toBe(true);
  });

  test("is written where nothing at all could be checked", async () => {
    const out = join(folder(), "s.json");
    const nothing = join(folder(), "什么.pdf");
    writeFileSync(nothing, "这不是 PDF");
    expect((await ziping(["check", nothing, "--summary", `json=${out}`])).status).toBe(2);
    expect(read(out)).toMatchObject({ totals: { departments: 0 } });
    expect(read(out).unread.length).toBeGreaterThan(0);
  });

  test("is refused where it and a report would be one text or one file, in a format there is not, and over an input", async () => {
    const at = join(folder(), "a.json");
    for (const args of [["-f", "json", "--summary", "json"], ["-f", `json=${at}`, "--summary", `json=${at}`], ["--summary", "pdf"], ["--summary", `json=${RIGHT}`], ["--summary", "json="]]) {
      const ran = await ziping(["check", RIGHT, ...RULES, ...args]);
      expect([args, ran.status, ran.out]).toEqual([args, 2, ""]);
      expect(ran.err).not.toBe("");
    }
    expect(existsSync(at)).toBe(false);
    expect((await ziping(["check", RIGHT, ...RULES, "--summary", "xlsx"], { outIsTerminal: true })).err).toContain("xlsx");
  });

  test("speaks English where asked", async () => {
    const { out } = await ziping(["check", RIGHT, ...RULES, "--summary", "terminal", "--lang", "en"]);
    expect(out).toMatch(/^\d{4}: summary of checked self-evaluations/);
  });
});

describe("a folder as output", () => {
  test("holds one file a submission, and the summary leads there from where it stands", async () => {
    const out = folder();
    const reports = `${join(out, "报告 1")}/`;
    const ran = await ziping(["check", zipped(), ...RULES, "-f", `html=${reports}`, "-f", `json=${reports}`, "--summary", `json=${join(out, "汇总.json")}`, "--summary", `html=${join(out, "汇总.html")}`]);
    expect(ran).toMatchObject({ status: 1, out: "" });
    expect(readdirSync(reports)).toHaveLength(24);
    for (const row of read(join(out, "汇总.json")).departments) {
      expect(row.report).toEqual({ file: `报告 1/${row.department!}-${row.year!}.html`, anchor: null });
      expect(readFileSync(join(out, row.report!.file), "utf8")).toContain(row.department);
      expect(JSON.parse(readFileSync(join(out, row.report!.file.replace(/html$/, "json")), "utf8"))).toMatchObject({ submission: { department: row.department } });
    }
    const links = [...readFileSync(join(out, "汇总.html"), "utf8").matchAll(/ href="([^"#]+)"/g)].map(([, link = ""]) => decodeURIComponent(link));
    expect(links).toHaveLength(12);
    expect(links.filter((link) => !existsSync(join(out, link)))).toEqual([]);
  });

  test("may be one that is there; a page of all reports is led to by its anchors", async () => {
    const out = folder();
    mkdirSync(join(out, "there"));
    await ziping(["check", zipped(), ...RULES, "-f", `csv=${join(out, "there")}`, "-f", `html=${join(out, "all.html")}`, "--summary", `json=${join(out, "there", "s.json")}`]);
    expect(readdirSync(join(out, "there"))).toHaveLength(13);
    const page = readFileSync(join(out, "all.html"), "utf8");
    for (const { report, department } of read(join(out, "there", "s.json")).departments) {
      expect(report?.file).toBe("../all.html");
      const from = page.indexOf(` id="${report!.anchor!}"`);
      expect(from).toBeGreaterThan(0);
      expect(page.slice(from, from + 400)).toContain(department);
    }
  });

  test("gives names that no system refuses, and no two alike", async () => {
    const [inputs, out] = [folder(), folder()];
    const names = ["../../甲/局", "甲:局", "con", "Nul", "", "局".repeat(90), "a\u202Eb", "甲局.", "甲局"];
    const files = names.map((name, at) => renamed(name, "2023", join(inputs, `${String(at)}.json`)));
    const ran = await ziping(["check", ...files, ...RULES, "-f", `json=${join(out, "r")}/`, "-f", "ndjson"]);
    const count = ran.out.trim().split("\n").length;
    const made = readdirSync(join(out, "r"));
    expect(readdirSync(out)).toEqual(["r"]);
    expect(count).toBe(names.length);
    expect(made).toHaveLength(count);
    expect(new Set(made.map((name) => name.normalize("NFKC").toLowerCase())).size).toBe(count);
    expect(made.filter((name) => /[<>:"/\\|?*\p{Cc}\p{Cf}]/u.test(name) || Buffer.byteLength(name) > 250 || /^(?:con\b|nul\b|\.)/i.test(name))).toEqual([]);
  });

  test("is never the folder that is being checked, and writes over no input", async () => {
    const inputs = folder();
    const file = renamed("某局", "2023", join(inputs, "某局-2023.json"));
    const before = readFileSync(file, "utf8");
    for (const path of [inputs, file]) expect((await ziping(["check", path, ...RULES, "-f", `json=${inputs}/`])).status).toBe(2);
    expect(readFileSync(file, "utf8")).toBe(before);
    expect(readdirSync(dirname(file))).toHaveLength(1);
  });

  test.each([["某局", "某局"], ["a/b\\c", "a_b_c"], ["  .x. ", "x"], ["nul", "_nul"], ["\u202Ecod.exe", "_cod.exe"], ["局#1%", "局_1_"]])("names %j %j", (given, name) => {
    expect(safeName(given)).toBe(name);
  });
});
