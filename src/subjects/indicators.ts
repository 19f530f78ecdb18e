// Indicator rows and what they are due -> subjects `indicator`.
import { compare, HUNDRED, isNegative, isZero, round } from "../decimal.ts";
import { derived, isTrue, known, missing, numberOf, underivable } from "../fact.ts";
import { once, remembered } from "../memo.ts";
import type { Due, Fact, IndicatorRow, Subject, TableRows, Value } from "../model.ts";
import { inBand } from "../score/due.ts";
import { endsWithAny, holdsAny, longestEnding, longestStart } from "../word-list.ts";
import { explanationsOf, subject, tableIdentity, textFact, type FactTable, type SubjectContext, type Words } from "./context.ts";
import { cleanText, coreName, nameWords } from "./names.ts";
import { SAVING_NAMES, savingOf, type Saving } from "./savings.ts";

/** One subject for each row that carries an indicator. */
export function indicatorSubjects(context: SubjectContext): Subject[] {
  return context.rows.tables.flatMap((table, index) =>
    table.indicators.flatMap((row, position) => {
      const due = context.dues[index]?.[position];
      return due === undefined ? [] : [indicatorSubject(context, table, row, due)];
    }),
  );
}

/** What the facts of an indicator look at. */
interface Looked { context: SubjectContext; table: TableRows; row: IndicatorRow; due: Due; saving: Saving | null; at: { name?: readonly string[]; target?: readonly string[]; actual?: readonly string[]; both?: readonly string[] } }

export function indicatorSubject(context: SubjectContext, table: TableRows, row: IndicatorRow, due: Due): Subject {
  const { indicator, pointer } = row;
  const name = indicator.name ?? "";
  return subject<Looked>({
    each: "indicator", table: table.name, label: name, pointer,
    identity: () => [...tableIdentity(table), indicator.level1 ?? "", indicator.level2 ?? "", indicator.code ?? name],
    explanations: () => explanationsOf(context, { cell: indicator.explanation, pointer: `${pointer}/explanation` }, table, [name, indicator.code ?? ""].filter((part) => part !== "")),
    ownWords: () => [name, row.name, coreName(row.name, nameWords(context.words)) ?? "", indicator.target ?? "", indicator.actual ?? ""],
    view: { context, table, row, due, saving: savingOf(context, table, row), at: {} },
    facts: FACTS,
  });
}

/** Where a cell stands; made once a row, since many facts rest on the same few cells. */
const at = (looked: Looked, cell: "name" | "target" | "actual"): readonly string[] => (looked.at[cell] ??= [`${looked.row.pointer}/${cell}`]);

/** Target and actual, those that the form has. */
function bothAt(looked: Looked): readonly string[] {
  if (looked.at.both !== undefined) return looked.at.both;
  const { target, actual } = looked.row.indicator;
  const first = target === undefined ? NOWHERE : at(looked, "target");
  return (looked.at.both = actual === undefined ? first : [...first, ...at(looked, "actual")]);
}

const NOWHERE: readonly string[] = [];

/** The cells as printed and as read. */
const CELL_FACTS: FactTable<Looked> = {
  kind: ({ table }) => (table.table.kind === "department" ? DEPARTMENT : PROJECT),
  name: ({ row }) => textFact(row.indicator.name, `${row.pointer}/name`),
  level1: ({ row }) => textFact(row.indicator.level1, `${row.pointer}/level1`),
  level2: ({ row }) => textFact(row.indicator.level2, `${row.pointer}/level2`),
  target: ({ row }) => textFact(row.indicator.target, `${row.pointer}/target`),
  actual: ({ row }) => textFact(row.indicator.actual, `${row.pointer}/actual`),
  targetKind: (looked) => known(looked.row.target.kind, at(looked, "target")),
  actualKind: (looked) => known(looked.row.actual.kind, at(looked, "actual")),
  actualIsComparison: (looked) => known(looked.row.actual.kind === "quantity" && looked.row.actual.comparison !== null, at(looked, "actual")),
  comparison: (looked) => (looked.row.target.kind === "quantity" && looked.row.target.comparison !== null ? known(looked.row.target.comparison, at(looked, "target")) : missing()),
  weight: ({ row }) => row.weight,
  score: ({ row }) => row.score,
  live: ({ row }) => isTrue(row.live),
  deducted: ({ row }) => orderFact(row.score, row.weight, (order) => order < 0),
  scoreShare: ({ row }) => derived({ score: row.score, weight: row.weight }, ([score, weight]) => (score === undefined || weight === undefined || isZero(weight) ? null : score.dividedBy(weight).times(HUNDRED))),
};

const [DEPARTMENT, PROJECT] = [known("department"), known("project")];

