// The words of the official set → an empty submission with every field that the form has.
import type { Fund, FundSource, Indicator, Submission, Table } from "../../model.ts";
import { templateWords, type Labelled, type Levels } from "./words.ts";

/** Every value is `""`, a blank cell, but the unit of money and the weight of execution. */
export function emptySubmission(projects: number): Submission {
  const words = templateWords();
  const { basic } = words;
  return {
    format: "ziping/submission@1",
    year: "",
    department: { name: "" },
    moneyUnit: "万元",
    basicData: {
      staff: blanks(basic.staff.columns),
      lines: basic.lines.rows.map(([item]) => ({ item, ...blanks(basic.lines.columns) })),
      buildings: [blanks(basic.buildings.columns)],
      austerityMeasures: "",
    },
    tables: [departmentTable(), ...Array.from({ length: projects }, projectTable)],
  };
}

function departmentTable(): Table {
  const { sources, levels, nature } = templateWords().department;
  return {
    kind: "department",
    funds: fundsOf(sources),
    byNature: { income: blanks(nature.income[1]), expenditure: blanks(nature.expenditure[1]) },
    goals: [{ expected: "", achieved: "" }],
    indicators: indicatorsOf(levels),
    total: { weight: "", score: "" },
  };
}

function projectTable(): Table {
  const { sources, levels } = templateWords().project;
  return {
    kind: "project", name: "", supervisor: "", implementer: "",
    funds: fundsOf(sources),
    goals: [{ expected: "", achieved: "" }],
    indicators: indicatorsOf(levels),
    total: { weight: "", score: "" },
  };
}

function fundsOf(sources: readonly Labelled[]): Fund[] {
  const { fundColumns, executionWeight } = templateWords().common;
  return sources.map(([source]) => {
    const columns = fundColumns.filter(([field]) => source === "total" || !["weight", "rate", "score"].includes(field));
    return { source: source as FundSource, ...blanks(columns), ...(source === "total" ? { weight: executionWeight } : {}) };
  });
}

function indicatorsOf(levels: Levels): Indicator[] {
  const columns = templateWords().common.indicatorColumns.slice(2);
  return levels.flatMap(([level1, below]) => below.flatMap(([level2, rows]) => Array.from({ length: rows }, () => ({ level1, level2, ...blanks(columns) }))));
}

function blanks(columns: readonly Labelled[]): Record<string, string> {
  return Object.fromEntries(columns.map(([field]) => [field, ""]));
}
