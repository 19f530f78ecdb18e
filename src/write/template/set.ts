// The official set → its sheets in order, empty or filled in from a submission.
import type { Submission } from "../../model.ts";
import { basicSheet } from "./basic.ts";
import type { Sheet, SheetCell } from "./sheet.ts";
import { tableSheet } from "./table.ts";
import { templateWords } from "./words.ts";

/** The empty set with as many project tables as wanted. */
export function emptySet(projects: number): Sheet[] {
  const { department, project } = templateWords();
  const names = Array.from({ length: projects }, (_, index) => (index === 0 ? project.sheet : `${project.sheet}-${index + 1}`));
  return [basicSheet(null), tableSheet("department", department.sheet, null), ...names.map((name) => tableSheet("project", name, null))];
}

/** A submission in the form's layout, its values as they are, without the hints of an empty one. */
export function filledSet(submission: Submission): Sheet[] {
  const { department, project } = templateWords();
  const sheets = submission.tables.map((table, index) => tableSheet(table.kind, table.kind === "department" ? department.sheet : `${project.sheet}-${index}`, { table, submission }));
  const all = [...(submission.basicData === undefined ? [] : [basicSheet(submission)]), ...sheets];
  return all.map((sheet) => ({ ...sheet, entries: [], cells: sheet.cells.map(withoutHint) }));
}

function withoutHint(cell: SheetCell): SheetCell {
  const bare = { ...cell };
  delete bare.hint;
  return bare;
}
