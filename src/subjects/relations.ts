// Rows that must be alike -> subjects `sharedIndicator`, `markingGroup` and `indicatorGroup`. (Rows and goals: goals.ts.)
import { compare, decimal, equals, HUNDRED, isZero, markOf, ONE, times, toText, ZERO, type Decimal } from "../decimal.ts";
import { cellsOf, known, missing, numberOf } from "../fact.ts";
import type { Due, Fact, IndicatorRow, Reading, Subject, TableRows } from "../model.ts";
import { endsWithAny } from "../word-list.ts";
import { asksOnly, explanationsOf, isAsked, standingFor, subject, tableIdentity, type FactTable, type SubjectContext } from "./context.ts";
import { goalSubjects } from "./goals.ts";
import { cleanText, coreName, nameWords } from "./names.ts";

interface Entry { table: TableRows; row: IndicatorRow; due: Due }

export function relationSubjects(context: SubjectContext): Subject[] {
  const entries = context.rows.tables.flatMap((table, index) =>
    table.indicators.flatMap((row, position) => {
      const due = context.dues[index]?.[position];
      return due === undefined || !row.live ? [] : [{ table, row, due }];
    }),
  );
  return [
    ...(isAsked(context, "indicatorGroup") ? duplicateSubjects(context, grouped(entries, ({ table }) => table)) : []),
    ...(isAsked(context, "sharedIndicator") ? sharedSubjects(context, entries) : []),
    ...(isAsked(context, "markingGroup") ? markingSubjects(context, entries) : []),
    ...(isAsked(context, "goalNumber") ? goalSubjects(context) : []),
  ];
}

/** One subject for each name in a table: how often it stands there under one level. */
function duplicateSubjects(context: SubjectContext, tables: ReadonlyMap<TableRows, readonly Entry[]>): Subject[] {
  const fold = asksOnly(context, "indicatorGroup", ["count"]);
  const often: Subject[] = [];
  const single: [TableRows, Entry[]][] = [];
  for (const [table, entries] of tables) {
    const groups = grouped(entries, ({ row: { indicator: { level1 = "", level2 = "", name = "" } } }) => `${cleanText(level1)}|${cleanText(level2)}|${cleanText(name)}`);
    for (const group of groups.values()) {
      if (group[0] === undefined || cleanText(group[0].row.indicator.name ?? "") === "") continue;
      if (fold && group.length === 1) single.push([table, group]);
      else often.push(groupSubject(table, group, group[0]));
    }
  }
  const every = (): Subject[] => single.flatMap(([table, group]) => (group[0] === undefined ? [] : [groupSubject(table, group, group[0])]));
  return [...often, ...standingFor(single.length, single[0]?.[1][0] === undefined ? null : groupSubject(...single[0], single[0][1][0]), every)];
}

function groupSubject(table: TableRows, group: readonly Entry[], { row: { indicator, pointer } }: Entry): Subject {
  const name = indicator.name ?? "";
  return subject<readonly Entry[]>({
    each: "indicatorGroup", table: table.name, label: name, pointer,
    identity: () => [...tableIdentity(table), indicator.level1 ?? "", indicator.level2 ?? "", name, "group"],
    explanations: () => group.flatMap(({ row }) => ownExplanation(row)),
    ownWords: () => [name],
    view: group, facts: GROUP_FACTS,
  });
}

const GROUP_FACTS: FactTable<readonly Entry[]> = { count: (group) => known(decimal(group.length), group.map(({ row }) => `${row.pointer}/name`)) };

function ownExplanation(row: IndicatorRow): { text: string; where: string }[] {
  const text = row.indicator.explanation ?? "";
  return text.trim() === "" ? [] : [{ text, where: `${row.pointer}/explanation` }];
}

