// A report -> the opinion (审核意见书) or the notice (整改通知书) that a bureau sends to the department, with the list of findings as its annex.
import type { Locale } from "../../locale.ts";
import { word } from "../../locale.ts";
import type { Report } from "../../model.ts";
import { fewOfEach } from "../alike.ts";
import { fixList } from "../fix-list.ts";
import { fixSentences } from "../fix-text.ts";
import type { WriteOptions } from "../options.ts";
import { tasksIn, whereText } from "../overview.ts";
import { fileText, placeText } from "../place.ts";
import { ruleSetText } from "../rule-set-text.ts";
import { partOf } from "../select.ts";
import { basisNames } from "./basis.ts";
import { annexRows, ORDER } from "./findings.ts";
import { labelOf, type Block, type Label, type Part, type TextKind } from "./parts.ts";
import { scoreTable } from "./scores.ts";

export function opinionParts(report: Report, { locale, deadline, opinion }: WriteOptions): Part[] {
  const label = labelOf(locale);
  const listed = report.findings.length > 0;
  const body = [
    text("number", label("number")),
    text("title", `${headingText(report, label)}\n${label(`document.${report.verdict}`)}`),
    text("addressee", label("addressee", { department: departmentText(report, label) })),
    text("body", openingText(report, locale)),
    ...numbered([verdictBlocks(report, locale), sayBlocks(opinion ?? "", label), scoreBlocks(report, locale), problemBlocks(report, locale), askedBlocks(report, deadline ?? null, locale)], label),
  ];
  const letter = [...body.slice(0, -1), ...body.slice(-1).map(kept), ...(listed ? [text("space", ""), text("body", label("annex.named", { title: label("annex") }))].map(kept) : []), ...signature(label)];
  return [{ landscape: false, first: true, blocks: letter }, ...(listed ? [annexPart(report, locale)] : [])];
}

/** `衡阳市司法局2023年度绩效自评`. */
export function headingText(report: Report, label: Label): string {
  const { year } = report.submission;
  return label(year === null ? "title.noYear" : "title", { department: departmentText(report, label), year: year ?? "" });
}

export const departmentText = (report: Report, label: Label): string => report.submission.department ?? label("noDepartment");

export const text = (kind: TextKind, words: string): Block => ({ kind, text: words });

/** `2024年4月15日前`, or a blank to be filled in by hand: the clock is never asked. */
export function deadlineText(deadline: string | null, label: Label): string {
  const [year = "", month = "", day = ""] = deadline?.split("-") ?? [];
  return deadline === null ? label("deadline.blank") : label("deadline", { year, month: String(Number(month)), day: String(Number(day)), date: deadline });
}

interface Chapter { heading: string; blocks: readonly Block[] }

/** Chapters that hold something, numbered 一、二、… */
function numbered(chapters: readonly (Chapter | null)[], label: Label): Block[] {
  return chapters.flatMap((chapter) => chapter ?? []).flatMap(({ heading, blocks }, i) => [text("heading", label(`heading.${i + 1}`, { heading })), ...blocks]);
}

function openingText(report: Report, locale: Locale): string {
  const label = labelOf(locale);
  const documents = basisNames(report.findings, locale);
  const { year } = report.submission;
  return label(`opening.${report.verdict}`, {
    basis: documents === "" ? "" : label("opening.basis", { basis: documents }),
    year: year === null ? "" : label("opening.year", { year }),
    tables: report.tables.length,
  });
}

function verdictBlocks(report: Report, locale: Locale): Chapter {
  const label = labelOf(locale);
  const { counts } = report;
  const kinds = { mustFix: counts.mustFix, explain: counts.explain, note: counts.note, settled: counts.explained + counts.waived };
  const counted = Object.entries(kinds).filter(([, count]) => count > 0).map(([kind, count]) => label(`count.${kind}`, { count }));
  const untold = report.findings.filter((finding) => partOf(finding) === "cannot-tell").length;
  return {
    heading: label("verdict"),
    blocks: [text("body", [label(`verdict.${report.verdict}`), ...(counted.length === 0 ? [] : [counted.join(label("comma")) + label("stop")]), ...(untold === 0 ? [] : [label("counts.cannotTell", { count: untold })])].join(label("between"))), ...unreadBlocks(report, locale)],
  };
}

/** The reviewer's own words, a paragraph a line. */
function sayBlocks(opinion: string, label: Label): Chapter | null {
  const lines = opinion.split(/\r?\n/u).map((line) => line.trim()).filter((line) => line !== "");
  return lines.length === 0 ? null : { heading: label("opinion"), blocks: lines.map((line) => text("body", line)) };
}

