// Cells of one indicator row -> what it is due, with the word lists of these tests and the units of the national set.
import { decimal } from "../../src/decimal.ts";
import type { Due, Indicator, ParameterValue } from "../../src/model.ts";
import { readDateRange } from "../../src/normalize/dates.ts";
import { rowsOf } from "../../src/normalize/rows.ts";
import { sameUnit } from "../../src/normalize/units.ts";
import { dueOf, type ScoringWords } from "../../src/score/due.ts";
import { scoringSettings } from "../../src/score/settings.ts";
import { words as units } from "../normalize/words.ts";

export const scoringWords: ScoringWords = {
  direction: {
    more: ["完成率", "合格率", "处理率", "满意度", "下降率"],
    less: ["投诉", "事故", "控制率", "发病率"],
    dealtWith: ["处理"],
    costLevels: ["成本"],
    costMore: ["节约率", "覆盖率"],
    rates: ["率", "度"],
  },
  attainment: {
    met: ["达成", "完成", "有效", "明显", "提高", "保障"],
    partly: ["部分达成", "有所提高", "一定程度"],
    unmet: ["未达成", "未完成", "不明显", "不足"],
    negations: ["未", "不", "难以", "部分", "有待"],
    absences: ["未发生", "无事故"],
  },
};

const PARAMETERS: Readonly<Record<string, ParameterValue>> = {
  "score.reverseMethod": "ratio",
  "score.strictGreater": false,
  "score.places": "2",
  "score.bands": [
    { attainment: "met", low: "80", high: "100" },
    { attainment: "partly", low: "60", high: "80", highIncluded: "false" },
    { attainment: "unmet", low: "0", high: "60", highIncluded: "false" },
  ],
  "score.grades": [{ grade: "优", from: "90" }, { grade: "良", from: "80" }, { grade: "中", from: "60" }, { grade: "差", from: "0" }],
};

/** The settings of these tests, with what a test changes. */
export function settings(changed: Readonly<Record<string, ParameterValue>> = {}): ReturnType<typeof scoringSettings> {
  return scoringSettings(new Map(Object.entries({ ...PARAMETERS, ...changed })));
}

/** What a row of those cells is due; evaluated year 2023, weight 10 and a count unless told. */
export function due(cells: Partial<Indicator>, changed: Readonly<Record<string, ParameterValue>> = {}): Due {
  const indicator: Indicator = { level1: "产出指标", level2: "数量指标", name: "举办培训班", weight: "10", ...cells };
  const rows = rowsOf({ submission: { format: "ziping/submission@1", year: "2023", tables: [{ kind: "project", indicators: [indicator] }] } }, { words: units, scaleApart: { from: decimal(2000), to: decimal(50_000) } });
  const row = rows.tables[0]?.indicators[0];
  if (row === undefined) throw new RangeError("no row");
  return dueOf(row, settings(changed), scoringWords, {
    sameUnit: (a, b) => sameUnit(a, b, units),
    days: (reading) => {
      const span = readDateRange(reading, 2023);
      return span === null ? null : { first: span.first ?? span.last, last: span.last };
    },
  });
}

/** Method and points of a row, as `prorated 9.8`; `open` where its points are. */
export function told(cells: Partial<Indicator>, changed: Readonly<Record<string, ParameterValue>> = {}): string {
  const { method, due: points } = due(cells, changed);
  return `${method} ${points?.toFixed() ?? "open"}`;
}
