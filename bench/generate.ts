// A seed -> submissions of real shape: a department table of 25 indicators, basic data, prose figures and seven project tables of eight.
import type { Submission, Table } from "../src/model.ts";

export interface Shape {
  /** Indicators of the department table, and of each project table. */
  departmentRows?: number;
  projects?: number;
  projectRows?: number;
  /** Mistakes put in, each of another kind; eight make about a dozen findings, as real submissions have. */
  mistakes?: number;
}

const AREAS = ["法律援助", "普法宣传", "人民调解", "社区矫正", "行政复议", "道路养护", "环境监测", "水库除险加固", "农田建设", "疾病防控", "义务教育", "文物保护", "消防救援", "就业培训", "养老服务", "信息化运维"];
const COUNTS = ["办理案件数", "开展活动场次", "培训人员数量", "检查单位家数", "印发资料份数", "新增设备台数"];
const RATES = ["办结率", "合格率", "覆盖率", "完好率", "抽查通过率"];
const EFFECTS = ["保障工作顺利开展", "促进社会和谐稳定", "改善群众生活环境", "提高服务水平", "带动经济发展"];

/** The submission with that number: the same text for the same number and shape, whatever was made before. */
export function submissionNumber(number: number, shape: Shape = {}): Submission {
  const { departmentRows = 25, projects = 7, projectRows = 8, mistakes = 8 } = shape;
  const random = randomOf(number);
  const name = `第${String(number).padStart(6, "0")}号预算单位`;
  const project = Array.from({ length: projects }, (_, index) => tableOf("project", `${pick(AREAS, random)}专项（${index + 1}）`, projectRows, fundsOf(random), random));
  const spent = project.reduce((sum, table) => sum + Math.round(Number(table.funds?.[0]?.executed) * 100), 0);
  const basic = between(2_000, 900_000, random);
  const funds: Funds = { budget: Math.ceil(((spent + basic) * 100) / 98), executed: spent + basic };
  const department = { ...tableOf("department", name, departmentRows, funds, random), byNature: nature(funds, basic, spent) };
  const tables = [department, ...project];
  const submission: Submission = {
    format: "ziping/submission@1", year: "2023", department: { name, region: "示范市" }, moneyUnit: "万元",
    tables, basicData: basicData(tables, random), statements: statements(tables),
  };
  for (let index = 0; index < mistakes; index++) MISTAKES[(number + index) % MISTAKES.length]?.(submission, index);
  return submission;
}

