// Indicator rows and what they are due -> subjects `indicator`.
import { compare, HUNDRED, isNegative, isZero, round } from "../decimal.ts";
import { derived, known, missing, numberOf, underivable } from "../fact.ts";
import type { Due, Fact, IndicatorRow, Subject, TableRows } from "../model.ts";
import { inBand } from "../score/due.ts";
import { explanationsOf, subject, tableIdentity, textFact, type SubjectContext } from "./context.ts";
import { cleanText, coreName, nameWords } from "./names.ts";
import { isSaving, savingFacts } from "./savings.ts";

/** One subject for each row that carries an indicator. */
export function indicatorSubjects(context: SubjectContext): Subject[] {
  return context.rows.tables.flatMap((table, index) =>
    table.indicators.flatMap((row, position) => {
      const due = context.dues[index]?.[position];
      return due === undefined ? [] : [indicatorSubject(context, table, row, due)];
    }),
  );
}

export function indicatorSubject(context: SubjectContext, table: TableRows, row: IndicatorRow, due: Due): Subject {
  const { indicator, pointer } = row;
  return subject({
    each: "indicator",
    table: table.name,
    label: indicator.name ?? "",
    identity: [...tableIdentity(table), indicator.level1 ?? "", indicator.level2 ?? "", indicator.code ?? indicator.name ?? ""],
    pointer,
    explanations: explanationsOf(context, { cell: indicator.explanation, pointer: `${pointer}/explanation` }, table, [indicator.name ?? "", indicator.code ?? ""].filter((name) => name !== "")),
    ownWords: [indicator.name ?? "", row.name, coreName(row.name, nameWords(context.words)) ?? "", indicator.target ?? "", indicator.actual ?? ""],
    facts: { ...cellFacts(table, row), ...dueFacts(row, due), ...wordFacts(context, table, row, due), ...savingFacts(context, table, row) },
  });
}

function cellFacts(table: TableRows, row: IndicatorRow): Subject["facts"] {
  const { indicator, pointer } = row;
  return {
    kind: known(table.table.kind),
    name: textFact(indicator.name, `${pointer}/name`),
    level1: textFact(indicator.level1, `${pointer}/level1`),
    level2: textFact(indicator.level2, `${pointer}/level2`),
    target: textFact(indicator.target, `${pointer}/target`),
    actual: textFact(indicator.actual, `${pointer}/actual`),
    targetKind: known(row.target.kind, [`${pointer}/target`]),
    actualKind: known(row.actual.kind, [`${pointer}/actual`]),
    actualIsComparison: known(row.actual.kind === "quantity" && row.actual.comparison !== null, [`${pointer}/actual`]),
    comparison: row.target.kind === "quantity" && row.target.comparison !== null ? known(row.target.comparison, [`${pointer}/target`]) : missing(),
    weight: row.weight,
    score: row.score,
    live: known(row.live),
    deducted: () => orderFact(row.score, row.weight, (order) => order < 0),
    scoreShare: () => derived({ score: row.score, weight: row.weight }, ([score, weight]) => (score === undefined || weight === undefined || isZero(weight) ? null : score.dividedBy(weight).times(HUNDRED))),
  };
}

function dueFacts(row: IndicatorRow, due: Due): Subject["facts"] {
  const at = cellPointers(row);
  const open = openFact(due, row, at);
  const { numbers } = due;
  return {
    method: known(due.method, at),
    direction: due.direction === null ? open : known(due.direction, at),
    met: due.met === null ? open : known(due.met, at),
    judged: known(due.judged, at),
    measured: known(numbers !== null && due.direction !== "unknown", at),
    attainment: due.attainment === null ? open : known(due.attainment, at),
    due: due.exact === null ? open : known(due.exact, at),
    dueRounded: due.due === null ? open : known(due.due, at),
    bandLow: due.judged && due.low !== null ? known(due.low, at) : open,
    bandHigh: due.judged && due.high !== null ? known(due.high, at) : open,
    inBand: () => {
      const claimed = numberOf(row.score);
      const inside = claimed === null ? null : inBand(claimed, due);
      return inside === null ? open : known(inside, [...row.score.at, ...at]);
    },
    units: due.units === null ? open : known(due.units, at),
    targetNumber: numbers === null ? targetAlone(row) : known(numbers.target, [`${row.pointer}/target`]),
    actualNumber: numbers === null ? open : known(numbers.actual, [`${row.pointer}/actual`]),
    achievement: () => {
      if (numbers === null) return open;
      return isZero(numbers.target) || isNegative(numbers.target) ? missing(at, false) : known(round(numbers.actual.dividedBy(numbers.target).times(HUNDRED), 2), at);
    },
  };
}