/** What the row is due, and what that rests on. */
const DUE_FACTS: FactTable<Looked> = {
  method: (looked) => known(looked.due.method, bothAt(looked)),
  direction: (looked) => stated(looked, looked.due.direction),
  met: (looked) => stated(looked, looked.due.met),
  judged: (looked) => known(looked.due.judged, bothAt(looked)),
  measured: (looked) => known(looked.due.numbers !== null && looked.due.direction !== "unknown", bothAt(looked)),
  attainment: (looked) => stated(looked, looked.due.attainment),
  due: (looked) => stated(looked, looked.due.exact),
  dueRounded: (looked) => stated(looked, looked.due.due),
  bandLow: (looked) => stated(looked, looked.due.judged ? looked.due.low : null),
  bandHigh: (looked) => stated(looked, looked.due.judged ? looked.due.high : null),
  inBand: (looked) => {
    const { row, due } = looked;
    const claimed = numberOf(row.score);
    const inside = claimed === null ? null : inBand(claimed, due);
    return inside === null ? openFact(looked) : known(inside, [...row.score.at, ...bothAt(looked)]);
  },
  units: (looked) => stated(looked, looked.due.units),
  targetNumber: (looked) => (looked.due.numbers === null ? targetAlone(looked.row) : known(looked.due.numbers.target, at(looked, "target"))),
  actualNumber: (looked) => (looked.due.numbers === null ? openFact(looked) : known(looked.due.numbers.actual, at(looked, "actual"))),
  achievement: (looked) => {
    const { numbers } = looked.due;
    if (numbers === null) return openFact(looked);
    return isZero(numbers.target) || isNegative(numbers.target) ? missing(bothAt(looked), false) : known(round(numbers.actual.times(HUNDRED).dividedBy(numbers.target), 2), bothAt(looked));
  },
};

function stated(looked: Looked, value: Value | null): Fact {
  return value === null ? openFact(looked) : known(value, bothAt(looked));
}

/** The target's own number, which the target rules ask for even where nothing was achieved. */
function targetAlone(row: IndicatorRow): Fact {
  return row.target.kind === "quantity" ? known(row.target.value, [`${row.pointer}/target`]) : missing([`${row.pointer}/target`], false);
}

/** Why a row's outcome is open: nothing there, or not to be told. */
function openFact(looked: Looked): Fact {
  const { due, row } = looked;
  const cells = bothAt(looked);
  if (due.method === "not-scored" || due.method === "missing" || due.method === "no-weight") return missing(cells, true);
  const lacks = row.target.kind === "unreadable" || row.target.kind === "several" ? ["target"] : ["actual"];
  return underivable(lacks, cells);
}

/** What the words of name, level and cells say, by the lists of the rule set. */
const WORD_FACTS: FactTable<Looked> = {
  repeated: (looked) => {
    const [target, actual] = [cleanText(looked.row.indicator.target ?? ""), cleanText(looked.row.indicator.actual ?? "")];
    return known(target !== "" && target === actual, [...at(looked, "target"), ...at(looked, "actual")]);
  },
  inWords: (looked) => known(looked.row.target.kind === "words", at(looked, "target")),
  measurableLevel: ({ context, row }) => isTrue(holdsAny(cleanText(row.indicator.level2 ?? ""), context.words("measurableLevels"))),
  rateName: (looked) => known(endsWithAny(looked.row.name, looked.context.words("rates")), at(looked, "name")),
  savingsName: (looked) => known(looked.saving !== null, at(looked, "name")),
  checkable: (looked) => known(isCheckable(looked.context, looked.row), at(looked, "target")),
  signDirection: ({ row }) => signDirection(row),
  namedDirection: ({ context, row }) => namedWay(context, row),
  otherYears: ({ context, row }) => otherYears(context, row),
  belongsUnder: ({ context, row }) => belongsUnder(context, row),
  mayBeNegative: (looked) => known(holdsAny(looked.row.name, looked.context.words("mayBeNegative")), at(looked, "name")),
  isMet: ({ due }) => isTrue(due.met === true),
  partial: ({ table }) => isTrue(table.partial),
};

/** What the table says of a saving rate; nothing of other rows. */
const SAVING_FACTS: FactTable<Looked> = Object.fromEntries(SAVING_NAMES.map((name) => [name, ({ saving }: Looked) => saving?.[name]() ?? missing()]));

const FACTS: FactTable<Looked> = { ...CELL_FACTS, ...DUE_FACTS, ...WORD_FACTS, ...SAVING_FACTS };

function signDirection(row: IndicatorRow): Fact {
  if (row.target.kind !== "quantity" || row.target.comparison === null || row.target.comparison === "=") return missing();
  return known(row.target.comparison === "≥" || row.target.comparison === ">" ? "more" : "less", [`${row.pointer}/target`]);
}

/** The direction that the name alone leaves no doubt of; missing where the lists do not say. */
function namedWay({ words }: SubjectContext, { name, pointer, indicator: { level1 = "", level2 = "" } }: IndicatorRow): Fact {
  const way = wayOf(words, name, level1, level2);
  return way === null ? missing() : known(way, [`${pointer}/name`]);
}

