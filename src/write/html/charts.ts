// The numbers of a report -> marks on a line, where a picture says it faster; each line has its numbers beside it, as text.
import { compare, decimal, HUNDRED, isZero, maximum, minimum, minus, parseDecimal, plus, round, times, toText, truncate, ZERO, type Decimal } from "../../decimal.ts";
import { word, type Locale } from "../../locale.ts";
import type { Report, ReportTable } from "../../model.ts";
import { tableText } from "../fix-text.ts";
import { markup, type Markup } from "../markup.ts";
import { scoreText } from "../select.ts";

/** The ends of an axis are multiples of this, so that close scores are told apart. */
const STEP = decimal(5);
/** As many lines as a picture stays one. */
const MOST = 12;

/** `claimed` and `recomputed` in percent of what is full; `far`: how much the line has to tell. */
interface Line { name: string; claimed: Decimal | null; recomputed: Decimal | null; numbers: readonly (readonly [label: string | null, text: string])[]; far: Decimal }

/** `note`: what is said below of lines that are not drawn. */
interface Chart { title: string; kind: "points" | "whole"; lines: readonly Line[]; note: string }

/** Claimed against recomputed, points by level, execution by table; a chart that has nothing to show is left out. */
export function charts(report: Report, locale: Locale): Markup | null {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "page", key, values);
  const scores = report.tables.flatMap((table) => scoreLine(table, label, locale));
  const levels = levelLines(report.tables, label);
  const rates = report.tables.flatMap((table) => executionLine(table, locale));
  const all: Chart[] = [
    { title: label("chart.scores"), kind: "points", lines: scores, note: scores.length > MOST ? label("chart.most.scores", { count: MOST }) : "" },
    { title: label("chart.levels"), kind: "points", lines: levels.lines, note: levels.left === 0 ? "" : label("chart.left", { count: levels.left }) },
    { title: label("chart.execution"), kind: "whole", lines: rates, note: rates.length > MOST ? label("chart.most.execution", { count: MOST }) : "" },
  ];
  const figures = all.filter(({ lines }) => lines.length > 0).map((chart) => figure(chart, label));
  return figures.length === 0 ? null : markup`<div class="charts">${figures}</div>`;
}

function figure({ title, kind, lines, note }: Chart, label: (key: string, values?: Record<string, string>) => string): Markup {
  const farthest = [...lines].sort((a, b) => compare(b.far, a.far)).slice(0, MOST);
  const shown = lines.filter((line) => farthest.includes(line));
  const shares = shown.flatMap(({ claimed, recomputed }) => [claimed, recomputed].filter((share) => share !== null));
  const axis = kind === "whole" ? { from: ZERO, to: upTo(shares) } : { from: downTo(shares), to: HUNDRED };
  const key = kind === "whole" ? null : markup`<i class="claimed"></i>${label("claimed")}<i></i>${label("recomputed")} · `;
  return markup`<figure class="card"><figcaption>${title}</figcaption><dl class="bars">${shown.map((line) => lineMarkup(line, kind, axis))}</dl><p class="legend">${key}${label("chart.axis", { from: toText(axis.from), to: toText(axis.to) })}${note === "" ? null : ` · ${note}`}</p></figure>`;
}

interface Axis { from: Decimal; to: Decimal }

/** The step below the least share: 95 for scores between 97 and 100. */
function downTo(shares: readonly Decimal[]): Decimal {
  const least = shares.reduce(minimum, HUNDRED);
  const steps = times(truncate(least.dividedBy(STEP), 0), STEP);
  return maximum(compare(steps, least) === 0 ? minus(steps, STEP) : steps, ZERO);
}

/** 100, or the step above the greatest share. */
function upTo(shares: readonly Decimal[]): Decimal {
  const most = shares.reduce(maximum, HUNDRED);
  const steps = times(truncate(most.dividedBy(STEP), 0), STEP);
  return compare(steps, most) === 0 ? steps : plus(steps, STEP);
}

