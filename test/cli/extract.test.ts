// `ziping extract` and `ziping template`, as run: what is extracted gives the report of the form, and templates are checked as they come.
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model.ts";
import { loadLocale } from "../../src/locale.ts";
import { readInputs } from "../../src/read/read.ts";
import { filledSet } from "../../src/write/template/set.ts";
import { workbookOf } from "../../src/write/template/xlsx.ts";
import { ziping } from "./world.ts";

const folder = mkdtempSync(join(tmpdir(), "ziping-extract-"));
const form = join(folder, "自评表.xlsx");
const { submissions: [read] } = await readInputs([{ name: "s.json", bytes: readFileSync(new URL("../../fixtures/hengyang-2023/submission.json", import.meta.url)) }]);
writeFileSync(form, await workbookOf(filledSet(read!.submission), null, loadLocale("zh")));

/** What does not speak of the file or of a place in it. */
function placeless(json: string): unknown {
  const { findings, tables, rules, verdict, counts, submission } = JSON.parse(json) as Report;
  return { findings: findings.map((one) => ({ ...one, at: [] })), tables: tables.map((table) => ({ ...table, ledger: table.ledger.map((row) => ({ ...row, at: null })) })), rules, verdict, counts, submission };
}

describe("extract", () => {
  it("of a form gives a submission whose report is the form's, places aside", async () => {
    const json = join(folder, "自评.json");
    expect(await ziping(["extract", form, "-o", json])).toEqual({ status: 0, out: "", err: "" });
    const ofForm = await ziping(["check", form, "-f", "json", "-r", "hunan"]);
    const ofJson = await ziping(["check", json, "-f", "json", "-r", "hunan"]);
    expect(ofForm.status).toBe(1);
    expect(placeless(ofJson.out)).toEqual(placeless(ofForm.out));
  });

  it("--show prints values with their cells, and what was inferred", async () => {
    const { status, out } = await ziping(["extract", form, "--show"]);
    expect(status).toBe(0);
    expect(out).toMatch(/法律援助/);
    expect(out).toMatch(/82\.00%/);
    expect(out).toMatch(/「附件3-2」/);
    expect(out).toContain("金额单位「万元」取自表头。");
    expect(out).not.toMatch(/"format"/);
  });

  it("does not write over the form, and tells what it cannot read", async () => {
    expect((await ziping(["extract", form, "-o", form])).status).toBe(2);
    const broken = join(folder, "坏.xlsx");
    writeFileSync(broken, readFileSync(form).subarray(0, 3000));
    const ran = await ziping(["extract", broken]);
    expect([ran.status, ran.out]).toEqual([2, ""]);
    expect(ran.err).toBe("坏.xlsx：文件打不开，可能没有下载完整或已损坏。请用原来的软件打开后另存一份再提交。\n");
  });
});

describe("template", () => {
  it.each(["xlsx", "json"])("%s is written to a file that check reads", async (kind) => {
    const file = join(folder, `空.${kind}`);
    expect(await ziping(["template", kind, "-o", file, "--projects", "2"])).toEqual({ status: 0, out: "", err: "" });
    const ran = await ziping(["check", file, "-f", "json"]);
    expect([ran.status, ran.err]).toEqual([1, ""]);
    expect((JSON.parse(ran.out) as Report).tables.map((table) => table.kind)).toEqual(["department", "project", "project"]);
  });

  it("csv goes into a folder of files, or into an archive", async () => {
    await ziping(["template", "csv", "-o", join(folder, "csv")]);
    expect(readdirSync(join(folder, "csv"))).toEqual(["basic.csv", "funds.csv", "goals.csv", "indicators.csv", "nature.csv", "staff.csv", "totals.csv"]);
    await ziping(["template", "csv", "-o", join(folder, "csv.zip")]);
    const ran = await ziping(["check", join(folder, "csv.zip"), "-f", "json"]);
    expect((JSON.parse(ran.out) as Report).tables.map((table) => table.kind)).toEqual(["department", "project"]);
  });

  it("a workbook is not printed on a screen, and a number of projects is one", async () => {
    expect(await ziping(["template", "xlsx"], { outIsTerminal: true })).toEqual({ status: 2, out: "", err: "xlsx 不能直接显示在屏幕上，请用 -o 文件名 存为文件。\n" });
    expect(await ziping(["template", "json", "--projects", "0"])).toEqual({ status: 2, out: "", err: "项目数「0」不对，应为 1 至 200 的整数。\n" });
  });
});
