// One change to the Hengyang submission -> the findings that it must add, and no others.
import type { BasicLine, Fund, Indicator, Statement, Submission, Table } from "../../../src/model.ts";

export interface Mutation {
  title: string;
  change: (submission: Submission) => void;
  /** `rule subject`, each once; its outcome and a colon before it where that is not `fail`. */
  gives: string[];
  /** Why the catalogue makes more than one finding of it. */
  because?: string;
  diagnosis?: string;
}

export const MEDIATION = "医调专项经费";
export const LEGAL_AID = "法律援助";
export const LEGAL_ADVICE = "党政法律顾问及外包经费";
export const PUBLICITY = "普法宣传";
export const SUPERVISORS = "人民监督员经费";
export const OTHER_AFFAIRS = "其他司法综合事务专项";
export const DEPARTMENT = "衡阳市司法局机关";

export function table(submission: Submission, name: string): Table {
  return present(submission.tables.find((each) => each.name === name), name);
}

export function row(submission: Submission, tableName: string, name: string): Indicator {
  return present(table(submission, tableName).indicators?.find((each) => each.name === name), name);
}

export function fund(submission: Submission, tableName: string, source: Fund["source"]): Fund {
  return present(table(submission, tableName).funds?.find((each) => each.source === source), source);
}

export function line(submission: Submission, item: string): BasicLine {
  return present(submission.basicData?.lines?.find((each) => each.item === item), item);
}

type OfKind<Kind extends Statement["kind"]> = Extract<Statement, { kind: Kind }>;

export function composition(submission: Submission, label: string): OfKind<"composition"> {
  return present(of(submission, "composition").find((each) => each.label === label), label);
}

export function comparison(submission: Submission, item: string): OfKind<"comparison"> {
  return present(of(submission, "comparison").find((each) => each.item === item), item);
}

export function amount(submission: Submission, item: string, column?: string): OfKind<"amount"> {
  return present(of(submission, "amount").find((each) => each.item === item && each.column === column), item);
}

/** What a composition says of one of its parts. */
export function part(submission: Submission, label: string, name: string): { amount?: string; share?: string } {
  return present(composition(submission, label).parts?.find((each) => each.label === name), name);
}

/** Takes the claim away that a change would make false, where the change is not about it. */
export function withoutClaims(submission: Submission): void {
  submission.statements = (submission.statements ?? []).filter((each) => each.kind !== "claim");
}

/** Money put to both the total and the current year's appropriation, so that the sources still add up. */
export function bothFunds(submission: Submission, tableName: string, values: Partial<Fund>): void {
  Object.assign(fund(submission, tableName, "fiscal"), values);
  Object.assign(fund(submission, tableName, "total"), values);
}

export function total(submission: Submission, tableName: string, score: string): void {
  table(submission, tableName).total = { weight: "100", score };
}

function of<Kind extends Statement["kind"]>(submission: Submission, kind: Kind): OfKind<Kind>[] {
  return (submission.statements ?? []).filter((each): each is OfKind<Kind> => each.kind === kind);
}

function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the case has no ${name}`);
  return value;
}
