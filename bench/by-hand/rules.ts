// Twenty rules of the national set, written out by hand from json-rules-engine's documentation: each fires where a row breaks it.
import type { NestedCondition, RuleProperties } from "json-rules-engine";
import type { Kind } from "./records.ts";

export interface HandRule { rule: string; kind: Kind; broken: readonly NestedCondition[] }

const is = (fact: string, operator: string, value: unknown): NestedCondition => ({ fact, operator, value });
const than = (fact: string, operator: string, other: string): NestedCondition => ({ fact, operator, value: { fact: other } });
const there = (fact: string): NestedCondition => is(fact, "isNumber", true);
/** Full marks although what is due is less, printed coarsely enough to look right. */
const fullMarks: NestedCondition = { all: [than("score", "numberEqual", "weight"), { not: than("dueRounded", "numberEqual", "weight") }] };
const sanGong = ["vehicles", "vehicleOperation", "overseas", "reception"];
const overspent = [there("actual"), there("budget"), than("actual", "numberGreater", "budget")];

export const RULES: readonly HandRule[] = [
  { rule: "score/proration", kind: "indicator", broken: [there("score"), is("weight", "numberGreater", 0), is("met", "equal", false), { any: [is("asDue", "equal", false), fullMarks] }] },
  { rule: "score/out-of-range", kind: "indicator", broken: [there("score"), { any: [is("score", "numberLess", 0), than("score", "numberGreater", "weight")] }] },
  { rule: "score/unexplained-deduction", kind: "indicator", broken: [there("score"), is("weight", "numberGreater", 0), is("met", "equal", true), than("score", "numberLess", "weight")] },
  { rule: "deviation/shortfall", kind: "indicator", broken: [is("met", "equal", false)] },
  { rule: "deviation/overachievement", kind: "indicator", broken: [there("achievement"), { not: is("achievement", "numberLess", 120) }] },
  { rule: "weight/not-positive", kind: "indicator", broken: [there("weight"), { not: is("weight", "numberGreater", 0) }] },
  { rule: "weight/concentration", kind: "indicator", broken: [there("weight"), is("weight", "numberGreater", 40)] },
  { rule: "target/cannot-fail", kind: "indicator", broken: [is("target", "numberEqual", 0), { any: [is("sign", "in", ["≥", ">"]), { all: [is("sign", "equal", ""), is("isRate", "equal", true)] }] }] },
  { rule: "execution/rate", kind: "fund", broken: [there("rate"), there("trueRate"), is("rateAsTrue", "equal", false)] },
  { rule: "execution/score", kind: "fund", broken: [there("score"), there("weight"), there("trueRate"), { any: [is("scoreAsDue", "equal", false), fullMarks] }] },
  { rule: "execution/low-rate", kind: "fund", broken: [there("trueRate"), is("executed", "numberGreater", 0), is("trueRate", "numberLess", 90)] },
  { rule: "execution/over-budget", kind: "fund", broken: [there("executed"), there("budget"), than("executed", "numberGreater", "budget")] },
  { rule: "execution/adjustment", kind: "fund", broken: [there("adjustment"), is("adjustment", "numberGreater", 10)] },
  { rule: "weight/table-total", kind: "table", broken: [there("sumOfWeights"), { not: is("sumOfWeights", "numberEqual", 100) }] },
  { rule: "score/table-total", kind: "table", broken: [there("score"), there("sumOfScores"), { not: than("score", "numberEqual", "sumOfScores") }] },
  { rule: "sangong/within-budget", kind: "basicLine", broken: [is("item", "equal", "sanGong"), ...overspent] },
  { rule: "sangong/item-within-budget", kind: "basicLine", broken: [{ any: [is("item", "in", sanGong), { all: [is("item", "equal", "vehiclePurchase"), is("budget", "numberGreater", 0)] }] }, ...overspent] },
  { rule: "basic/operating-funds", kind: "basicLine", broken: [is("item", "equal", "operatingFunds"), ...overspent] },
  { rule: "basic/staff-rate", kind: "staff", broken: [there("rate"), is("rateAsTrue", "equal", false)] },
  { rule: "basic/staff-control", kind: "staff", broken: [there("actual"), there("established"), than("actual", "numberGreater", "established")] },
];

export const ruleProperties = ({ rule, broken }: HandRule): RuleProperties => ({ name: rule, conditions: { all: [...broken] }, event: { type: rule } });