/** One subject for each indicator that stands in more than one table. */
function sharedSubjects(context: SubjectContext, entries: readonly Entry[]): Subject[] {
  const words = nameWords(context.words);
  const named = entries.map((entry) => ({ entry, core: coreName(entry.row.indicator.name ?? "", words) }));
  // Names that stand in one table alone need no closer look.
  const tables = new Map<string, TableRows | null>();
  for (const { core, entry: { table } } of named) if (core !== null) tables.set(core, tables.has(core) && tables.get(core) !== table ? null : table);
  const often = named.filter(({ core }) => core !== null && tables.get(core) === null);
  const groups = grouped(often, ({ core, entry: { row } }) => `${core ?? ""}|${dimension(row.target, row.name, context)}`);
  return [...groups].flatMap(([key, members]) => {
    const group = members.map(({ entry }) => entry);
    const [first] = group;
    if (first === undefined || group.every(({ table }) => table === first.table)) return [];
    const cells = group.flatMap(({ row }) => [`${row.pointer}/target`, `${row.pointer}/actual`]);
    return [subject({
      each: "sharedIndicator", table: first.table.name, label: first.row.indicator.name ?? "", identity: ["shared", key], pointer: first.row.pointer,
      explanations: () => [...explanationsOf(context, null, null, group.map(({ row }) => row.indicator.name ?? "")), ...group.flatMap(({ row }) => ownExplanation(row))],
      ownWords: group.map(({ row }) => row.indicator.name ?? ""),
      facts: {
        sameTarget: alike(group.map(({ row }) => row.target), cells),
        sameActual: alike(group.map(({ row }) => row.actual), cells),
        places: known(group.map(({ table, row }) => `${table.name} ${row.indicator.target ?? ""} → ${row.indicator.actual ?? ""}`), cells),
        tables: known(group.map(({ table }) => table.name)),
      },
    })];
  });
}

/** What is measured: names that differ only in their endings are one only where they measure alike. */
function dimension(target: Reading, name: string, context: SubjectContext): string {
  if (target.kind === "words") return "words";
  if (target.kind !== "quantity" && target.kind !== "range") return target.kind;
  const percent = target.unit?.kind === "percent" || endsWithAny(name, context.words("rates"));
  return percent ? "percent" : target.unit?.kind === "money" ? "money" : "count";
}

/** Whether readings say one number, range or day; missing where fewer than two can be compared. Words are put in many ways and are not. */
function alike(readings: readonly Reading[], at: readonly string[]): Fact {
  const toTheDay = readings.every((reading) => reading.kind !== "date" || reading.day !== null);
  const said = readings.flatMap((reading) => {
    if (reading.kind === "quantity") return [toText(reading.value)];
    if (reading.kind === "range") return [`${toText(reading.low)}–${toText(reading.high)}`];
    return reading.kind === "date" ? [`${reading.month}.${toTheDay ? (reading.day ?? "") : ""}`] : [];
  });
  return said.length < 2 ? missing(at, false) : known(new Set(said).size === 1, at);
}

/** One subject for each operator, target and actual that is marked more than once. Missed rows are left to what they are due. */
function markingSubjects(context: SubjectContext, entries: readonly Entry[]): Subject[] {
  const marked = entries.filter(({ row, due }) => {
    const [weight, score] = [numberOf(row.weight), numberOf(row.score)];
    const missed = due.met === false && due.exact !== null;
    return weight !== null && score !== null && !isZero(weight) && compare(score, weight) <= 0 && !missed && due.method !== "missing";
  });
  const groups = grouped(alikeAtFirst(marked), ({ row, due }) => {
    if (row.target.kind === "quantity" && row.actual.kind === "quantity") {
      return `${row.target.comparison ?? ""}|${toText(row.target.value)}|${row.target.unit?.name ?? ""}|${toText(row.actual.value)}|${due.direction ?? ""}`;
    }
    return row.target.kind === "words" && row.actual.kind === "words" ? `words|${cleanText(row.target.text)}|${cleanText(row.actual.text)}` : "";
  });
  return [...groups].flatMap(([key, group]) => (key === "" || group.length < 2 ? [] : markingSubject(context, key, group)));
}