/** The target's own number, which the target rules ask for even where nothing was achieved. */
function targetAlone(row: IndicatorRow): Fact {
  return row.target.kind === "quantity" ? known(row.target.value, [`${row.pointer}/target`]) : missing([`${row.pointer}/target`], false);
}

/** Why a row's outcome is open: nothing there, or not to be told. */
function openFact(due: Due, row: IndicatorRow, at: string[]): Fact {
  if (due.method === "not-scored" || due.method === "missing" || due.method === "no-weight") return missing(at, true);
  const lacks = row.target.kind === "unreadable" || row.target.kind === "several" ? ["target"] : ["actual"];
  return underivable(lacks, at);
}

const cellPointers = (row: IndicatorRow): string[] =>
  (["target", "actual"] as const).flatMap((cell) => (row.indicator[cell] === undefined ? [] : [`${row.pointer}/${cell}`]));

function wordFacts(context: SubjectContext, table: TableRows, row: IndicatorRow, due: Due): Subject["facts"] {
  const { indicator, pointer } = row;
  const at = [`${pointer}/target`, `${pointer}/actual`];
  const level2 = cleanText(indicator.level2 ?? "");
  return {
    repeated: known(cleanText(indicator.target ?? "") !== "" && cleanText(indicator.target ?? "") === cleanText(indicator.actual ?? ""), at),
    inWords: known(row.target.kind === "words", [`${pointer}/target`]),
    measurableLevel: known(context.words("measurableLevels").some((word) => level2.includes(word))),
    rateName: known(context.words("rates").some((ending) => row.name.endsWith(ending)), [`${pointer}/name`]),
    savingsName: known(isSaving(context, table, row), [`${pointer}/name`]),
    checkable: known(isCheckable(context, row), [`${pointer}/target`]),
    signDirection: () => signDirection(row),
    namedDirection: () => namedWay(context, row),
    otherYears: () => otherYears(context, row),
    belongsUnder: () => belongsUnder(context, row),
    mayBeNegative: known(context.words("mayBeNegative").some((word) => row.name.includes(word)), [`${pointer}/name`]),
    isMet: known(due.met === true),
    partial: known(table.partial),
  };
}

function signDirection(row: IndicatorRow): Fact {
  if (row.target.kind !== "quantity" || row.target.comparison === null || row.target.comparison === "=") return missing();
  return known(row.target.comparison === "≥" || row.target.comparison === ">" ? "more" : "less", [`${row.pointer}/target`]);
}

/** The direction that the name alone leaves no doubt of: a cost or a harm is less, work done is more; missing where the lists do not say. */
function namedWay(context: SubjectContext, row: IndicatorRow): Fact {
  const { name } = row;
  const at = [`${row.pointer}/name`];
  const holds = (list: string, text = name): boolean => context.words(list).some((word) => text.includes(word));
  const ends = (list: string): string | undefined => longest(context.words(list).filter((ending) => name.endsWith(ending)));
  const harm = ends("surelyLess");
  if (harm !== undefined) {
    const before = name.slice(0, name.length - harm.length);
    return holds("notPlain", before) || holds("dealtWith", before) ? missing() : known("less", at);
  }
  if (holds("notPlain")) return missing();
  if (ends("surelyMore") !== undefined) return known("more", at);
  const [level1, level2] = [row.indicator.level1 ?? "", row.indicator.level2 ?? ""];
  const counted = holds("countLevels", level2) && !holds("less") && ends("workCounted") !== undefined && context.words("workDone").some((word) => name.startsWith(word));
  if (counted) return known("more", at);
  const cost = holds("costLevels", level1) || holds("costLevels", level2);
  return cost && ends("costNames") !== undefined ? known("less", at) : missing();
}

