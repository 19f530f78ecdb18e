// The numbers of a report -> bars, where a picture says it faster; each bar has its numbers beside it.
import { compare, decimal, HUNDRED, isZero, minimum, minus, parseDecimal, plus, round, times, toText, truncate, ZERO, type Decimal } from "../../decimal.ts";
import { word, type Locale } from "../../locale.ts";
import type { LedgerRow, Report, ReportTable } from "../../model.ts";
import { scoreText } from "../select.ts";
import { markup, type Markup } from "../markup.ts";

/** The lowest share that a chart's axis begins at is a multiple of this, so that close scores are told apart. */
const STEP = decimal(10);

interface Bar { name: string; text: string; fills: readonly { share: Decimal; kind: "claimed" | "recomputed" }[] }

/** Claimed against recomputed, points by level, execution by table; a chart that has nothing to show is left out. */
export function charts(report: Report, locale: Locale, nameOf: (table: ReportTable) => string): Markup | null {
  const label = (key: string): string => word(locale, "page", key);
  const figures = [
    figure(label("chart.scores"), report.tables.flatMap((table) => scoreBar(table, nameOf(table))), locale),
    figure(label("chart.levels"), levelBars(report.tables), locale),
    figure(label("chart.execution"), report.tables.flatMap((table) => executionBar(table, nameOf(table))), locale),
  ].filter((part) => part !== null);
  return figures.length === 0 ? null : markup`<div class="charts">${figures}</div>`;
}

function figure(title: string, bars: readonly Bar[], locale: Locale): Markup | null {
  if (bars.length === 0) return null;
  const from = axisStart(bars.flatMap(({ fills }) => fills.map(({ share }) => share)));
  const paired = bars.some(({ fills }) => fills.some(({ kind }) => kind === "claimed"));
  const key = paired ? markup`<i class="claimed"></i>${word(locale, "page", "claimed")}<i></i>${word(locale, "page", "recomputed")} · ` : null;
  return markup`<figure class="card"><figcaption>${title}</figcaption><dl class="bars">${bars.map((bar) => barMarkup(bar, from))}</dl><p class="legend">${key}${word(locale, "page", "chart.axis", { from: toText(from) })}</p></figure>`;
}

/** The ten below the least share: 90 for scores between 97 and 100. */
function axisStart(shares: readonly Decimal[]): Decimal {
  const least = shares.reduce(minimum, HUNDRED);
  const tens = times(truncate(least.dividedBy(STEP), 0), STEP);
  const from = compare(tens, least) === 0 ? minus(tens, STEP) : tens;
  return compare(from, ZERO) < 0 ? ZERO : from;
}

function barMarkup({ name, text, fills }: Bar, from: Decimal): Markup {
  const along = (share: Decimal): string => toText(round(within(times(minus(share, from), HUNDRED).dividedBy(minus(HUNDRED, from))), 2));
  const tracks = fills.map(({ share, kind }) => markup`<span class="track"><span class="fill ${kind}" style="width:${along(share)}%"></span></span>`);
  return markup`<dt>${name}</dt><dd aria-hidden="true">${tracks}</dd><dd class="number">${text}</dd>`;
}

/** Between 0 and 100, as far as a bar reaches. */
function within(share: Decimal): Decimal {
  if (compare(share, ZERO) < 0) return ZERO;
  return compare(share, HUNDRED) > 0 ? HUNDRED : share;
}

function scoreBar(table: ReportTable, name: string): Bar[] {
  const [claimed, recomputed] = [numberOf(table.claimed.score), numberOf(table.recomputed.score)];
  if (claimed === null && recomputed === null) return [];
  const text = [table.claimed.score, table.recomputed.score].map((score) => (score === null ? "—" : scoreText(score))).join(" → ");
  return [{ name, text, fills: [...(claimed === null ? [] : [{ share: claimed, kind: "claimed" as const }]), ...(recomputed === null ? [] : [{ share: recomputed, kind: "recomputed" as const }])] }];
}

/** Points of each first level over all tables, as a share of its weight; rows that are open are left out on both sides. */
function levelBars(tables: readonly ReportTable[]): Bar[] {
  const levels = new Map<string, { weight: Decimal; claimed: Decimal; recomputed: Decimal }>();
  for (const row of tables.flatMap((table) => table.ledger)) {
    const [weight, claimed, recomputed] = [row.weight, row.claimed, row.recomputed].map(numberOf);
    const level = levelOf(row);
    if (level === null || weight == null || claimed == null || recomputed == null) continue;
    const sum = levels.get(level) ?? { weight: ZERO, claimed: ZERO, recomputed: ZERO };
    levels.set(level, { weight: plus(sum.weight, weight), claimed: plus(sum.claimed, claimed), recomputed: plus(sum.recomputed, recomputed) });
  }
  return [...levels].filter(([, sum]) => !isZero(sum.weight)).map(([name, sum]) => {
    const share = (points: Decimal): Decimal => times(points, HUNDRED).dividedBy(sum.weight);
    return { name, text: [sum.claimed, sum.recomputed].map((points) => `${scoreText(toText(round(share(points), 2)))}%`).join(" → "), fills: [{ share: share(sum.claimed), kind: "claimed" }, { share: share(sum.recomputed), kind: "recomputed" }] };
  });
}

const levelOf = (row: LedgerRow): string | null => (row.level1 === undefined || row.level1.trim() === "" ? null : row.level1.trim());

function executionBar(table: ReportTable, name: string): Bar[] {
  const rate = table.ledger.find((row) => row.rate !== undefined)?.rate;
  const share = rate === undefined ? null : numberOf(rate.replace("%", ""));
  return rate === undefined || share === null ? [] : [{ name, text: rate, fills: [{ share, kind: "recomputed" }] }];
}

const numberOf = (text: string | null | undefined): Decimal | null => (text === null || text === undefined ? null : parseDecimal(text));
