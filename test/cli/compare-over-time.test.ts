// Findings over time: their ids survive whatever is no change of what they are about; what was said last time can be used again.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Comparison } from "../../src/compare.ts";
import type { Finding, Report, Submission } from "../../src/model.ts";
import type { ReviewFile } from "../../src/review.ts";
import { checkShape } from "../../src/schema.ts";
import { ziping } from "./world.ts";

const HENGYANG = fileURLToPath(new URL("../../fixtures/hengyang-2023/submission.json", import.meta.url));
const RULES = ["-r", "national"];
const SAID = "律师辩护全覆盖试点扩大，案件量大幅增加，下年度按新口径提高指标值";
const schema = (name: string): object => JSON.parse(readFileSync(new URL(`../../rules/schema/${name}.schema.json`, import.meta.url), "utf8")) as object;

const folder = (): string => mkdtempSync(join(tmpdir(), "ziping-time-"));

function changed(change: (submission: Submission) => void, at = join(folder(), "submission.json")): string {
  const submission = JSON.parse(readFileSync(HENGYANG, "utf8")) as Submission;
  change(submission);
  writeFileSync(at, JSON.stringify(submission, null, 1));
  return at;
}

async function findingsOf(path: string, ...more: string[]): Promise<Finding[]> {
  return (JSON.parse((await ziping(["check", path, ...RULES, ...more, "-f", "json"])).out) as Report).findings;
}

async function compared(old: string, now: string, ...more: string[]): Promise<Comparison> {
  return JSON.parse((await ziping(["compare", old, now, ...RULES, ...more, "-f", "json"])).out) as Comparison;
}

const tableNamed = (submission: Submission, name: string): NonNullable<Submission["tables"]>[number] => submission.tables.find((table) => table.name === name)!;
const ids = (findings: readonly Finding[]): string[] => findings.map(({ id }) => id).sort();
const explained = (submission: Submission): void => { Object.assign(tableNamed(submission, "法律援助").indicators![0]!, { explanation: SAID }); };

describe("a finding's id is the same", () => {
  test("when tables, rows, funds and lines stand in another order", async () => {
    const turned = changed((submission) => {
      submission.tables.reverse();
      for (const table of submission.tables) {
        table.indicators!.reverse();
        table.funds!.reverse();
      }
      submission.basicData!.lines!.reverse();
      submission.statements!.reverse();
    });
    const [before, after] = [await findingsOf(HENGYANG), await findingsOf(turned)];
    expect(ids(after)).toEqual(ids(before));
    expect(before.length).toBeGreaterThan(50);
  });

  test("when rows that it is not about are renamed, added or taken away", async () => {
    const renamed = changed((submission) => {
      const table = tableNamed(submission, "医调专项经费");
      table.name = "医疗纠纷调解经费";
      table.indicators!.pop();
      tableNamed(submission, "普法宣传").indicators!.unshift({ level1: "产出指标", level2: "数量指标", name: "新增的指标", target: "5", actual: "5", weight: "0", score: "0" });
    });
    const mine = (findings: Finding[]): string[] => ids(findings.filter(({ table, category }) => table === "法律援助" && category !== "consistency"));
    expect(mine(await findingsOf(renamed))).toEqual(mine(await findingsOf(HENGYANG)));
    expect(mine(await findingsOf(HENGYANG)).length).toBeGreaterThan(4);
  });

  test("in whatever language it is told", async () => {
    expect(ids(await findingsOf(HENGYANG, "--lang", "en"))).toEqual(ids(await findingsOf(HENGYANG)));
  });

  test("when the values are corrected, but not rightly; and gone when they are", async () => {
    const rate = (to: string, score: string, total: string): string => changed((submission) => {
      const table = tableNamed(submission, "法律援助");
      Object.assign(table.funds!.find(({ source }) => source === "total")!, { rate: to, score });
      Object.assign(table.total!, { score: total });
    });
    const of = (comparison: Comparison, section: "fixed" | "remaining"): string[] => comparison[section].filter(({ rule, table }) => rule === "execution/rate" && table === "法律援助").map(({ observed }) => observed!);
    const still = await compared(HENGYANG, rate("82.50%", "8.25", "98.25"));
    expect(of(still, "remaining")).toEqual(["82.50%"]);
    expect(of(await compared(HENGYANG, rate("82.54%", "8.25", "98.25")), "fixed")).toEqual(["82.00%"]);
  });
});

test("points gained and lost are told table by table and row by row", async () => {
  const now = changed((submission) => {
    const table = tableNamed(submission, "法律援助");
    Object.assign(table.funds!.find(({ source }) => source === "total")!, { rate: "82.54%", score: "8.25" });
    Object.assign(table.total!, { score: "98.25" });
    table.indicators!.reverse();
  });
  const comparison = await compared(HENGYANG, now);
  expect(checkShape(schema("comparison"), comparison)).toEqual([]);
  expect(comparison.tables.filter(({ rows }) => rows.length > 0).map(({ name, claimedChange, rows }) => [name, claimedChange, rows])).toEqual([
    ["法律援助", "+0.05", [{ subject: "execution", old: { claimed: "8.20", recomputed: "8.25" }, new: { claimed: "8.25", recomputed: "8.25" }, claimedChange: "+0.05", recomputedChange: "0.00" }].map((row) => expect.objectContaining(row) as object)],
  ]);
});

