// Changes to the basic data table: 三公 spending, running costs, staff, buildings.
import { amount, comparison, composition, line, part, withoutClaims, type Mutation } from "./mutation.ts";

export const basicDataMutations: Mutation[] = [
  {
    title: "running the vehicles costs more than its budget, while 三公 as a whole stays within",
    change(s) {
      withoutClaims(s);
      Object.assign(line(s, "vehicleOperation"), { budget: "17" });
      Object.assign(line(s, "vehiclePurchase"), { budget: "16" });
      amount(s, "vehicleOperation", "budget").amount = "17";
      amount(s, "vehiclePurchase", "budget").amount = "16";
      part(s, "三公经费预算", "公务用车运行维护费").amount = "17";
      part(s, "三公经费预算", "公务用车购置").amount = "16";
    },
    gives: ["sangong/item-within-budget vehicleOperation"],
  },
  {
    title: "三公 as a whole above its budget, because running the vehicles is",
    change(s) {
      withoutClaims(s);
      Object.assign(line(s, "overseas"), { budget: "0" });
      Object.assign(line(s, "reception"), { budget: "5.49" });
      Object.assign(line(s, "vehicleOperation"), { budget: "17" });
      Object.assign(line(s, "vehicles"), { budget: "17" });
      Object.assign(line(s, "sanGong"), { budget: "22.49" });
      amount(s, "overseas", "budget").amount = "0";
      amount(s, "reception", "budget").amount = "5.49";
      amount(s, "vehicleOperation", "budget").amount = "17";
      amount(s, "sanGong", "budget").amount = "22.49";
      const plan = composition(s, "三公经费预算");
      plan.total = "22.49";
      plan.parts = [{ label: "公务接待费", amount: "5.49" }, { label: "公务用车运行维护费", amount: "17" }];
    },
    gives: ["sangong/within-budget sanGong", "sangong/item-within-budget vehicles", "sangong/item-within-budget vehicleOperation"],
    because: "a total cannot pass its budget unless an item does, and running costs are an item of 公车 as 公车 is of 三公",
  },
  {
    title: "reception above last year's",
    change(s) {
      Object.assign(line(s, "reception"), { prior: "5.18" });
      Object.assign(line(s, "sanGong"), { prior: "41.96" });
      amount(s, "reception", "prior").amount = "5.18";
      amount(s, "sanGong", "prior").amount = "41.96";
      Object.assign(comparison(s, "reception"), { previous: "5.18", change: "0.31", direction: "增加" });
      Object.assign(comparison(s, "sanGong"), { previous: "41.96", change: "19.1" });
    },
    gives: ["sangong/year-on-year reception"],
  },
  {
    title: "a vehicle bought without a budget",
    change(s) {
      withoutClaims(s);
      Object.assign(line(s, "vehiclePurchase"), { actual: "5" });
      Object.assign(line(s, "vehicleOperation"), { actual: "12.37" });
      amount(s, "vehiclePurchase", "actual").amount = "5";
      amount(s, "vehicleOperation", "actual").amount = "12.37";
      part(s, "三公经费决算", "公务车辆购置费").amount = "5";
      part(s, "三公经费决算", "公务用车运行维护费").amount = "12.37";
    },
    gives: ["sangong/unbudgeted-purchase vehiclePurchase"],
  },
  {
    title: "last year's purchase and running costs do not add up to 公车",
    change: (s) => Object.assign(line(s, "vehiclePurchase"), { prior: "17.89" }),
    gives: ["sangong/parts-total vehicles"],
  },
  {
    title: "office costs above their budget",
    change: (s) => Object.assign(line(s, "office"), { actual: "28" }),
    gives: ["basic/item-within-budget office"],
  },
  {
    title: "the parts of project expenditure do not add up to it",
    change: (s) => Object.assign(line(s, "businessWork"), { prior: "760.09" }),
    gives: ["basic/parts-total projectExpenditure"],
  },
  {
    title: "其中 lines of 公用经费 exceed it",
    change: (s) => Object.assign(line(s, "office"), { prior: "300" }),
    gives: ["basic/parts-total operatingFunds"],
  },
  {
    title: "last year's procurement entered in 元 beside a budget in 万元",
    change: (s) => Object.assign(line(s, "procurement"), { prior: "2480000" }),
    gives: ["form/unit-mismatch procurement"],
  },
  {
    title: "more staff than posts",
    change(s) {
      if (s.basicData?.staff) Object.assign(s.basicData.staff, { actual: "118", controlRate: "109.26%" });
      amount(s, "staffActual").amount = "118";
    },
    gives: ["basic/staff-control staff"],
  },
  {
    title: "a wrong control rate",
    change(s) {
      if (s.basicData?.staff) s.basicData.staff.controlRate = "82.48%";
    },
    gives: ["basic/staff-rate staff"],
  },
  {
    title: "a building larger than approved",
    change(s) {
      if (s.basicData)
        s.basicData.buildings = [
          { name: "业务用房", approvedArea: "1000", actualArea: "1100", areaControlRate: "110.00%", budgetInvestment: "500", actualInvestment: "500", investmentControlRate: "100.00%" },
        ];
    },
    gives: ["basic/building-control 业务用房"],
  },
  {
    title: "no basic data table, which Hunan's rules ask for",
    change(s) {
      delete s.basicData;
      s.statements = [];
    },
    gives: ["form/table-missing *"],
  },
];
