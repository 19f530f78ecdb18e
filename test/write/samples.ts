// Handmade reports that the writers' tests show: one of every kind of finding, and an empty one.
import type { Finding, Report } from "../../src/model.ts";

const nothing: Pick<Finding, "table" | "observed" | "expected" | "difference" | "remedy" | "basis" | "at"> = { table: null, observed: null, expected: null, difference: null, remedy: "", basis: [], at: [] };

export const findings: Finding[] = [
  {
    ...nothing, id: "a1", rule: "execution/rate", category: "execution", severity: "must-fix", outcome: "fail", table: "法律援助", subject: "total", subjectName: "年度资金总额",
    observed: "82.00%", expected: "82.54%", difference: "0.54%", title: "预算执行率计算有误",
    message: "填报 82.00%，应为 82.54%：全年执行数 47.26 万元 ÷ 全年预算数 57.26 万元。", diagnosis: "truncated", diagnosisText: "填报数是把小数部分直接舍去得到的。",
    remedy: "执行率改为 82.54%，预算执行得分由 8.20 改为 8.25，总分由 98.20 改为 98.25。", basis: [{ document: "财预〔2020〕10号" }],
    at: [{ file: "自评表.xlsx", sheet: "法律援助", cell: "H9" }],
  },
  {
    ...nothing, id: "a2", rule: "deviation/overachievement", category: "deviation", severity: "explain", outcome: "fail", table: "法律援助", subject: "办理法律援助案件数", subjectName: "办理法律援助案件数",
    observed: "800", expected: "230", difference: "570", title: "超额完成较多，未说明原因",
    message: "年度指标值 230，实际完成 800，为目标的 347.83%，超过 130%，「偏差原因分析及改进措施」一栏为空。",
    remedy: "写明超额完成的原因；如系年初指标值定得偏低，请写明依据，并据此设定下年度指标值。",
    at: [{ file: "indicators.csv", row: 14, column: "实际完成值" }, { file: "indicators.csv", row: 14, column: "年度指标值" }],
  },
  ...["有效保障", "逐步提升", "长期坚持"].map((target, i): Finding => ({
    ...nothing, id: `n${i}`, rule: "target/vague", category: "target", severity: "note", outcome: "fail", table: "普法宣传", subject: `质量指标${i + 1}`, subjectName: `质量指标${i + 1}`,
    title: "指标值难以衡量", message: `年度指标值「${target}」没有可以衡量的数量或标准。`, remedy: "写成能数、能比的指标值。", at: [{ file: "indicators.csv", row: 20 + i }],
  })),
  {
    ...nothing, id: "c1", rule: "form/value-unreadable", category: "form", severity: "must-fix", outcome: "cannot-tell", table: "其他司法综合事务专项", subject: "组织案卷评查次数", subjectName: "组织案卷评查次数",
    observed: "两次多", title: "完成值读不懂", message: "「两次多」不是一个数。该项 10 分暂不计入复核得分（复核得分在 90.00 至 100.00 之间）。", remedy: "填写次数，如 2。",
    at: [{ file: "submission.json", line: 212, pointer: "/tables/2/indicators/4/actual" }],
  },
  {
    ...nothing, id: "e1", rule: "deviation/shortfall", category: "deviation", severity: "explain", outcome: "explained", table: "人民监督员经费", subject: "参与案件监督数", subjectName: "参与案件监督数",
    observed: "30", expected: "50", title: "未完成年度指标值", message: "年度指标值 50，实际完成 30，为目标的 60.00%。", explanation: { text: "因疫情取消两场现场活动，改为线上", where: "偏差原因分析及改进措施" },
  },
  {
    ...nothing, id: "w1", rule: "sangong/year-on-year", category: "sangong", severity: "explain", outcome: "waived", subject: "公务接待费", subjectName: "公务接待费",
    observed: "12.50 万元", expected: "10.00 万元", difference: "2.50 万元", title: "三公经费高于上年", message: "本年 12.50 万元，上年 10.00 万元。", waiver: { requester: "甲科", approver: "乙处", reason: "承办全省会议", expires: "2024-12-31" },
  },
];

export const hengyangLike: Report = {
  format: "ziping/report@1",
  tool: { name: "ziping", version: "0.1.0" },
  ruleSet: { id: "hunan", version: "1.0.0", digest: "00ff", chosenBy: "submission", year: "2023" },
  input: {
    files: [{ name: "自评表.xlsx", sha256: "ab", encoding: "binary", format: "xlsx", bytes: 10 }],
    remarks: [
      { kind: "problem", code: "short-row", message: "项目自评.csv 第 14 行：这一行有 9 个单元格，表头有 12 个。", at: { file: "项目自评.csv", row: 14 } },
      { kind: "inferred", code: "unit", message: "金额单位按「万元」读取。", at: { file: "自评表.xlsx", sheet: "法律援助", cell: "A2" } },
    ],
  },
  lang: "zh",
  submission: { department: "衡阳市司法局", year: "2023", moneyUnit: "万元" },
  verdict: "return",
  counts: { mustFix: 1, explain: 1, note: 3, explained: 1, waived: 1, cannotTell: 1 },
  tables: [
    {
      kind: "project", name: "法律援助", claimed: { score: "98.20", grade: "优" }, recomputed: { score: "98.25", low: "98.25", high: "98.25", grade: "优" },
      ledger: [
        { subject: "年度资金总额", weight: "10", claimed: "8.20", recomputed: "8.25", low: "8.25", high: "8.25", method: "execution", judged: false },
        { subject: "办理法律援助案件数", level1: "产出指标", weight: "20", claimed: "20", recomputed: "20", low: "20", high: "20", method: "ratio", judged: false, target: "230", actual: "800" },
      ],
    },
    {
      kind: "project", name: "其他司法综合事务专项", claimed: { score: "100", grade: null }, recomputed: { score: null, low: "90", high: "100", grade: null },
      ledger: [{ subject: "组织案卷评查次数", level1: "产出指标", weight: "10", claimed: "10", recomputed: null, low: "0", high: "10", method: "unreadable", judged: false, target: "2", actual: "两次多" }],
    },
  ],
  findings,
  rules: [
    { rule: "execution/rate", pass: 3, fail: 1, explained: 0, waived: 0, cannotTell: 0, notApplicable: 0, error: 0 },
    { rule: "form/value-unreadable", pass: 9, fail: 0, explained: 0, waived: 0, cannotTell: 1, notApplicable: 0, error: 0 },
    { rule: "weight/execution", pass: 4, fail: 0, explained: 0, waived: 0, cannotTell: 0, notApplicable: 0, error: 0 },
    { rule: "score/weighting", pass: 0, fail: 0, explained: 0, waived: 0, cannotTell: 0, notApplicable: 4, error: 0 },
  ],
};

/** Nothing found, nothing known of the submission. */
export const empty: Report = {
  ...hengyangLike,
  input: { files: [], remarks: [] },
  submission: { department: null, year: null, moneyUnit: "万元" },
  verdict: "accept",
  counts: { mustFix: 0, explain: 0, note: 0, explained: 0, waived: 0, cannotTell: 0 },
  tables: [],
  findings: [],
};
