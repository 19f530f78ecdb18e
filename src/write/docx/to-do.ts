// A report -> the department's list of what to correct: in the order of doing it, from what to what, where, and what the score becomes.
import type { Locale } from "../../locale.ts";
import { word } from "../../locale.ts";
import type { Finding, Report } from "../../model.ts";
import { subjectText } from "../finding-text.ts";
import { fixList, rank, type FixList } from "../fix-list.ts";
import { becomingRows, changesText, fixSentences } from "../fix-text.ts";
import type { WriteOptions } from "../options.ts";
import { placesText } from "../place.ts";
import { partOf, together } from "../select.ts";
import { counted, gainText, messagesOf, titleText } from "./findings.ts";
import { deadlineText, headingText, noteBlocks, text } from "./opinion.ts";
import { labelOf, line, type Block, type Line, type Part, type Row, type TableBlock } from "./parts.ts";

export function toDoParts(report: Report, { locale, deadline }: WriteOptions): Part[] {
  const label = labelOf(locale);
  const list = fixList(report);
  const parts = [0, 1, 2].map((part) => together(list.open.filter((finding) => rank(finding) === part)));
  const blocks = [
    text("title", `${headingText(report, label)}\n${label("document.toDo")}`),
    ...introBlocks(report, parts, deadline ?? null, locale),
    ...scoreBlocks(report, list, locale),
    ...taskBlocks(report, parts, locale),
    ...noteBlocks(report, locale),
  ];
  return [{ landscape: false, first: true, blocks }];
}

function introBlocks(report: Report, parts: readonly (readonly Finding[][])[], deadline: string | null, locale: Locale): Block[] {
  const label = labelOf(locale);
  const [blocking = 0, explain = 0, note = 0] = parts.map((groups) => groups.length);
  if (blocking + explain + note === 0) return [text("body", label(`verdict.${report.verdict}`) + label("toDo.none"))];
  const said = (key: string, count: number): string => (count === 0 ? "" : label(`toDo.${key}`, { count }));
  const asked = blocking + explain === 0 ? "" : label("toDo.deadline", { deadline: deadlineText(deadline, label) });
  return [text("body", [label("toDo.result", { verdict: label(`verdict.${report.verdict}`) }), label("toDo.intro", { count: blocking + explain + note, blocking: said("blocking", blocking), explain: said("explain", explain), note: said("note", note) }), asked].filter((words) => words !== "").join(label("between")))];
}

/** What each table's score becomes, and by which rows. */
function scoreBlocks(report: Report, list: FixList, locale: Locale): Block[] {
  const label = labelOf(locale);
  const [head = [], ...rows] = becomingRows(list, locale);
  const rest = fixSentences(report, { ...list, scores: [] }, locale);
  if (rows.length + rest.length === 0) return [];
  const shown: TableBlock = {
    kind: "table", widths: head.length > 3 ? [34, 62, 18, 23, 19] : [38, 74, 22, 22], centred: [2, 3, 4], head: [head[0] ?? "", label("column.rows"), ...head.slice(1)],
    rows: rows.map(([name = "", ...scores], i) => {
      const changed = list.scores[i]?.rows ?? [];
      return { cells: [name, changed.length === 0 ? label("column.total") : changesText(changed, locale), ...scores].map((words) => line(words)) };
    }),
  };
  return [text("heading", label("toDo.scores")), ...(rows.length === 0 ? [] : [shown, text("space", "")]), ...rest.map(({ name, text: words }) => text("body", `${name}${label("colon")}${words}`))];
}

function taskBlocks(report: Report, parts: readonly (readonly Finding[][])[], locale: Locale): Block[] {
  const label = labelOf(locale);
  let number = 0;
  return parts.flatMap((groups, part) => {
    if (groups.length === 0) return [];
    const rows = groups.map((group) => taskRow(group, String((number += 1)), report, locale));
    const head = ["done", "number", "task", "figures", "place"].map((column) => label(`column.${column}`));
    return [
      { kind: "heading" as const, text: label("toDo.part", { part: label(`toDo.part.${part}`), count: groups.length }) },
      { kind: "table" as const, widths: [11, 11, 76, 25, 33], centred: [0, 1, 3], head, rows }, text("space", ""),
    ];
  });
}

function taskRow(group: readonly Finding[], number: string, report: Report, locale: Locale): Row {
  const label = labelOf(locale);
  const [first] = group;
  if (first === undefined) return { cells: [] };
  const untold = partOf(first) === "cannot-tell";
  const task: Line[] = [
    ...line((untold ? label("cannotTell.mark") : "") + titleText(group, locale), { strong: true }),
    ...counted(group.map(subjectText), locale).flatMap((words) => line(words)),
    ...line(first.remedy === "" ? "" : word(locale, "interface", "finding.remedy", { remedy: first.remedy })), ...(group.length === 1 ? line(gainText(first, report, locale), { strong: true }) : []),
    ...messagesOf(group, locale).flatMap((message) => line(message, { small: true })),
  ];
  return {
    cells: [line(label("box")), line(number), task, group.length === 1 ? figureLines(first, locale) : [], counted(group.map((finding) => placesText(finding.at, locale)), locale).flatMap((words) => line(words, { small: true }))],
    ...(untold ? { alert: true as const } : {}),
  };
}

/** From what to what: of what must be corrected, and of scores; a threshold that was passed is no figure to fill in. */
function figureLines({ severity, outcome, points, observed, expected }: Finding, locale: Locale): Line[] {
  const label = labelOf(locale);
  if (outcome !== "fail" || expected === null || (severity !== "must-fix" && points === undefined)) return [];
  return line(label("figures", { from: observed ?? label("figures.blank"), to: expected }));
}
