// Changes to the figures that the report's sentences state.
import { amount, comparison, part, type Mutation } from "./mutation.ts";

export const proseMutations: Mutation[] = [
  {
    title: "a fall called a rise",
    change: (s) => { comparison(s, "sanGong").direction = "增加"; },
    gives: ["narrative/comparison sanGong"],
  },
  {
    title: "a change that is not the difference",
    change: (s) => { comparison(s, "reception").change = "1.96"; },
    gives: ["narrative/comparison reception"],
    diagnosis: "digits-swapped",
  },
  {
    title: "a rise called no change",
    change: (s) => Object.assign(comparison(s, "reception"), { direction: "持平", change: "" }),
    gives: ["narrative/comparison reception"],
  },
  {
    title: "parts of a sentence that do not add up",
    change: (s) => { part(s, "基本支出", "人员经费").amount = "2080.56"; },
    gives: ["narrative/composition 基本支出"],
  },
  {
    title: "a share that is not the amount over the total",
    change: (s) => { part(s, "支出合计", "基本支出").share = "78.50%"; },
    gives: ["narrative/share *"],
  },
  {
    title: "the right share",
    change: (s) => { part(s, "支出合计", "基本支出").share = "78.60%"; },
    gives: [],
  },
  {
    title: "an expenditure that the department's table does not show",
    change: (s) => { amount(s, "expenditure").amount = "3115.73"; },
    gives: ["narrative/amount expenditure"],
  },
  {
    title: "a claim that nothing is left over",
    change: (s) => { s.statements?.push({ kind: "claim", text: "年末无结转结余", claims: "no-carryover", scope: "all" }); },
    gives: ["narrative/claim 年末无结转结余"],
  },
  {
    title: "a claim that nothing is left over, of basic expenditure, where it is true",
    change: (s) => { s.statements?.push({ kind: "claim", text: "年末无结转结余", claims: "no-carryover", scope: "basic" }); },
    gives: [],
  },
];
