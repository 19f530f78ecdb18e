// Changes to the funds of the tables: rates, scores, sources, budgets.
import { bothFunds, DEPARTMENT, fund, LEGAL_AID, MEDIATION, OTHER_AFFAIRS, row, SUPERVISORS, table, total, type Mutation } from "./mutation.ts";

export const fundMutations: Mutation[] = [
  {
    title: "an appropriation overspent, covered by another source",
    change(s) {
      Object.assign(fund(s, OTHER_AFFAIRS, "fiscal"), { executed: "31" });
      Object.assign(fund(s, OTHER_AFFAIRS, "carryover"), { initialBudget: "5", adjustedBudget: "5", executed: "4" });
      Object.assign(fund(s, OTHER_AFFAIRS, "total"), { initialBudget: "35", adjustedBudget: "35", executed: "35" });
    },
    gives: ["execution/over-budget fiscal"],
  },
  {
    title: "spending on a source without budget",
    change(s) {
      Object.assign(fund(s, MEDIATION, "fiscal"), { executed: "39" });
      Object.assign(fund(s, MEDIATION, "other"), { executed: "1" });
    },
    gives: ["execution/over-budget other"],
  },
  { title: "a wrong execution rate", change: (s) => Object.assign(fund(s, MEDIATION, "total"), { rate: "99.00%" }), gives: ["execution/rate total"] },
  {
    title: "a fraction with a percent sign behind it",
    change: (s) => Object.assign(fund(s, DEPARTMENT, "total"), { rate: "0.9152%" }),
    gives: ["execution/rate total"],
    diagnosis: "percent-as-fraction",
  },
  { title: "a rate written as a fraction is still that rate", change: (s) => Object.assign(fund(s, DEPARTMENT, "total"), { rate: "0.9152" }), gives: [] },
  { title: "a rate without its percent sign is still that rate", change: (s) => Object.assign(fund(s, DEPARTMENT, "total"), { rate: "91.52" }), gives: [] },
  {
    title: "a rate with two digits swapped",
    change: (s) => Object.assign(fund(s, DEPARTMENT, "total"), { rate: "91.25%" }),
    gives: ["execution/rate total"],
    diagnosis: "digits-swapped",
  },
  {
    title: "a rate reckoned on the initial budget",
    change: (s) => Object.assign(fund(s, DEPARTMENT, "total"), { rate: "119.21%" }),
    gives: ["execution/rate total"],
    diagnosis: "initial-budget-base",
  },
  {
    title: "a wrong execution score, the total following it",
    change(s) {
      Object.assign(fund(s, MEDIATION, "total"), { score: "9.00" });
      total(s, MEDIATION, "99.00");
    },
    gives: ["execution/score total"],
  },
  {
    title: "an execution score above its weight",
    change(s) {
      Object.assign(fund(s, MEDIATION, "total"), { score: "10.50" });
      total(s, MEDIATION, "100.50");
    },
    gives: ["execution/score total"],
  },
  {
    title: "sources that do not add up to the total",
    change: (s) => Object.assign(fund(s, MEDIATION, "fiscal"), { initialBudget: "39" }),
    gives: ["execution/sources-total total"],
  },
  {
    title: "income by source apart from the adjusted budget by more than rounding",
    change(s) {
      const income = table(s, DEPARTMENT).byNature?.income;
      if (income) income.generalBudget = "3320.55";
    },
    gives: ["execution/nature-total *"],
  },
  {
    title: "expenditure by nature that the basic data contradict",
    change(s) {
      table(s, DEPARTMENT).byNature = { ...table(s, DEPARTMENT).byNature, expenditure: { basic: "2459.60", project: "657.13" } };
    },
    gives: ["consistency/basic-department basicExpenditure", "consistency/basic-department projectExpenditure"],
    because: "the two still add up, so each is wrong by itself",
  },
  {
    title: "a rate below 90% without reason, all else following from it",
    change(s) {
      bothFunds(s, MEDIATION, { executed: "34" });
      Object.assign(fund(s, MEDIATION, "total"), { rate: "85.00%", score: "8.50" });
      row(s, MEDIATION, "成本节约率").actual = "15%";
      total(s, MEDIATION, "98.50");
    },
    gives: ["execution/low-rate total", "cost/paid-twice 成本节约率"],
    because: "money left over earns full cost marks in this form and loses execution marks",
  },
  {
    title: "a rate below 90% with a reason",
    change(s) {
      bothFunds(s, MEDIATION, { executed: "34" });
      Object.assign(fund(s, MEDIATION, "total"), { rate: "85.00%", score: "8.50", explanation: "上级资金12月下达，结转下年使用" });
      row(s, MEDIATION, "成本节约率").actual = "15%";
      total(s, MEDIATION, "98.50");
    },
    gives: ["explained:execution/low-rate total", "cost/paid-twice 成本节约率"],
    because: "as above; the reason answers the low rate only",
  },
  {
    title: "a budget raised by a third without reason",
    change: (s) => { bothFunds(s, MEDIATION, { initialBudget: "30" }); },
    gives: ["execution/adjustment total"],
  },
  {
    title: "a budget raised by a third with a reason",
    change(s) {
      bothFunds(s, MEDIATION, { initialBudget: "30" });
      fund(s, MEDIATION, "total").explanation = "年中上级追加医调员补贴资金";
    },
    gives: ["explained:execution/adjustment total"],
  },
  {
    title: "a budget raised by a tenth is no adjustment to explain",
    change: (s) => { bothFunds(s, MEDIATION, { initialBudget: "36.37" }); },
    gives: [],
  },
  {
    title: "a weight of execution other than 10",
    change(s) {
      Object.assign(fund(s, DEPARTMENT, "total"), { weight: "15", score: "13.73" });
      Object.assign(row(s, DEPARTMENT, "对社会生态的促进作用"), { weight: "5", score: "5" });
    },
    gives: ["weight/execution *"],
  },
  {
    title: "a saving rate that is not what was left over",
    change: (s) => Object.assign(row(s, SUPERVISORS, "成本节约率"), { actual: "18.3%" }),
    gives: ["cost/saving-rate 成本节约率"],
  },
  {
    title: "an executed amount left blank",
    change: (s) => Object.assign(fund(s, LEGAL_AID, "total"), { executed: "" }),
    gives: ["form/field-missing total"],
  },
];
