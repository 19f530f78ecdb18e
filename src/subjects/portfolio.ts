// A submission beside those of other departments -> subjects `projectPeer` and `textPeer`.
import { known, numberOf } from "../fact.ts";
import { toText } from "../decimal.ts";
import type { Subject, SubmissionRows } from "../model.ts";
import { subject, tableIdentity, type SubjectContext } from "./context.ts";
import { cleanText } from "./names.ts";

/** What the departments of one call have in common: built once, asked for each of them. */
export interface Portfolio {
  /** Departments that report a project under that code, or that name with that budget. */
  projects: ReadonlyMap<string, readonly string[]>;
  /** Departments whose goals or explanations hold that text. */
  texts: ReadonlyMap<string, readonly string[]>;
}

/** The index over all submissions of a call. */
export function portfolioOf(all: readonly SubmissionRows[], longText: number): Portfolio {
  const projects = new Map<string, Set<string>>();
  const texts = new Map<string, Set<string>>();
  const put = (index: Map<string, Set<string>>, key: string, department: string): void => {
    index.set(key, (index.get(key) ?? new Set()).add(department));
  };
  for (const rows of all) {
    const department = departmentOf(rows);
    for (const entry of projectKeys(rows)) put(projects, entry.key, department);
    for (const entry of longTexts(rows, longText)) put(texts, entry.key, department);
  }
  const lists = (index: Map<string, Set<string>>): Map<string, string[]> => new Map([...index].map(([key, departments]) => [key, [...departments]]));
  return { projects: lists(projects), texts: lists(texts) };
}

/** One subject for each project and each long text of the submission; none where only one was handed in. */
export function portfolioSubjects(context: SubjectContext): Subject[] {
  const { portfolio, rows } = context;
  if (portfolio === null) return [];
  const own = departmentOf(rows);
  const others = (departments: readonly string[] | undefined): string[] => (departments ?? []).filter((department) => department !== own);
  const projects = projectKeys(rows).map(({ key, table }) => {
    const also = others(portfolio.projects.get(key));
    const at = [`${table.pointer}/name`];
    return subject({ each: "projectPeer", table: table.name, label: table.name, identity: [...tableIdentity(table), "peer"], pointer: table.pointer, facts: { alone: known(also.length === 0, at), also: known(also, at), name: known(table.name, at) } });
  });
  const texts = longTexts(rows, context.longText).map(({ key, text, pointer, table }) => {
    const also = others(portfolio.texts.get(key));
    return subject({ each: "textPeer", table, label: table, identity: ["textPeer", key], pointer, facts: { alone: known(also.length === 0, [pointer]), also: known(also, [pointer]), text: known(text, [pointer]) } });
  });
  return [...projects, ...texts];
}

const departmentOf = (rows: SubmissionRows): string => `${rows.submission.department?.code ?? ""}${rows.submission.department?.name ?? ""}`;

/** A project is one by its code; without one, by name, budget and spending together: names alone (办公设备购置) are too common. */
function projectKeys(rows: SubmissionRows): { key: string; table: SubmissionRows["tables"][number] }[] {
  return rows.tables.filter((table) => table.table.kind === "project" && cleanText(table.name) !== "").map((table) => {
    const amounts = [table.totalFund?.adjustedBudget, table.totalFund?.executed].map((fact) => (fact === undefined ? null : numberOf(fact))).map((value) => (value === null ? "?" : toText(value)));
    return { key: table.table.code === undefined ? `${cleanText(table.name)}|${amounts.join("|")}` : `#${table.table.code}`, table };
  });
}

function longTexts(rows: SubmissionRows, least: number): { key: string; text: string; pointer: string; table: string }[] {
  return rows.tables.flatMap((table) => {
    const goals = (table.table.goals ?? []).flatMap((goal, index) => (["expected", "achieved"] as const).map((cell) => ({ text: goal[cell] ?? "", pointer: `${table.pointer}/goals/${index}/${cell}` })));
    const explanations = table.indicators.map((row) => ({ text: row.indicator.explanation ?? "", pointer: `${row.pointer}/explanation` }));
    return [...goals, ...explanations].map((entry) => ({ ...entry, key: cleanText(entry.text), table: table.name })).filter(({ key }) => key.length >= least);
  });
}
