// Changes to weights, scores, totals and grades.
import { DEPARTMENT, LEGAL_ADVICE, LEGAL_AID, MEDIATION, row, SUPERVISORS, table, total, type Mutation } from "./mutation.ts";

export const scoreMutations: Mutation[] = [
  {
    title: "a score above its weight",
    change(s) {
      row(s, SUPERVISORS, "人民监督员的抽选及时率").score = "11";
      total(s, SUPERVISORS, "98.60");
    },
    gives: ["score/out-of-range 人民监督员的抽选及时率"],
  },
  {
    title: "a score below 0",
    change(s) {
      Object.assign(row(s, MEDIATION, "医疗纠纷调解成功率"), { target: "≥10件", actual: "0件", score: "-1" });
      total(s, MEDIATION, "89.00");
    },
    gives: ["score/out-of-range 医疗纠纷调解成功率", "score/proration 医疗纠纷调解成功率", "deviation/shortfall 医疗纠纷调解成功率"],
    because: "nothing done is due 0 points, not less, and wants a reason",
  },
  { title: "a wrong total", change: (s) => { total(s, MEDIATION, "99.00"); }, gives: ["score/table-total *"] },
  { title: "no total", change: (s) => { delete table(s, MEDIATION).total; }, gives: ["score/total-missing *"] },
  { title: "a wrong grade", change: (s) => { table(s, MEDIATION).grade = "良"; }, gives: ["score/grade *"] },
  { title: "the right grade", change: (s) => { table(s, MEDIATION).grade = "优"; }, gives: [] },
  {
    title: "a missed target given too little",
    change(s) {
      row(s, LEGAL_ADVICE, "法律意见采信率").score = "9.5";
      total(s, LEGAL_ADVICE, "99.50");
    },
    gives: ["score/proration 法律意见采信率"],
  },
  {
    title: "a missed target given full marks",
    change(s) {
      row(s, LEGAL_ADVICE, "法律意见采信率").score = "10";
      total(s, LEGAL_ADVICE, "100.00");
    },
    gives: ["score/proration 法律意见采信率"],
  },
  {
    title: "points taken off a met target without reason",
    change(s) {
      row(s, LEGAL_AID, "法律援助案件办理及时率").score = "9.9";
      total(s, LEGAL_AID, "98.10");
    },
    gives: ["score/unexplained-deduction 法律援助案件办理及时率"],
  },
  {
    title: "points taken off a met target with a reason",
    change(s) {
      Object.assign(row(s, LEGAL_AID, "法律援助案件办理及时率"), { score: "9.9", explanation: "三件案件跨年结案，已改为按月督办" });
      total(s, LEGAL_AID, "98.10");
    },
    gives: ["explained:score/unexplained-deduction 法律援助案件办理及时率"],
  },
  {
    title: "a qualitative score below the band of what was reached",
    change(s) {
      row(s, MEDIATION, "化解矛盾纠纷，维护社会和谐稳定").score = "15";
      total(s, MEDIATION, "95.00");
    },
    gives: ["score/qualitative-band 化解矛盾纠纷，维护社会和谐稳定"],
  },
  {
    title: "weights that do not add to 100",
    change(s) {
      Object.assign(row(s, DEPARTMENT, "对社会生态的促进作用"), { weight: "9", score: "9" });
    },
    gives: ["weight/table-total *"],
  },
  {
    title: "first-level weights that follow no scheme",
    change(s) {
      Object.assign(row(s, MEDIATION, "调解对象和群众满意度"), { weight: "5", score: "5" });
      Object.assign(row(s, MEDIATION, "完成及时率"), { weight: "15", score: "15" });
    },
    gives: ["weight/level1-scheme *"],
  },
  {
    title: "a weight printed beside a first-level name that its rows do not add up to",
    change(s) {
      table(s, MEDIATION).levelWeights = { 成本指标: "20", 产出指标: "50", 效益指标: "20", 满意度指标: "10" };
    },
    gives: ["weight/declared-level 产出指标"],
  },
  {
    title: "a weight of 0",
    change(s) {
      table(s, MEDIATION).indicators?.push({ level1: "产出指标", level2: "质量指标", name: "调解协议履行率", target: "100%", actual: "100%", weight: "0", score: "0", explanation: "" });
    },
    gives: ["weight/not-positive 调解协议履行率"],
  },
  {
    title: "one indicator that carries half the points",
    change(s) {
      const mediation = table(s, MEDIATION);
      const [, first, , , effect, content] = mediation.indicators ?? [];
      if (first === undefined || effect === undefined || content === undefined) throw new Error("the case has changed");
      mediation.indicators = [{ ...first, weight: "50", score: "50" }, { ...effect, weight: "30", score: "30" }, content];
    },
    gives: ["weight/concentration 医疗纠纷调解完成率"],
  },
  {
    title: "a blank score",
    change: (s) => { row(s, MEDIATION, "完成及时率").score = ""; },
    gives: ["form/field-missing 完成及时率"],
  },
  {
    title: "a score that is no number",
    change: (s) => { row(s, MEDIATION, "完成及时率").score = "满分"; },
    gives: ["form/value-unreadable 完成及时率"],
  },
  {
    title: "a blank target",
    change: (s) => { row(s, MEDIATION, "完成及时率").target = ""; },
    gives: ["form/field-missing 完成及时率"],
  },
  {
    title: "a blank actual",
    change: (s) => { row(s, MEDIATION, "完成及时率").actual = ""; },
    gives: ["form/field-missing 完成及时率"],
  },
  {
    title: "a blank weight beside a score",
    change: (s) => { row(s, DEPARTMENT, "对社会生态的促进作用").weight = ""; },
    gives: ["form/field-missing 对社会生态的促进作用"],
  },
];