/** Numbers from a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T;
const between = (low: number, high: number, random: () => number): number => low + Math.floor(random() * (high - low + 1));
/** Amounts are made as whole hundredths, so that they add up exactly. */
const cents = (amount: number): string => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, "0")}`;

interface Funds { budget: number; executed: number }

function fundsOf(random: () => number): Funds {
  const budget = between(2_000, 900_000, random);
  return { budget, executed: Math.floor((budget * between(96, 100, random)) / 100) };
}

function tableOf(kind: Table["kind"], name: string, rows: number, { budget, executed }: Funds, random: () => number): Table {
  const rate = Math.round((executed * 10_000) / budget);
  const score = Math.round((executed * 1_000) / budget);
  const weights = spread(50, 30, 10, rows);
  const indicators = weights.map((weight, index) => indicatorOf(weight, index, rows, kind === "department" ? name.slice(1, 7) : name.slice(0, 4) + name.slice(-2, -1), random));
  const total = 9_000 + score;
  return {
    kind, name,
    ...(kind === "project" ? { supervisor: "示范市财政局", implementer: name } : {}),
    funds: [{ source: "total", initialBudget: cents(budget - Math.floor(budget / 20)), adjustedBudget: cents(budget), executed: cents(executed), weight: "10", rate: `${cents(rate)}%`, score: cents(score) }],
    goals: [{ expected: `完成${name}年度任务，提高资金使用效益。`, achieved: `年度任务已完成，资金使用效益有所提高。` }],
    indicators,
    total: { weight: "100", score: cents(total) },
  };
}

/** 50 for outputs, 30 for benefits, 10 for satisfaction, over that many rows. */
function spread(output: number, benefit: number, satisfaction: number, rows: number): number[] {
  const benefits = Math.max(1, Math.floor((rows - 1) / 3));
  const outputs = Math.max(1, rows - 1 - benefits);
  return [...shares(output, outputs), ...shares(benefit, benefits), satisfaction];
}

function shares(whole: number, rows: number): number[] {
  const each = Math.floor(whole / rows);
  return Array.from({ length: rows }, (_, index) => (index === 0 ? whole - each * (rows - 1) : each));
}

function indicatorOf(weight: number, index: number, rows: number, of: string, random: () => number): NonNullable<Table["indicators"]>[number] {
  const points = String(weight);
  const benefits = Math.max(1, Math.floor((rows - 1) / 3));
  const area = `${of}${pick(AREAS, random)}第${index + 1}项`;
  if (index === rows - 1) {
    const reached = between(92, 99, random);
    return { level1: "满意度指标", level2: "服务对象满意度指标", name: `${area}服务对象满意度`, target: "≥90%", actual: `${reached}%`, weight: points, score: points, explanation: "" };
  }
  if (index >= rows - 1 - benefits) {
    return { level1: "效益指标", level2: index % 2 === 0 ? "社会效益指标" : "可持续影响指标", name: `${area}${pick(EFFECTS, random)}`, ...(random() < 0.05 ? { target: "有效保障", actual: "有效保障" } : { target: "≥85%", actual: `${between(86, 99, random)}%` }), weight: points, score: points, explanation: "" };
  }
  if (index % 2 === 0) {
    const target = between(5, 4_000, random);
    return { level1: "产出指标", level2: "数量指标", name: `${area}${pick(COUNTS, random)}`, target: `≥${target}`, actual: String(target + Math.floor(target / 20)), weight: points, score: points, explanation: "" };
  }
  const target = between(80, 97, random);
  return { level1: "产出指标", level2: "质量指标", name: `${area}${pick(RATES, random)}`, target: `≥${target}%`, actual: `${target + 2}%`, weight: points, score: points, explanation: "" };
}

function nature({ budget }: Funds, basic: number, project: number): NonNullable<Table["byNature"]> {
  return { income: { generalBudget: cents(budget), governmentFund: "0.00", specialAccount: "0.00", other: "0.00" }, expenditure: { basic: cents(basic), project: cents(project) } };
}

function basicData(tables: readonly Table[], random: () => number): NonNullable<Submission["basicData"]> {
  const [operation, overseas, reception] = [between(100, 3_000, random), between(0, 900, random), between(10, 900, random)];
  const basic = tables[0]?.byNature?.expenditure?.basic ?? "0";
  const project = tables[0]?.byNature?.expenditure?.project ?? "0";
  const line = (item: string, prior: number, budget: number, actual: number) => ({ item, prior: cents(prior), budget: cents(budget), actual: cents(actual) });
  const threes = ([[operation, 1], [overseas, 1], [reception, 1]] as const).map(([amount]) => amount);
  const sum = threes[0]! + threes[1]! + threes[2]!;
  return {
    staff: { established: "120", actual: "108", controlRate: "90.00%" },
    lines: [
      line("sanGong", sum + 90, sum + 60, sum),
      line("vehicles", operation + 30, operation + 20, operation), line("vehiclePurchase", 0, 0, 0), line("vehicleOperation", operation + 30, operation + 20, operation),
      line("overseas", overseas + 30, overseas + 20, overseas), line("reception", reception + 30, reception + 20, reception),
      { item: "projectExpenditure", prior: project, budget: project, actual: project },
      line("operatingFunds", 30_100, 30_200, 30_150), line("office", 10_000, 10_100, 10_050), line("utilitiesTravel", 12_000, 12_000, 12_000), line("meetingsTraining", 8_100, 8_100, 8_100),
      line("procurement", 5_000, 6_000, 5_500),
      { item: "basicExpenditure", prior: basic, budget: basic, actual: basic },
    ],
    austerityMeasures: "",
  };
}

function statements(tables: readonly Table[]): NonNullable<Submission["statements"]> {
  const [department] = tables;
  const { basic = "0", project = "0" } = department?.byNature?.expenditure ?? {};
  const executed = department?.funds?.[0]?.executed ?? "0";
  return [
    { kind: "amount", item: "expenditure", amount: executed },
    { kind: "composition", label: "支出合计", total: executed, parts: [{ label: "基本支出", amount: basic }, { label: "项目支出", amount: project }] },
    { kind: "amount", item: "staffActual", amount: "108" },
  ];
}

type Mistake = (submission: Submission, index: number) => void;

const rowAt = ({ tables }: Submission, table: number, row: number): NonNullable<Table["indicators"]>[number] => {
  const { indicators = [] } = tables[table % tables.length] as Table;
  return indicators[row % indicators.length] as NonNullable<Table["indicators"]>[number];
};

/** What departments really get wrong, one kind each. */
const MISTAKES: readonly Mistake[] = [
  ({ tables }, index) => { const fund = tables[index % tables.length]?.funds?.[0]; if (fund?.rate !== undefined) fund.rate = `${fund.rate.split(".")[0] ?? ""}.00%`; },
  (submission, index) => { const row = rowAt(submission, index, 0); row.actual = String(Number((row.target ?? "").slice(1)) * 3); },
  (submission, index) => { const row = rowAt(submission, index, 1); row.actual = "61%"; },
  (submission, index) => { const row = rowAt(submission, index, 2); row.score = "1"; },
  (submission, index) => { const row = rowAt(submission, index, 0); row.actual = "两次多"; },
  ({ tables }, index) => { const table = tables[index % tables.length]; if (table?.total !== undefined) table.total.score = "97.77"; },
  (submission, index) => { const row = rowAt(submission, index, 3); row.target = "0"; },
  ({ basicData }) => { const line = basicData?.lines?.[5]; if (line !== undefined) line.actual = "99.00"; },
  ({ basicData }) => { if (basicData?.staff !== undefined) basicData.staff.controlRate = "95.00%"; },
  (submission, index) => { const row = rowAt(submission, index, 1); row.score = ""; },
  ({ tables }, index) => { const fund = tables[index % tables.length]?.funds?.[0]; if (fund?.executed !== undefined) fund.adjustedBudget = cents(Math.round(Number(fund.executed) * 100) - 100); },
];