/** A cost or a harm is less, work done is more. */
function wayOf(words: Words, name: string, level1: string, level2: string): "more" | "less" | null {
  const holds = (list: string, text = name): boolean => holdsAny(text, words(list));
  const ends = (list: string): string | undefined => longestEnding(name, words(list));
  const harm = ends("surelyLess");
  if (harm !== undefined) {
    const before = name.slice(0, name.length - harm.length);
    return holds("notPlain", before) || holds("dealtWith", before) ? null : "less";
  }
  if (holds("notPlain")) return null;
  if (ends("surelyMore") !== undefined) return "more";
  if (holds("countLevels", level2) && !holds("less") && ends("workCounted") !== undefined && longestStart(name, words("workDone")) !== undefined) return "more";
  const cost = holds("costLevels", level1) || holds("costLevels", level2);
  return cost && ends("costNames") !== undefined ? "less" : null;
}

/** Years other than the evaluated one in target and actual; missing where none is named. */
function otherYears(context: SubjectContext, row: IndicatorRow): Fact {
  const { year } = context.rows;
  if (year === null || (yearsIn(row.indicator.target ?? "").length === 0 && yearsIn(row.indicator.actual ?? "").length === 0)) return NO_FACT;
  const found = (["target", "actual"] as const).flatMap((cell) => yearsIn(row.indicator[cell] ?? "").map((named) => ({ named, at: `${row.pointer}/${cell}` })));
  if (found.length === 0) return missing();
  const others = found.filter((entry) => entry.named !== year);
  return known([...new Set(others.map((entry) => entry.named))], others.length > 0 ? others.map((entry) => entry.at) : found.map((entry) => entry.at));
}

/** Years named singly, also those of 2023-12 and 2023.12.5 (2023.5 is a number); a span of years (2021—2025年) names a plan, 较2022年 and 2022年基础上 what is compared with, 自2020年起 a beginning. */
const yearsIn = (text: string): readonly string[] => (text.length > 4 && /[\d\uff10-\uff19]{4}/.test(text) && !/^\D?\d+(?:\.\d+)?%?$/.test(text) ? namedYears(text) : NO_YEARS);

const NO_YEARS: readonly string[] = [];
const NO_FACT = missing();

const namedYears = remembered((text: string): string[] => {
  const plain = text.normalize("NFKC").replace(/\s/g, "").replace(/(?:19|20)\d{2}年?[-—–~至到](?:19|20)\d{2}/g, "");
  return [...plain.matchAll(/(?<![\d较比与同自从])((?:19|20)\d{2})(?=年(?!度?(?:基础|相比|同期|以来|起|版))|[-/](?:0?[1-9]|1[0-2])(?!\d)|\.(?:0?[1-9]|1[0-2])(?:\.\d|底|前|之前|以前))/g)].flatMap((match) => match[1] ?? []);
});

/** The level a name belongs under by the set's list `misplaced` (`names|wrong levels|right level`), where it stands under another; missing where the list says nothing. */
function belongsUnder({ words }: SubjectContext, { name, pointer, indicator: { level1 = "", level2 = "" } }: IndicatorRow): Fact {
  const { all, entries } = placings(words("misplaced"));
  const entry = endsWithAny(name, all) ? entries.find(({ names }) => endsWithAny(name, names)) : undefined;
  if (entry === undefined) return NO_FACT;
  const stands = (level: string): boolean => level2.includes(level) || (level2 === "" && level1.includes(level));
  const misplaced = entry.wrong.some(stands) && !entry.rightLevels.some(stands);
  return known(misplaced ? entry.right : "", misplaced ? [`${pointer}/name`, `${pointer}/level2`] : [`${pointer}/name`]);
}

const placings = once((misplaced: readonly string[]) => {
  const entries = misplaced.map((entry) => {
    const [names = "", wrong = "", right = ""] = entry.split("|");
    return { names: names.split("、"), wrong: wrong.split("、"), right, rightLevels: right.split(/或|、/).map((level) => level.replace(/指标$/, "")) };
  });
  return { entries, all: entries.flatMap(({ names }) => names) };
});

/** A target in words that can be checked all the same: a number in a sentence, a standard, a span of time (list `checkable`), the answer to a 是否. */
function isCheckable(context: SubjectContext, { name, indicator }: IndicatorRow): boolean {
  if (holdsAny(name, context.words("checkableNames"))) return true;
  const plain = cleanText(indicator.target ?? "");
  const counted = [...plain.matchAll(/[一二两三四五六七八九十百千万]+(\p{Script=Han}{1,2})/gu)].some(([, unit = ""]) => longestStart(unit, context.words("measureWords")) !== undefined);
  return /\d/.test(plain) || counted || holdsAny(plain, context.words("checkable"));
}

function orderFact(a: Fact, b: Fact, holds: (order: number) => boolean): Fact {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left === null || right === null) return derived({ score: a, weight: b }, () => null);
  return known(holds(compare(left, right)), [...a.at, ...b.at]);
}
