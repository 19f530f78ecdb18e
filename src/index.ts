// The library: read submissions, check them by a rule set, write reports.
export { check } from "./check.ts";
export type { CheckOptions } from "./check.ts";
export { compareReports } from "./compare.ts";
export type { Comparison } from "./compare.ts";
export { loadLocale } from "./locale.ts";
export type { Language, Locale } from "./locale.ts";
export type * from "./model.ts";
export type { RawInput, ReadOptions } from "./read/format.ts";
export { readInputs as read } from "./read/read.ts";
export { readReview } from "./review.ts";
export type { Review } from "./review.ts";
export { loadRuleSet } from "./rules/load.ts";
export { RuleSetError } from "./rules/mistakes.ts";
export type { RuleSet } from "./rules/set.ts";
export { firstDifference } from "./verify.ts";
export { write, writers } from "./write/write.ts";
export type { WriteOptions, Writer } from "./write/options.ts";
