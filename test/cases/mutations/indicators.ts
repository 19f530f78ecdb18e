// Changes to what indicators say: targets, actuals, explanations, names.
import { LEGAL_ADVICE, MEDIATION, OTHER_AFFAIRS, PUBLICITY, row, table, total, type Mutation } from "./mutation.ts";

const SHORT = { target: "100%", actual: "98%", score: "9.8" };

export const indicatorMutations: Mutation[] = [
  {
    title: "a comparison entered as result",
    change: (s) => { row(s, MEDIATION, "医疗纠纷调解成功率").actual = "≥100%"; },
    gives: ["form/actual-not-a-value 医疗纠纷调解成功率"],
  },
  {
    title: "an actual that is no number",
    change: (s) => { row(s, OTHER_AFFAIRS, "组织案卷评查次数").actual = "两次多"; },
    gives: ["cannot-tell:form/value-unreadable 组织案卷评查次数"],
  },
  {
    title: "target and actual in different units",
    change: (s) => Object.assign(row(s, MEDIATION, "医疗纠纷调解完成率"), { target: "10件", actual: "10人" }),
    gives: ["form/unit-mismatch 医疗纠纷调解完成率"],
  },
  {
    title: "one indicator twice in a table",
    change(s) {
      const first = Object.assign(row(s, MEDIATION, "医疗纠纷调解完成率"), { weight: "10", score: "10" });
      table(s, MEDIATION).indicators?.splice(2, 0, { ...first });
    },
    gives: ["form/duplicate-indicator 医疗纠纷调解完成率"],
  },
  {
    title: "a row of the template left in the form",
    change(s) {
      table(s, MEDIATION).indicators?.splice(2, 0, { level1: "产出指标", level2: "数量指标", name: "指标2：", target: "", actual: "", weight: "", score: "", explanation: "" });
    },
    gives: ["form/template-residue 医调专项经费"],
  },
  {
    title: "a date of another year",
    change: (s) => Object.assign(row(s, MEDIATION, "完成及时率"), { target: "2022年12月底前", actual: "2022年11月20日" }),
    gives: ["form/year-mismatch 完成及时率"],
  },
  {
    title: "a target short of without reason",
    change(s) {
      Object.assign(row(s, MEDIATION, "医疗纠纷调解成功率"), SHORT);
      total(s, MEDIATION, "99.80");
    },
    gives: ["deviation/shortfall 医疗纠纷调解成功率"],
  },
  {
    title: "a target short of with cause and measure",
    change(s) {
      Object.assign(row(s, MEDIATION, "医疗纠纷调解成功率"), SHORT, { explanation: "两起纠纷因当事人转入诉讼未能调成，已建立诉前回访制度加以改进" });
      total(s, MEDIATION, "99.80");
    },
    gives: ["explained:deviation/shortfall 医疗纠纷调解成功率"],
  },
  {
    title: "a reason without a measure",
    change: (s) => { row(s, LEGAL_ADVICE, "法律意见采信率").explanation = "因两件重大决策事项情况变化，未采用"; },
    gives: ["deviation/no-measure 法律意见采信率"],
  },
  {
    title: "a reason that says nothing",
    change: (s) => { row(s, LEGAL_ADVICE, "法律意见采信率").explanation = "已完成任务"; },
    gives: ["deviation/empty-words 法律意见采信率"],
  },
  {
    title: "无 beside a target that was met",
    change: (s) => { row(s, MEDIATION, "完成及时率").explanation = "无"; },
    gives: [],
  },
  {
    title: "one text for different deviations",
    change(s) {
      const text = "因部分参与单位人手紧张，个别事项未落实；下年度将提前部署、加强督办";
      row(s, LEGAL_ADVICE, "法律意见采信率").explanation = text;
      row(s, PUBLICITY, "普法考试合格率").explanation = text;
    },
    gives: ["deviation/copied 法律意见采信率"],
  },
  {
    title: "a target passed by 40% without reason",
    change: (s) => Object.assign(row(s, MEDIATION, "医疗纠纷调解完成率"), { target: "10件", actual: "14件" }),
    gives: ["deviation/overachievement 医疗纠纷调解完成率"],
  },
  {
    title: "a target passed by 40% with a reason",
    change: (s) => Object.assign(row(s, MEDIATION, "医疗纠纷调解完成率"), { target: "10件", actual: "14件", explanation: "新设乡镇调解站，受理量增加" }),
    gives: ["explained:deviation/overachievement 医疗纠纷调解完成率"],
  },
  {
    title: "a target passed by a tenth needs no reason",
    change: (s) => Object.assign(row(s, MEDIATION, "医疗纠纷调解完成率"), { target: "10件", actual: "11件" }),
    gives: [],
  },
  {
    title: "a cost with a lower bound as target",
    change: (s) => Object.assign(row(s, MEDIATION, "成本节约率"), { name: "人均调解成本", target: "≥300元", actual: "300元" }),
    gives: ["target/direction 人均调解成本"],
  },
  {
    title: "an upper bound on a cost, kept to",
    change: (s) => Object.assign(row(s, MEDIATION, "成本节约率"), { name: "人均调解成本", target: "≤300元", actual: "280元" }),
    gives: [],
  },
  {
    title: "a number of things as words",
    change: (s) => Object.assign(row(s, MEDIATION, "医疗纠纷调解完成率"), { target: "基本完成", actual: "基本完成" }),
    gives: ["target/vague 医疗纠纷调解完成率"],
  },
  {
    title: "a payment rate among the quantities",
    change: (s) => { row(s, MEDIATION, "医疗纠纷调解完成率").name = "资金支付率"; },
    gives: ["target/misplaced 资金支付率"],
  },
  {
    title: "one indicator with another target in the department's table",
    change: (s) => { row(s, PUBLICITY, "普法考试参与人数").target = "140000"; },
    gives: ["consistency/shared-indicator 普法考试参与人数"],
  },
  {
    title: "a goal that names another number than its indicator",
    change: (s) => { table(s, MEDIATION).goals = [{ expected: "医疗纠纷调解完成率达到95%。", achieved: "" }]; },
    gives: ["consistency/goal-indicator 医疗纠纷调解完成率"],
  },
  {
    title: "full-width digits and signs are the same values",
    change: (s) => Object.assign(row(s, MEDIATION, "调解对象和群众满意度"), { target: "＞９０％", actual: "９８％" }),
    gives: [],
  },
];
