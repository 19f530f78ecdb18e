// The words of the official set → empty CSV files (contract §2.4), their rows begun with what the form prints.
import { templateWords, type Levels } from "./words.ts";

/** File name → text, UTF-8 with a byte order mark so that spreadsheets open it as such. */
export function emptyCsv(projects: number): Record<string, string> {
  const { basic, department, project, csv } = templateWords();
  const tables = [["部门整体", department] as const, ...Array.from({ length: projects }, () => ["项目", project] as const)];
  const rows: Record<string, string[][]> = {
    indicators: tables.flatMap(([kind, words]) => levelRows(words.levels).map(([level1, level2]) => ["", "", kind, "", level1, level2])),
    funds: tables.flatMap(([kind, words]) => words.sources.map(([, label]) => ["", "", kind, "", bare(label)])),
    totals: tables.map(([kind]) => ["", "", kind]),
    goals: tables.map(([kind]) => ["", "", kind]),
    basic: basic.lines.rows.map(([, label]) => ["", "", bare(label)]),
    staff: [[]],
    nature: (["income", "expenditure"] as const).flatMap((side) => department.nature[side][1].map(([, label]) => ["", "", csv.sides[side], bare(label)])),
  };
  return Object.fromEntries(Object.entries(csv.files).map(([name, columns]) => [`${name}.csv`, `\uFEFF${[columns, ...(rows[name] ?? [])].map((row) => line(row, columns.length)).join("\r\n")}\r\n`]));
}

function levelRows(levels: Levels): [string, string][] {
  return levels.flatMap(([level1, below]) => below.flatMap(([level2, rows]) => Array.from({ length: rows }, (): [string, string] => [level1, level2])));
}

/** `1、公务接待` → `公务接待`, `其中：当年财政拨款` → `当年财政拨款`. */
function bare(label: string): string {
  return label.trim().replace(/^(?:\d+、|其中：)/u, "").replace(/(?:：|（[^（）]*）)$/u, "");
}

function line(cells: readonly string[], length: number): string {
  return Array.from({ length }, (_, index) => cells[index] ?? "").join(",");
}
