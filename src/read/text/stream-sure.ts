// Rows that a stream of pieces was divided into → those that are certain, and those that are not.
import type { Place } from "../../model.ts";
import type { FormWords } from "../forms/words.ts";
import type { Content, LevelWords } from "./columns.ts";
import { doubtful, type DoubtRow } from "./doubt.ts";
import type { Holds } from "./fit.ts";
import { levelName } from "./labels.ts";
import { cellText, type Piece } from "./pieces.ts";
import type { StreamHead } from "./stream-heads.ts";
import type { StreamRow } from "./stream.ts";

const contentOf: Record<Holds, Content> = {
  corner: "corner", level1: "level1", level2: "level2", name: "name", label: "label", value: "value", amount: "number", percent: "number", points: "number",
  operator: "operator", unit: "unit", text: "text", stray: "text",
};

/** `printsLevels`: the text prints a head of first levels: a table without one has lost it to the converter. Rows in doubt are left out but for the levels that begin with them; where these are in doubt too, so are the rows that take them from above. */
export function sureRows(walk: { words: FormWords; levels: LevelWords; printsLevels: boolean }, head: StreamHead, rows: readonly StreamRow[], holds: readonly Holds[]): { kept: StreamRow[]; unread: StreamRow[] } {
  const levels = (row: StreamRow): StreamRow => new Map([...row].filter(([column]) => ["corner", "level1", "level2"].includes(holds[column] ?? "")));
  const full = rows.filter((row) => levels(row).size < row.size);
  const doubts = doubtful(full.map((row) => described(row, holds)), holds.map((one, index) => ({ content: contentOf[one], role: head.columns[index - 1]?.role ?? null })), head.kind, [], { words: walk.words, levels: walk.levels, firsts: firstLevels(rows, holds) });
  const nameless = head.kind === "indicators" && (holds.includes("level1") ? rows.every((row) => described(row, holds).levels.length === 0) : walk.printsLevels);
  const kept: StreamRow[] = [];
  const unread: StreamRow[] = [];
  const lost = new Set<number>();
  for (const row of rows) {
    for (const column of levels(row).keys()) lost.delete(column);
    const own = described(row, holds).levels;
    const known = own.every(({ content, text }) => walk.levels[content].has(levelName(text)));
    const doubt = (nameless && full.includes(row)) || doubts[full.indexOf(row)] === true || (lost.size > 0 && full.includes(row));
    if (!doubt) kept.push(row);
    else {
      unread.push(row);
      if (known) kept.push(levels(row));
      else for (const column of levels(row).keys()) lost.add(column);
    }
  }
  return { kept: kept.filter((row) => row.size > 0), unread };
}

function firstLevels(rows: readonly StreamRow[], holds: readonly Holds[]): Set<string> {
  const column = holds.indexOf("level1");
  return new Set(rows.flatMap((row) => (row.get(column) === undefined ? [] : [levelName(cellText(row.get(column) ?? []))])));
}

function described(row: StreamRow, holds: readonly Holds[]): DoubtRow {
  const cells = new Map([...row].map(([column, pieces]) => [column, pieces.map(({ text, line }) => ({ text, line, margin: Infinity }))]));
  const levels = holds.flatMap((content, column) => {
    const pieces = row.get(column);
    return (content === "level1" || content === "level2") && pieces !== undefined ? [{ content, text: cellText(pieces), margin: Infinity }] : [];
  });
  return { line: firstOf(row)?.line ?? 1, reach: null, cells, levels };
}

function firstOf(row: StreamRow): Piece | undefined {
  return [...row.values()].flat().sort((a, b) => a.line - b.line)[0];
}

/** The row as a remark shows it. */
export function unreadOf(file: string, row: StreamRow): { text: string; place: Place } {
  return { text: [...row].sort(([a], [b]) => a - b).map(([, pieces]) => cellText(pieces)).join(" "), place: { file, line: firstOf(row)?.line ?? 1 } };
}
