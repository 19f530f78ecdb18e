// A report's open findings -> what there is to do, one line a kind of problem, before the long list of them.
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { Finding, Report } from "../model.ts";
import type { Part } from "./select.ts";
import { PARTS, findingsByPart, partOf } from "./select.ts";

/** One kind of problem: its title, how many findings, and in which tables (or of which rows, where they stand in none). */
export interface Task { part: Part; title: string; count: number; where: string[] }

const TO_DO: readonly Part[] = ["must-fix", "explain", "cannot-tell"];
const WORTH_A_LIST = 6;

/** What a person has to do something about, most urgent first, in form order; nothing where the findings themselves are soon read. */
export function overviewOf(report: Report): Task[] {
  const parts = findingsByPart(report);
  const tasks = TO_DO.flatMap((part) => tasksOf(part, parts.get(part) ?? []));
  return tasks.reduce((sum, task) => sum + task.count, 0) < WORTH_A_LIST ? [] : tasks;
}

/** Findings of every part by kind, most urgent first. */
export function tasksIn(findings: readonly Finding[]): Task[] {
  return PARTS.flatMap((part) => tasksOf(part, findings.filter((finding) => partOf(finding) === part)));
}

/** The names after each other, so divided that names which are lists themselves stay apart. */
export function whereText(where: readonly string[], locale: Locale): string {
  const and = word(locale, "interface", "place.and");
  return where.join(where.some((name) => name.includes(and.trim())) ? word(locale, "interface", "place.between") : and);
}

function tasksOf(part: Part, findings: readonly Finding[]): Task[] {
  const kinds = new Map<string, Task>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.title]);
    const task = kinds.get(key) ?? { part, title: finding.title, count: 0, where: [] };
    const where = finding.table ?? finding.subjectName;
    kinds.set(key, { ...task, count: task.count + 1, where: task.where.includes(where) ? task.where : [...task.where, where] });
  }
  return [...kinds.values()];
}
