// A report's open findings -> what there is to do, one line a kind of problem, before the long list of them.
import { compare, isZero, plus, toFixedText, ZERO, type Decimal } from "../decimal.ts";
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { Finding, Report } from "../model.ts";
import { fixList, rank, stake } from "./fix-list.ts";
import type { Part } from "./select.ts";
import { PARTS, partOf } from "./select.ts";

/** One kind of problem: its title, how many findings, what points stand or fall with them, and in which tables (or of which rows, where they stand in none). */
export interface Task { part: Part; title: string; count: number; points: Decimal; where: string[] }

const WORTH_A_LIST = 6;

/**
 * What a person has to do something about: what blocks acceptance first, then what most points stand or fall with, then as the form
 * goes. What mends itself with another is not counted. Nothing where the findings themselves are soon read.
 */
export function overviewOf(report: Report): Task[] {
  const asked = fixList(report).open.filter((finding) => rank(finding) < 2);
  const inFormOrder = report.findings.filter((finding) => asked.includes(finding));
  if (asked.length < WORTH_A_LIST) return [];
  return [0, 1].flatMap((urgency) => TO_DO.flatMap((part) => byPoints(tasksOf(part, inFormOrder.filter((finding) => rank(finding) === urgency && partOf(finding) === part)))));
}

const TO_DO: readonly Part[] = ["must-fix", "cannot-tell", "explain"];

function byPoints(tasks: readonly Task[]): Task[] {
  return tasks.map((task, place) => ({ task, place })).sort((a, b) => compare(b.task.points, a.task.points) || a.place - b.place).map(({ task }) => task);
}

/** `0.40`; nothing where no points stand or fall with it. */
export function pointsText({ points }: Task): string {
  return isZero(points) ? "" : toFixedText(points, 2);
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
    const task = kinds.get(key) ?? { part, title: finding.title, count: 0, points: ZERO, where: [] };
    const where = finding.table ?? finding.subjectName;
    kinds.set(key, { ...task, count: task.count + 1, points: plus(task.points, stake(finding)), where: task.where.includes(where) ? task.where : [...task.where, where] });
  }
  return [...kinds.values()];
}
