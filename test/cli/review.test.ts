// Reviewers' decisions in a check, and `ziping review merge` and `review check`, as people run them.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { Finding, Report } from "../../src/model.ts";
import type { Decision, ReviewFile } from "../../src/review.ts";
import { ziping } from "./world.ts";

const HENGYANG = fileURLToPath(new URL("../../fixtures/hengyang-2023/submission.json", import.meta.url));
const RULES = ["-r", "national"];
const GOOD = "律师辩护全覆盖试点扩大，案件量大幅增加，下年度按新口径提高指标值";

let plain: Report;
let over: Finding;
let must: Finding;
let reportPath: string;

beforeAll(async () => {
  reportPath = join(mkdtempSync(join(tmpdir(), "ziping-review-")), "report.json");
  await ziping(["check", HENGYANG, ...RULES, "-f", `json=${reportPath}`]);
  plain = JSON.parse(readFileSync(reportPath, "utf8")) as Report;
  over = plain.findings.find((finding) => finding.rule === "deviation/overachievement" && finding.table === "法律援助")!;
  must = plain.findings.find((finding) => finding.rule === "execution/rate" && finding.table === "法律援助")!;
});

function saved(parts: Partial<ReviewFile>, name = "review.json"): string {
  const path = join(mkdtempSync(join(tmpdir(), "ziping-review-")), name);
  writeFileSync(path, JSON.stringify({ format: "ziping/review@1", ...parts }, null, 1));
  return path;
}

const decided = (decision: Decision["decision"], more: Partial<Decision> = {}): Decision => ({ scope: { finding: over.id }, decision, author: "张三", date: "2024-03-20T09:30:00+08:00", ...more });
const said = (text: string, date = "2024-03-01"): NonNullable<ReviewFile["explanations"]>[number] => ({ about: over.id, text, author: "办公室", date });

async function reviewed(parts: Partial<ReviewFile>, ...more: string[]): Promise<{ finding: Finding; report: Report; err: string }> {
  const { out, err } = await ziping(["check", HENGYANG, ...RULES, "--review", saved(parts), ...more, "-f", "json"]);
  const report = JSON.parse(out) as Report;
  return { finding: report.findings.find(({ id }) => id === over.id)!, report, err };
}

describe("a decision", () => {
  test("that accepts settles a finding whose explanation is thin, and says who decided", async () => {
    expect((await reviewed({ explanations: [said("案件多")] })).finding.outcome).toBe("fail");
    const { finding, report } = await reviewed({ explanations: [said("案件多")], decisions: [decided("accepted", { reason: "电话核实" })] });
    expect(finding).toMatchObject({ outcome: "explained", explanation: { text: "案件多", author: "办公室" }, decisions: [{ decision: "accepted", author: "张三", date: "2024-03-20T09:30:00+08:00", reason: "电话核实" }] });
    expect(finding.message).toContain("审核意见：张三 2024-03-20 采纳了说明（电话核实）。");
    expect(report.counts.explained).toBe(plain.counts.explained + 1);
  });

  test("that accepts settles nothing where nobody explained, nor what must be corrected, and both are told", async () => {
    const { finding, err } = await reviewed({ decisions: [decided("accepted")] });
    expect(finding.outcome).toBe("fail");
    expect(finding.message).toContain("但没有找到说明，仍按未处理计");
    expect(err).toContain("没有找到可以采纳的说明");
    const wrong = await reviewed({ decisions: [decided("accepted", { scope: { finding: must.id } })] });
    expect(wrong.report.findings.find(({ id }) => id === must.id)).toMatchObject({ outcome: "fail" });
    expect(wrong.err).toContain("说明不能代替更正");
  });

  test("that rejects opens a finding again that was well explained, with the reviewer's reason", async () => {
    expect((await reviewed({ explanations: [said(GOOD)] })).finding.outcome).toBe("explained");
    const { finding, report } = await reviewed({ explanations: [said(GOOD)], decisions: [decided("rejected", { reason: "没有附上级文件。" })] });
    expect(finding).toMatchObject({ outcome: "fail", explanation: { text: GOOD } });
    expect(finding.message).toContain("审核意见：张三 2024-03-20 认为说明不能采纳，理由：没有附上级文件。请重新说明或更正。");
    expect(report.counts.explain).toBe(plain.counts.explain);
    for (const format of ["terminal", "markdown", "csv", "html", "sarif", "junit"]) {
      const { out } = await ziping(["check", HENGYANG, ...RULES, "--review", saved({ explanations: [said(GOOD)], decisions: [decided("rejected", { reason: "没有附上级文件" })] }), "-f", format, "--verbose"]);
      expect(out.replace(/\s+/g, "")).toContain("没有附上级文件");
    }
  });

  test("that rejects is about what was said up to then, or the words it names: a new explanation is judged anew", async () => {
    const rejected = decided("rejected", { reason: "没有依据" });
    expect((await reviewed({ explanations: [said("旧的说明写得不清楚，请见附件"), said(GOOD, "2024-03-25")], decisions: [rejected] })).finding).toMatchObject({ outcome: "explained", explanation: { text: GOOD } });
    const named = { ...rejected, explanation: "另外一段话" };
    const { finding, err } = await reviewed({ explanations: [said(GOOD)], decisions: [named] });
    expect(finding.outcome).toBe("explained");
    expect(err).toContain("说明已经改写，需要重新审核");
  });

  test("that waives holds until its day, as of --date and never of the clock", async () => {
    const parts = { decisions: [decided("waived", { reason: "已报备", until: "2024-06-30" })] };
    expect((await reviewed(parts, "--date", "2024-06-30")).finding).toMatchObject({ outcome: "waived", waiver: { approver: "张三", reason: "已报备", expires: "2024-06-30" } });
    const late = await reviewed(parts, "--date", "2024-07-01");
    expect(late.finding.outcome).toBe("fail");
    expect(late.err).toContain("有效期至 2024-06-30，到 2024-07-01 已过期");
    expect((await reviewed(parts)).finding.outcome).toBe("waived");
  });

  test("against another person's leaves the finding open and names both; a final word settles it", async () => {
    const both = [decided("accepted"), decided("rejected", { author: "李四", date: "2024-03-22", reason: "没有依据" })];
    const { finding } = await reviewed({ explanations: [said(GOOD)], decisions: both });
    expect(finding.outcome).toBe("fail");
    expect(finding.message).toContain("审核意见不一致：张三 2024-03-20 采纳说明；李四 2024-03-22 不采纳说明（没有依据）。统一意见前按未处理计。");
    expect(finding.decisions).toHaveLength(2);
    expect((await reviewed({ explanations: [said(GOOD)], decisions: [...both, decided("accepted", { author: "王五", date: "2024-03-23", final: true })] })).finding.outcome).toBe("explained");
  });

  test("about a department is about no other", async () => {
    const scope = { finding: over.id, department: "别的单位" };
    expect((await reviewed({ explanations: [said(GOOD)], decisions: [decided("rejected", { scope, reason: "不行" })] })).finding.outcome).toBe("explained");
  });
});