function lineMarkup({ name, claimed, recomputed, numbers }: Line, kind: Chart["kind"], { from, to }: Axis): Markup {
  const along = (share: Decimal): Decimal => round(minimum(maximum(times(minus(share, from), HUNDRED).dividedBy(minus(to, from)), ZERO), HUNDRED), 2);
  const ends = [claimed, recomputed].filter((share) => share !== null).map(along);
  const [low, high] = [ends.reduce(minimum, HUNDRED), ends.reduce(maximum, ZERO)];
  const mark = (share: Decimal | null, which: string): Markup | null => (share === null ? null : markup`<span class="mark ${which}" style="left:${toText(along(share))}%"></span>`);
  const drawn = kind === "whole" ? markup`<span class="fill" style="width:${toText(high)}%"></span>` : markup`<span class="span" style="left:${toText(low)}%;width:${toText(maximum(minus(high, low), ZERO))}%"></span>${mark(claimed, "claimed")}${mark(recomputed, "recomputed")}`;
  const text = numbers.map(([label, number], at) => markup`${at === 0 ? null : markup`<span aria-hidden="true"> → </span>`}${label === null ? null : markup`<span class="heard">${label} </span>`}${number}`);
  return markup`<dt>${name}</dt><dd class="drawn ${kind}" aria-hidden="true"><span class="track">${drawn}</span></dd><dd class="number">${text}</dd>`;
}

function scoreLine(table: ReportTable, label: (key: string) => string, locale: Locale): Line[] {
  const [claimed, recomputed] = [numberOf(table.claimed.score), numberOf(table.recomputed.score)];
  if (claimed === null && recomputed === null) return [];
  const shown = (score: string | null): string => (score === null || numberOf(score) === null ? "—" : scoreText(score));
  const far = claimed === null || recomputed === null ? HUNDRED : minus(claimed, recomputed).absoluteValue();
  return [{ name: tableText(table, locale), claimed, recomputed, numbers: [[label("claimed"), shown(table.claimed.score)], [label("recomputed"), shown(table.recomputed.score)]], far }];
}

/** Points of each first level over all tables, beside what is full; rows that are open are left out on all sides, and counted. */
function levelLines(tables: readonly ReportTable[], label: (key: string, values?: Record<string, string>) => string): { lines: Line[]; left: number } {
  const levels = new Map<string, { weight: Decimal; claimed: Decimal; recomputed: Decimal }>();
  let left = 0;
  for (const row of tables.flatMap((table) => table.ledger)) {
    const [weight, claimed, recomputed] = [row.weight, row.claimed, row.recomputed].map(numberOf);
    const level = row.level1?.trim() ?? "";
    if (level === "" || weight == null) continue;
    if (claimed == null || recomputed == null) left += 1;
    else {
      const sum = levels.get(level) ?? { weight: ZERO, claimed: ZERO, recomputed: ZERO };
      levels.set(level, { weight: plus(sum.weight, weight), claimed: plus(sum.claimed, claimed), recomputed: plus(sum.recomputed, recomputed) });
    }
  }
  const lines = [...levels].filter(([, { weight }]) => !isZero(weight)).map(([name, { weight, claimed, recomputed }]): Line => {
    const share = (points: Decimal): Decimal => times(points, HUNDRED).dividedBy(weight);
    const text = (points: Decimal): string => scoreText(toText(round(points, 2)));
    return { name, claimed: share(claimed), recomputed: share(recomputed), numbers: [[label("claimed"), text(claimed)], [label("recomputed"), label("chart.of", { points: text(recomputed), full: toText(weight) })]], far: ZERO };
  });
  return { lines, left };
}

function executionLine(table: ReportTable, locale: Locale): Line[] {
  const rate = table.ledger.find((row) => row.rate !== undefined)?.rate;
  const share = rate === undefined ? null : numberOf(rate.replace("%", ""));
  return rate === undefined || share === null ? [] : [{ name: tableText(table, locale), claimed: null, recomputed: share, numbers: [[null, rate]], far: minus(HUNDRED, share).absoluteValue() }];
}

const numberOf = (text: string | null | undefined): Decimal | null => (text === null || text === undefined ? null : parseDecimal(text));