function unreadBlocks(report: Report, locale: Locale): Block[] {
  const label = labelOf(locale);
  const { shown, more } = fewOfEach(report.input.remarks.filter((remark) => remark.kind === "problem"));
  if (shown.length === 0) return [];
  const told = shown.map(({ message, at }) => message + (at === null || message.includes(at.file) ? "" : word(locale, "interface", "remark.at", { place: placeText(at, locale) })));
  return [text("body", label("unread")), ...[...told, ...more.map(({ file, count }) => label("unread.more", { file: fileText(file, locale), count }))].map((words, i) => text("body", label("item", { number: i + 1, text: words })))];
}

function scoreBlocks(report: Report, locale: Locale): Chapter {
  const label = labelOf(locale);
  const heading = label("scores");
  if (report.tables.length === 0) return { heading, blocks: [text("body", label("scores.none"))] };
  const sentences = fixSentences(report, fixList(report), locale);
  const judged = report.tables.some((table) => table.ledger.some((row) => row.judged));
  return {
    heading,
    blocks: [
      scoreTable(report, locale), text("space", ""),
      ...(sentences.length === 0 ? [] : [text("body", label("scores.after")), ...sentences.map(({ name, text: words }, i) => text("body", label("item", { number: i + 1, text: word(locale, "interface", "fix.table", { table: name, sentences: words }) })))]),
      ...(judged ? [text("body", label("scores.judged"))] : []),
    ],
  };
}

function problemBlocks(report: Report, locale: Locale): Chapter {
  const label = labelOf(locale);
  const heading = label("problems");
  const parts = ORDER.map((part) => ({ part, findings: report.findings.filter((finding) => partOf(finding) === part) })).filter(({ findings }) => findings.length > 0);
  const notes = parts.find(({ part }) => part === "note")?.findings.length ?? 0;
  if (parts.length === 0) return { heading, blocks: [text("body", label("problems.none"))] };
  return {
    heading,
    blocks: [...parts.filter(({ part }) => part !== "note").flatMap(({ part, findings }, i) => [
      text("subheading", label(`subheading.${i + 1}`, { heading: label("part", { part: word(locale, "interface", `part.${part}`), count: findings.length }) })),
      ...tasksIn(findings).map(({ title, count, where }, at) => text("body", label("item", { number: at + 1, text: label(count > 1 ? "task.several" : "task", { title, count, where: whereText(where, locale) }) }))),
    ]), ...(notes === 0 ? [] : [text("body", label("notes", { count: notes }))])],
  };
}

/** What the department is asked to do; nothing is asked of one in which nothing was found. */
function askedBlocks(report: Report, deadline: string | null, locale: Locale): Chapter | null {
  const label = labelOf(locale);
  const has = (part: string): boolean => report.findings.some((finding) => partOf(finding) === part);
  const { verdict } = report;
  const asked = verdict === "accept" ? [] : [label(`asked.${verdict}`, { deadline: deadlineText(deadline, label) })];
  const words = [
    ...asked,
    ...(has("explain") ? [label("asked.explained")] : []), ...(has("cannot-tell") ? [label("asked.cannotTell")] : []),
    ...(asked.length > 0 ? [label("asked.disagree")] : []), ...(has("note") ? [label("asked.note")] : []),
  ];
  return words.length === 0 ? null : { heading: label("asked"), blocks: words.map((each, i) => text("body", words.length === 1 ? each : label("item", { number: i + 1, text: each }))) };
}

/** Seal, date and whom to ask, blank: who signs and when is not this program's to say. Never alone on a page. */
function signature(label: Label): Block[] {
  return [...[text("space", ""), text("space", ""), text("right", label("seal")), text("right", label("date.blank"))].map(kept), text("plain", label("contact"))];
}

const kept = (block: Block): Block => (block.kind === "table" ? block : { ...block, keep: true });

function annexPart(report: Report, locale: Locale): Part {
  const label = labelOf(locale);
  const { year } = report.submission;
  const head = ["number", "subject", "problem", "remedy", "source", "reply"].map((column) => label(`column.${column}`));
  return {
    landscape: true, first: false,
    blocks: [
      text("mark", label("annex.mark")),
      text("title", label("annex")),
      text("subtitle", label(year === null ? "annex.ofNoYear" : "annex.of", { department: departmentText(report, label), year: year ?? "" })),
      { kind: "table", widths: [11, 31, 66, 48, 34, 35], centred: [0], head, rows: annexRows(report, locale) },
      ...(report.verdict === "accept" ? [] : [text("space", ""), text("small", label("reply"))]),
      ...noteBlocks(report, locale),
    ],
  };
}

/** By which rules, on which files: what makes the document one that can be checked again. */
export function noteBlocks(report: Report, locale: Locale): Block[] {
  const label = labelOf(locale);
  const { tool, ruleSet, input } = report;
  const notes = [ruleSetText(report, locale), label("note.digest", { digest: ruleSet.digest, tool: tool.name, version: tool.version }), ...input.files.map(({ name, sha256 }) => label("note.file", { name: fileText(name, locale), sha256 }))];
  return [text("space", ""), text("small", label("note")), ...notes.map((note, i) => text("small", label("item", { number: i + 1, text: note })))];
}