/** Without those whose numbers no other has: most. */
function alikeAtFirst(entries: readonly Entry[]): Entry[] {
  const marks = entries.map(({ row: { target, actual } }) => (target.kind === "quantity" && actual.kind === "quantity" ? markOf(target.value) * 31 + markOf(actual.value) : null));
  const seen = new Map<number, number>();
  for (const mark of marks) if (mark !== null) seen.set(mark, (seen.get(mark) ?? 0) + 1);
  return entries.filter((_, index) => { const mark = marks[index] ?? null; return mark === null || (seen.get(mark) ?? 0) > 1; });
}

function markingSubject(context: SubjectContext, key: string, group: readonly Entry[]): Subject[] {
  const [first] = group;
  if (first === undefined) return [];
  const looked = { group, shares: null };
  return [subject<Marked>({
    each: "markingGroup", table: null, label: `${first.row.indicator.target ?? ""} → ${first.row.indicator.actual ?? ""}`, identity: () => ["marking", key], pointer: first.row.pointer,
    explanations: () => {
      const { shares, highest } = sharesOf(looked);
      const low = group.filter((_, index) => shares[index]?.share.lessThan(highest.share) === true);
      const given = low.map(({ row }) => ownExplanation(row)[0]);
      return given.every((entry) => entry !== undefined) && given[0] !== undefined ? [given[0]] : explanationsOf(context, null, null, []);
    },
    view: looked, facts: MARKING_FACTS,
  })];
}

interface Shares { shares: readonly Share[]; lowest: Share; highest: Share }
interface Marked { group: readonly Entry[]; shares: Shares | null }

const marksAt = (group: readonly Entry[]): string[] => cellsOf(group.flatMap(({ row }) => [row.score, row.weight]));

const MARKING_FACTS: FactTable<Marked> = {
  target: ({ group }) => known(group[0]?.row.indicator.target ?? ""),
  actual: ({ group }) => known(group[0]?.row.indicator.actual ?? ""),
  even: (marked) => {
    if (marked.group.every(({ row }) => isFull(row))) return known(true, marksAt(marked.group));
    const { shares } = sharesOf(marked);
    return known(shares.every((a) => shares.every((b) => compare(a.from, b.to) <= 0)), marksAt(marked.group));
  },
  lowestShare: (marked) => known(sharesOf(marked).lowest.share, marksAt(marked.group)),
  highestShare: (marked) => known(sharesOf(marked).highest.share, marksAt(marked.group)),
  marks: ({ group }) => known(group.map(({ table, row }) => `${table.name}·${row.indicator.name ?? ""} ${row.indicator.score ?? ""}/${row.indicator.weight ?? ""}`), marksAt(group)),
  count: ({ group }) => known(decimal(group.length)),
};

const isFull = ({ score, weight }: IndicatorRow): boolean => equals(numberOf(score) ?? ZERO, numberOf(weight) ?? ONE);

function sharesOf(marked: Marked): Shares {
  if (marked.shares !== null) return marked.shares;
  const shares = marked.group.map(({ row }) => shareOf(row.score, row.weight));
  marked.shares = {
    shares,
    lowest: shares.reduce((a, b) => (compare(a.share, b.share) <= 0 ? a : b)),
    highest: shares.reduce((a, b) => (compare(a.share, b.share) >= 0 ? a : b)),
  };
  return marked.shares;
}

interface Share { share: Decimal; from: Decimal; to: Decimal }

/** A score's share of its weight in %, and the span that rounding the score to its one or two decimals leaves open; full marks are no rounding. */
function shareOf(score: Fact, weight: Fact): Share {
  const [points, whole] = [numberOf(score) ?? decimal(0), numberOf(weight) ?? decimal(1)];
  const printed = score.state === "known" ? (score.decimals ?? 2) : 2;
  const half = equals(points, whole) ? decimal(0) : decimal(printed > 1 ? "0.005" : "0.05");
  const percent = (value: Decimal): Decimal => times(value, HUNDRED).dividedBy(whole);
  return { share: percent(points), from: percent(points.minus(half)), to: percent(points.plus(half)) };
}

function grouped<T, K>(entries: readonly T[], key: (entry: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const entry of entries) {
    const name = key(entry);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [entry]);
    else group.push(entry);
  }
  return groups;
}