describe("a review file", () => {
  const refused = async (decision: object): Promise<string> => (await ziping(["review", "check", saved({ decisions: [decision as Decision] })])).err;

  test("with a mistake is told where, what and how to mend it", async () => {
    expect(await refused({ ...decided("rejected") })).toMatch(/review\.json 第 \d+ 行第 \d+ 列：「decisions #1」缺少「reason」。请补上。/);
    expect(await refused({ ...decided("accepted"), decision: "accept" })).toContain("「decision」只能写：accepted | rejected | waived。");
    expect(await refused({ ...decided("accepted"), date: "2024/3/20" })).toContain("「date」的日期写法不对，应写作 2024-03-20；写明时间的写作 2024-03-20T09:30:00+08:00。");
    expect(await refused({ ...decided("accepted"), date: "2024-03-20T09:30" })).toContain("写明时间的写作");
    expect(await refused({ ...decided("accepted"), date: "2024-02-30" })).toMatch(/第 \d+ 行第 \d+ 列：日历上没有 2024-02-30 这一天/);
    expect(await refused({ ...decided("accepted"), autor: "张三" })).toContain("是不是想写 author？");
  });

  test("is held against a report: entries that match nothing are told, and people who disagree", async () => {
    const clean = saved({ explanations: [said(GOOD)], decisions: [decided("accepted")] });
    expect(await ziping(["review", "check", clean, "--report", reportPath])).toMatchObject({ status: 0, err: "" });
    const wrong = saved({ explanations: [{ about: "没有的指标", text: GOOD, author: "办公室" }], decisions: [decided("accepted", { scope: { rule: "execution/rat" } }), decided("accepted"), decided("rejected", { author: "李四", reason: "没有依据" })] });
    const ran = await ziping(["review", "check", wrong, "--report", reportPath]);
    expect(ran.status).toBe(1);
    for (const part of ["关于「没有的指标」的说明没有对上任何一条问题", "张三 对「execution/rat」的审核意见没有对上任何一条问题", "审核意见不一致：法律援助 · 办理法律援助案件数 · 超额完成较多", "李四（2024-03-20 09:30:00+08:00）不采纳说明：没有依据", "不起作用 3 条，不一致 1 处"]) expect(ran.out).toContain(part);
    expect((await ziping(["review", "check", clean, "--report", HENGYANG])).status).toBe(2);
  });
});

describe("review merge", () => {
  test("writes one file of all that was said; 0 where people agree, 1 with the names where they do not", async () => {
    const [a, b] = [saved({ explanations: [said(GOOD)], decisions: [decided("accepted")] }), saved({ explanations: [said(GOOD)], decisions: [decided("rejected", { author: "李四", reason: "没有依据" })] })];
    const to = join(mkdtempSync(join(tmpdir(), "ziping-review-")), "merged.json");
    const ran = await ziping(["review", "merge", a, b, "-o", to]);
    expect(ran).toMatchObject({ status: 1, out: "" });
    for (const part of ["审核意见不一致：", "张三（2024-03-20 09:30:00+08:00）采纳说明", "李四（2024-03-20 09:30:00+08:00）不采纳说明：没有依据", "\"final\": true", "说明 1 条，豁免 0 条，审核意见 2 条，不一致 1 处"]) expect(ran.err).toContain(part);
    expect((JSON.parse(readFileSync(to, "utf8")) as ReviewFile).decisions).toHaveLength(2);
    const again = await ziping(["review", "merge", b, to, a]);
    expect(again.out).toBe(readFileSync(to, "utf8"));
    expect(await ziping(["review", "merge", a, a])).toMatchObject({ status: 0 });
  });

  test("never writes over a file that it merges, and refuses one file alone or what is no review", async () => {
    const a = saved({ decisions: [decided("accepted")] });
    expect(await ziping(["review", "merge", a, saved({}), "-o", a])).toMatchObject({ status: 2, out: "" });
    expect((await ziping(["review", "merge", a])).err).toContain("至少要两个文件");
    expect((await ziping(["review", "merge", a, HENGYANG])).status).toBe(2);
  });
});

test("what is no review file is called that, and not taken apart as one", async () => {
  for (const call of [["review", "check", HENGYANG], ["check", HENGYANG, ...RULES, "--review", HENGYANG]]) {
    const ran = await ziping(call);
    expect(ran).toMatchObject({ status: 2, out: "" });
    expect(ran.err.trim()).toBe(`${HENGYANG} 不是审核意见文件。`);
  }
});
