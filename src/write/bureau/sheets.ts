// Rules, outliers, findings between departments and what was not read → a sheet each.
import { word, type Locale } from "../../locale.ts";
import { broken, type Summary } from "../../summary.ts";
import { countCell, figureCell, gridOf, numberCell, pointsCell, textCell, type Grid, type GridCell } from "../workbook/grid.ts";
import { FILL_OF } from "../workbook/subject.ts";
import { departmentText, labelsOf, outlierText, unreadText, yearText } from "./text.ts";

export function ruleGrid({ rules }: Summary, locale: Locale): Grid {
  const label = labelsOf(locale);
  const heads = [label("rules.title"), label("rules.departments"), label("rules.broken"), label("mustFix"), label("explain"), label("note"), label("explained"), label("waived"), label("cannotTell"), label("error"), label("rules.rule")];
  const rows = rules.map((rule) => [textCell(rule.title), ...[rule.departments, broken(rule), rule.mustFix, rule.explain, rule.note, rule.explained, rule.waived, rule.cannotTell, rule.error].map((count) => countCell(count)), textCell(rule.rule)]);
  return listed(label("sheet.rules"), [44, 10, 10, 10, 10, 10, 10, 10, 10, 10, 32], heads, rows);
}

/** Who stands apart, each with the rule by which. */
export function outlierGrid(summary: Summary, locale: Locale): Grid {
  const label = labelsOf(locale);
  const heads = [label("outliers.measure"), label("department"), label("year"), label("outliers.table"), label("outliers.value"), label("outliers.side"), label("how")];
  const rows = summary.outliers.flatMap((each): GridCell[][] => {
    const name = textCell(label(`outliers.${each.measure}`));
    const how = textCell(outlierText(each, summary, label));
    const shown = each.departments.map((one) => [
      name, textCell(departmentText(one, locale)), numberCell(yearText(one, locale), { align: "center" }), textCell(one.table ?? ""),
      each.measure === "execution" ? figureCell(`${one.value}%`) : each.measure === "open" ? numberCell(one.value) : pointsCell(one.value), textCell(label(`side.${one.side}`), { align: "center" }), how,
    ]);
    return shown.length > 0 ? shown : [[name, ...Array.from({ length: 5 }, () => textCell("")), how]];
  });
  return listed(label("sheet.outliers"), [24, 26, 7, 26, 12, 8, 80], heads, rows);
}

export function portfolioGrid({ portfolio }: Summary, locale: Locale): Grid {
  const label = labelsOf(locale);
  const heads = [label("department"), label("year"), label("portfolio.table"), word(locale, "interface", "csv.severity"), label("portfolio.status"), label("portfolio.title"), label("portfolio.message"), label("rules.rule")];
  const rows = portfolio.map((finding) => [
    textCell(departmentText(finding, locale)), numberCell(yearText(finding, locale), { align: "center" }), textCell(finding.table ?? ""),
    textCell(word(locale, "interface", `part.${finding.severity}`), { fill: FILL_OF[finding.severity], align: "center" }), textCell(word(locale, "interface", `outcome.${finding.outcome}`), { align: "center" }),
    textCell(finding.title), textCell(finding.message), textCell(finding.rule),
  ]);
  return listed(label("sheet.portfolio"), [26, 7, 26, 10, 10, 28, 80, 28], heads, rows);
}

export function unreadGrid({ unread }: Summary, locale: Locale): Grid {
  const label = labelsOf(locale);
  const rows = unread.map((each) => [textCell(each.file ?? ""), textCell(each.department ?? ""), textCell(unreadText(each, locale))]);
  return listed(label("sheet.unread"), [40, 26, 100], [label("unread.file"), label("department"), label("unread.message")], rows);
}

function listed(name: string, widths: readonly number[], heads: readonly string[], rows: readonly GridCell[][]): Grid {
  const grid = gridOf(name, widths, heads);
  grid.rows.push(...rows);
  grid.filtered = rows.length;
  return grid;
}