const longest = (words: readonly string[]): string | undefined => [...words].sort((a, b) => b.length - a.length)[0];

/** Years other than the evaluated one in target and actual; missing where none is named. */
function otherYears(context: SubjectContext, row: IndicatorRow): Fact {
  const { year } = context.rows;
  if (year === null) return missing();
  const found = (["target", "actual"] as const).flatMap((cell) => yearsIn(row.indicator[cell] ?? "").map((named) => ({ named, at: `${row.pointer}/${cell}` })));
  if (found.length === 0) return missing();
  const others = found.filter((entry) => entry.named !== year);
  return known([...new Set(others.map((entry) => entry.named))], others.length > 0 ? others.map((entry) => entry.at) : found.map((entry) => entry.at));
}

/** Years named singly, also those of 2023-12 and 2023.12.5 (2023.5 is a number); a span of years (2021—2025年) names a plan, 较2022年 and 2022年基础上 what is compared with, 自2020年起 a beginning. */
function yearsIn(text: string): string[] {
  const plain = text.normalize("NFKC").replace(/\s/g, "").replace(/(?:19|20)\d{2}年?[-—–~至到](?:19|20)\d{2}/g, "");
  return [...plain.matchAll(/(?<![\d较比与同自从])((?:19|20)\d{2})(?=年(?!度?(?:基础|相比|同期|以来|起|版))|[-/](?:0?[1-9]|1[0-2])(?!\d)|\.(?:0?[1-9]|1[0-2])(?:\.\d|底|前|之前|以前))/g)].flatMap((match) => match[1] ?? []);
}

/** The level a name belongs under by the set's list `misplaced` (`names|wrong levels|right level`), where it stands under another; missing where the list says nothing. */
function belongsUnder(context: SubjectContext, row: IndicatorRow): Fact {
  const level2 = row.indicator.level2 ?? "";
  const level1 = row.indicator.level1 ?? "";
  for (const entry of context.words("misplaced")) {
    const [names = "", wrong = "", right = ""] = entry.split("|");
    if (!names.split("、").some((name) => row.name.endsWith(name))) continue;
    const stands = (level: string): boolean => level2.includes(level) || (level2 === "" && level1.includes(level));
    const misplaced = wrong.split("、").some(stands) && !right.split(/或|、/).some((level) => stands(level.replace(/指标$/, "")));
    return known(misplaced ? right : "", misplaced ? [`${row.pointer}/name`, `${row.pointer}/level2`] : [`${row.pointer}/name`]);
  }
  return missing();
}

/** A target in words that can be checked all the same: a number in a sentence, a standard, a span of time (list `checkable`), the answer to a 是否. */
function isCheckable(context: SubjectContext, { name, indicator }: IndicatorRow): boolean {
  if (context.words("checkableNames").some((word) => name.includes(word))) return true;
  const plain = cleanText(indicator.target ?? "");
  const counted = [...plain.matchAll(/[一二两三四五六七八九十百千万]+(\p{Script=Han}{1,2})/gu)].some(([, unit = ""]) => context.words("measureWords").some((word) => unit.startsWith(word)));
  return /\d/.test(plain) || counted || context.words("checkable").some((word) => plain.includes(word));
}

function orderFact(a: Fact, b: Fact, holds: (order: number) => boolean): Fact {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left === null || right === null) return derived({ score: a, weight: b }, () => null);
  return known(holds(compare(left, right)), [...a.at, ...b.at]);
}
