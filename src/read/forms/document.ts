// What every form format is read into: tables of cells and paragraphs in the document's order, each with its place. Types only.
import type { InputRemark, Place } from "../../model.ts";

/** One file as its reader found it; nothing in it is interpreted yet. */
export interface FormDocument {
  file: string;
  /** In the document's order; a workbook gives one table a sheet, its name in `name`. */
  blocks: FormBlock[];
  /** What could not be read or was left out on purpose: hidden sheets, macros, formulas without a value. */
  remarks: InputRemark[];
}

export type FormBlock = FormTable | FormParagraph;

/** A grid of cells. Blank cells may be left out; a merged cell stands once, at its top left, with its spans. Order: by row, then column. */
export interface FormTable { kind: "table"; name?: string; cells: FormCell[]; /** Rows of which it cannot be told what stands in which column. */ unread?: { text: string; place: Place }[] }

export interface FormParagraph { kind: "paragraph"; text: string; place: Place }

/** `row` and `column` count from 0 in the table's grid; spans are 1 where nothing is merged. */
export interface FormCell {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  /** As displayed; line breaks inside the cell are `\n`. */
  text: string;
  place: Place;
  /** Stands in a hidden row or column. */
  hidden?: boolean;
  comment?: string;
  /** A formula whose value was never computed: `text` is "" and means nothing. */
  formulaUnevaluated?: boolean;
}