describe("--carry", () => {
  test("writes what was explained last time and is not now; with it as review the findings are explained", async () => {
    const [old, now] = [changed(explained), HENGYANG];
    const to = join(folder(), "carried.json");
    const ran = await ziping(["compare", old, now, ...RULES, "--carry", to, "-f", "json"]);
    expect(ran.status).toBe(0);
    expect(ran.err).toContain("请逐条核对是否仍然适用");
    const comparison = JSON.parse(ran.out) as Comparison;
    expect(checkShape(schema("comparison"), comparison)).toEqual([]);
    const lapsed = comparison.lapsed.map(({ rule }) => rule);
    expect(lapsed).toContain("deviation/overachievement");
    const carried = JSON.parse(readFileSync(to, "utf8")) as ReviewFile;
    expect(carried.explanations!.map(({ about, text, author, department }) => [about, text, author, department])).toEqual(comparison.lapsed.map(({ id }) => [id, SAID, "衡阳市司法局机关", "衡阳市司法局机关"]).sort());
    expect(carried.explanations![0]!.source).toContain("submission.json");
    const again = await findingsOf(now, "--review", to);
    for (const { id } of comparison.lapsed) expect(again.find((finding) => finding.id === id)).toMatchObject({ outcome: "explained", explanation: { text: SAID } });
  });

  test("carries waivers and the decisions that accepted thin words too", async () => {
    const found = (await findingsOf(HENGYANG)).filter(({ rule }) => rule === "deviation/overachievement");
    const [thin, let_] = [found[0]!, found[1]!];
    const review = join(folder(), "review.json");
    writeFileSync(review, JSON.stringify({
      format: "ziping/review@1",
      explanations: [{ about: thin.id, text: "案件多", author: "办公室", date: "2024-03-01" }],
      decisions: [{ scope: { finding: thin.id }, decision: "accepted", author: "张三", date: "2024-03-20" }, { scope: { finding: let_.id }, decision: "waived", reason: "已报备", until: "2024-12-31", author: "李四", date: "2024-03-20" }],
    }));
    const report = join(folder(), "report.json");
    await ziping(["check", HENGYANG, ...RULES, "--review", review, "-f", `json=${report}`]);
    const to = join(folder(), "carried.json");
    await ziping(["compare", report, HENGYANG, ...RULES, "--carry", to]);
    const again = await findingsOf(HENGYANG, "--review", to, "--date", "2024-12-31");
    expect(again.find(({ id }) => id === thin.id)).toMatchObject({ outcome: "explained", explanation: { text: "案件多", author: "办公室" }, decisions: [{ author: "张三" }] });
    expect(again.find(({ id }) => id === let_.id)).toMatchObject({ outcome: "waived", waiver: { approver: "李四", expires: "2024-12-31" } });
    expect((await findingsOf(HENGYANG, "--review", to, "--date", "2025-01-01")).find(({ id }) => id === let_.id)).toMatchObject({ outcome: "fail" });
  });

  test("writes nothing where nothing lapsed, and never over what is compared", async () => {
    const to = join(folder(), "carried.json");
    const ran = await ziping(["compare", HENGYANG, HENGYANG, ...RULES, "--carry", to]);
    expect(ran.err).toContain("没有可以沿用的说明");
    expect(() => readFileSync(to)).toThrow();
    expect(await ziping(["compare", HENGYANG, HENGYANG, ...RULES, "--carry", HENGYANG])).toMatchObject({ status: 2, out: "" });
  });
});

test("a bureau compares two folders: departments are paired by code or name, and listed; what is carried names its department", async () => {
  const [old, now] = [folder(), folder()].map((root) => { const at = join(root, "all"); mkdirSync(at); return at; }) as [string, string];
  for (const [i, name] of ["甲局", "乙局", "丙局"].entries()) {
    changed((submission) => { submission.department = { name, code: `00${i}` }; explained(submission); }, join(old, `${i}.json`));
    changed((submission) => { submission.department = { name: i === 0 ? "甲局（更名）" : name, code: `00${i}` }; if (i === 1) explained(submission); }, join(now, `new-${9 - i}.json`));
  }
  const to = join(folder(), "carried.json");
  const ran = await ziping(["compare", old, now, ...RULES, "--carry", to]);
  expect(ran.status).toBe(0);
  expect(ran.out).toContain("汇总：3 个单位");
  const comparisons = JSON.parse((await ziping(["compare", old, now, ...RULES, "-f", "json"])).out) as Comparison[];
  expect(comparisons.map((each) => [each.old.department, each.new.department]).sort()).toEqual([["丙局", "丙局"], ["乙局", "乙局"], ["甲局", "甲局（更名）"]]);
  const carried = JSON.parse(readFileSync(to, "utf8")) as ReviewFile;
  expect([...new Set(carried.explanations!.map(({ department }) => department))].sort()).toEqual(["丙局", "甲局（更名）"]);
});
