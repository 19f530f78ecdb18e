// The bytes of an .xlsx/.xlsm workbook → its visible sheets as tables of cells, with the text that each cell displays.
import type { InputRemark, Place } from "../model.ts";
import { BUILT_IN_FORMATS, displayedNumber } from "./ooxml-format.ts";
import { openPackage, PACKAGE_LIMITS, scanXml, UnreadableFile } from "./ooxml.ts";
import type { OfficePackage, PackageLimits } from "./ooxml.ts";
import { readSheetXml } from "./ooxml-sheet.ts";
import type { StoredCell, StoredSheet } from "./ooxml-sheet.ts";
import type { FormCell, FormDocument, FormTable } from "./forms/document.ts";

export interface WorkbookLimits extends PackageLimits { cells: number; merges: number }

export const WORKBOOK_LIMITS: WorkbookLimits = { ...PACKAGE_LIMITS, cells: 2_000_000, merges: 100_000 };

/** Whether the bytes are a zip that holds a workbook's parts; a damaged zip counts by its name. */
export function isXlsx(bytes: Uint8Array, name: string): boolean {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
  try {
    return openPackage(bytes, WORKBOOK_LIMITS).names.has("xl/workbook.xml");
  } catch {
    return /\.(?:xlsx|xlsm|xltx|xltm|et)$/iu.test(name);
  }
}

/**
 * Reads a workbook. Nothing in it is executed: macros are left out with a note, formulas give the value that was saved with them.
 * What cannot be read becomes a `problem` remark (codes: the `forms` section of the locales), never an exception.
 */
export function readXlsx(file: string, bytes: Uint8Array, limits: WorkbookLimits = WORKBOOK_LIMITS): FormDocument {
  try {
    return readParts(file, openPackage(bytes, limits), limits);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { file, blocks: [], remarks: [{ kind: "problem", code: error.code, values: { file, ...error.values }, at: { file } }] };
  }
}

function readParts(file: string, parts: OfficePackage, limits: WorkbookLimits): FormDocument {
  const workbook = parts.text("xl/workbook.xml");
  if (workbook === null) throw new UnreadableFile("not-a-workbook");
  const { sheets, from1904 } = sheetsOf(workbook, relations(parts, "xl/_rels/workbook.xml.rels"));
  const strings = sharedStrings(parts.text("xl/sharedStrings.xml"));
  const formats = cellFormats(parts.text("xl/styles.xml"));
  const document: FormDocument = { file, blocks: [], remarks: [] };
  if ([...parts.names].some((name) => /vbaProject\.bin$/iu.test(name))) document.remarks.push(note("macros-ignored", { file }, { file }));
  const own = sheets.filter(({ report }) => report).map(({ name }) => name);
  if (own.length > 0) document.remarks.push(note("report-sheets", { file, sheets: own.join("、") }, { file, sheet: own[0] ?? "" }));
  for (const { name, path, hidden, report } of sheets) {
    if (report) continue;
    const xml = parts.text(path);
    if (xml === null || !/<(?:\w+:)?worksheet[\s>]/u.test(xml.slice(0, 4_096))) continue;
    const at: Place = { file, sheet: name };
    if (hidden) {
      document.remarks.push(note("hidden-sheet", { file, sheet: name }, at));
      continue;
    }
    const stored = sheetWithin(xml, strings, limits, file, document.remarks);
    if (stored === null) break;
    document.blocks.push(tableOf(stored, { file, name, comments: comments(parts, path), shown: (cell) => shown(cell, formats, from1904, stored.hidesZeros) }, document.remarks));
  }
  return document;
}

/** A sheet beyond the limits is left, with all behind it; what stood before it is read. */
function sheetWithin(xml: string, strings: readonly string[], limits: WorkbookLimits, file: string, remarks: InputRemark[]): StoredSheet | null {
  try {
    return readSheetXml(xml, strings, limits);
  } catch (error) {
    if (!(error instanceof UnreadableFile) || error.code !== "too-many-cells") throw error;
    remarks.push({ kind: "problem", code: error.code, values: { file, ...error.values }, at: { file } });
    return null;
  }
}

/** `report`: a sheet of an earlier report, which bears the name REPORT_MARK. */
interface SheetEntry { name: string; path: string; hidden: boolean; report: boolean }

/** A defined name by which the sheets of a report are known when a marked workbook comes back. */
export const REPORT_MARK = "ziping.report";

function sheetsOf(xml: string, targets: ReadonlyMap<string, string>): { sheets: SheetEntry[]; from1904: boolean } {
  const sheets: SheetEntry[] = [];
  const places: (SheetEntry | null)[] = [];
  let from1904 = false;
  const relationId = /xmlns:(\w+)\s*=\s*"[^"]*officeDocument[^"]*relationships"/u.exec(xml)?.[1] ?? "r";
  scanXml(xml, {
    open: (name, attribute) => {
      if (name === "workbookPr") from1904 = /^(?:1|true)$/u.test(attribute("date1904") ?? "");
      const marked = name === "definedName" && attribute("name") === REPORT_MARK ? places[Number(attribute("localSheetId"))] : undefined;
      if (marked != null) marked.report = true;
      if (name !== "sheet") return;
      const path = targets.get(attribute(`${relationId}:id`) ?? "");
      const sheet = path === undefined ? null : { name: attribute("name") ?? "", path, hidden: (attribute("state") ?? "visible") !== "visible", report: false };
      places.push(sheet);
      if (sheet !== null) sheets.push(sheet);
    },
  });
  return { sheets, from1904 };
}

/** Relation id → part name; targets are relative to the folder above `_rels`. */
function relations(parts: OfficePackage, path: string): Map<string, string> {
  const found = new Map<string, string>();
  const folder = path.replace(/_rels\/[^/]*$/u, "");
  scanXml(parts.text(path) ?? "", {
    open: (name, attribute) => {
      const target = attribute("Target");
      if (name !== "Relationship" || target === undefined || attribute("TargetMode") === "External") return;
      found.set(attribute("Id") ?? "", resolved(target.startsWith("/") ? target.slice(1) : folder + target));
    },
  });
  return found;
}

function resolved(path: string): string {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== ".") steps.push(step);
  }
  return steps.join("/");
}

/** Rich text is joined; phonetic hints (`rPh`) are not part of it. */
function sharedStrings(xml: string | null): string[] {
  const strings: string[] = [];
  let text = "";
  let inText = false;
  let phonetic = false;
  scanXml(xml ?? "", {
    open: (name) => {
      if (name === "si") text = "";
      if (name === "rPh") phonetic = true;
      if (name === "t") inText = true;
    },
    text: (piece) => {
      if (inText && !phonetic) text += piece;
    },
    close: (name) => {
      if (name === "t") inText = false;
      if (name === "rPh") phonetic = false;
      if (name === "si") strings.push(text);
    },
  });
  return strings;
}

/** The number format of each cell style, by the style's index. */
function cellFormats(xml: string | null): string[] {
  const own = new Map<number, string>();
  const formats: string[] = [];
  let inCells = false;
  scanXml(xml ?? "", {
    open: (name, attribute) => {
      if (name === "cellXfs") inCells = true;
      if (name === "numFmt") own.set(Number(attribute("numFmtId")), attribute("formatCode") ?? "General");
      if (name !== "xf" || !inCells) return;
      const id = Number(attribute("numFmtId") ?? 0);
      formats.push(own.get(id) ?? BUILT_IN_FORMATS[id] ?? "General");
    },
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    },
  });
  return formats;
}

function comments(parts: OfficePackage, sheetPath: string): Map<string, string> {
  const found = new Map<string, string>();
  const related = relations(parts, sheetPath.replace(/([^/]+)$/u, "_rels/$1.rels"));
  const path = [...related.values()].find((target) => /comments[^/]*\.xml$/u.test(target) && !target.includes("threaded"));
  let cell = "";
  let text = "";
  let inText = false;
  scanXml(path === undefined ? "" : (parts.text(path) ?? ""), {
    open: (name, attribute) => {
      if (name === "comment") [cell, text] = [attribute("ref") ?? "", ""];
      if (name === "t") inText = true;
    },
    text: (piece) => {
      if (inText) text += piece;
    },
    close: (name) => {
      if (name === "t") inText = false;
      if (name === "comment" && cell !== "") found.set(cell, text);
    },
  });
  return found;
}

export interface Shown { text: string; zeroAsDash?: boolean }

function shown(cell: StoredCell, formats: readonly string[], from1904: boolean, hidesZeros: boolean): Shown {
  if (cell.kind === "text") return { text: tidy(cell.value) };
  if (cell.kind === "boolean") return { text: cell.value === "1" ? "TRUE" : "FALSE" };
  const result = displayedNumber(cell.value, formats[cell.style] ?? "General", from1904);
  return hidesZeros && /^-?0*(?:\.0*)?$/u.test(cell.value) ? { text: "" } : result;
}

function tidy(text: string): string {
  return text.replace(/_x([0-9A-F]{4})_/gu, (_, code: string) => String.fromCharCode(parseInt(code, 16))).replace(/\r\n?/gu, "\n");
}

export interface SheetContext { file: string; name: string; comments: ReadonlyMap<string, string>; shown: (cell: StoredCell) => Shown }

/** One sheet as a table; what is hidden, unevaluated or shown as a dash is remarked once a sheet. */
export function tableOf(sheet: StoredSheet, context: SheetContext, remarks: InputRemark[]): FormTable {
  const { file, name } = context;
  const lastRow = sheet.cells.reduce((last, cell) => Math.max(last, cell.row), 0);
  const lastColumn = sheet.cells.reduce((last, cell) => Math.max(last, cell.column), 0);
  const counts = { unevaluated: [] as string[], dashes: [] as string[], hidden: new Set<string>() };
  const cells = sheet.cells.map((stored): FormCell => {
    const address = addressOf(stored.row, stored.column);
    const merge = sheet.merges.get(address);
    const text = stored.unevaluated === undefined ? context.shown(stored) : { text: `fx=${stored.unevaluated}` };
    const hidden = sheet.hiddenRows.has(stored.row) || sheet.hiddenColumn(stored.column);
    const comment = context.comments.get(address);
    if (stored.unevaluated !== undefined) counts.unevaluated.push(address);
    if (text.zeroAsDash === true) counts.dashes.push(address);
    if (hidden && text.text !== "") counts.hidden.add(sheet.hiddenRows.has(stored.row) ? String(stored.row + 1) : columnName(stored.column));
    return {
      row: stored.row, column: stored.column, text: text.text, place: { file, sheet: name, cell: address },
      rowSpan: Math.min(merge?.rows ?? 1, lastRow - stored.row + 1), columnSpan: Math.min(merge?.columns ?? 1, lastColumn - stored.column + 1),
      ...(hidden ? { hidden } : {}), ...(comment === undefined ? {} : { comment }), ...(stored.unevaluated === undefined ? {} : { formulaUnevaluated: true }),
    };
  });
  const first = (addresses: readonly string[]): Place => ({ file, sheet: name, ...(addresses[0] === undefined ? {} : { cell: addresses[0] }) });
  const listed = (items: readonly string[]): string => items.slice(0, 12).join("、") + (items.length > 12 ? " …" : "");
  if (counts.unevaluated.length > 0) remarks.push(note("formula-unevaluated", { file, sheet: name, cells: listed(counts.unevaluated), count: String(counts.unevaluated.length) }, first(counts.unevaluated)));
  if (counts.dashes.length > 0) remarks.push({ kind: "inferred", code: "zero-shown-as-dash", values: { file, sheet: name, cells: listed(counts.dashes), count: String(counts.dashes.length) }, at: first(counts.dashes) });
  if (counts.hidden.size > 0) remarks.push(note("hidden-rows-read", { file, sheet: name, rows: listed([...counts.hidden]) }, { file, sheet: name }));
  return { kind: "table", name, cells };
}

/** A remark on something kept but not used. */
export function note(code: string, values: Record<string, string>, at: Place): InputRemark {
  return { kind: "note", code, values, at };
}

/** `H9` for row 8, column 7. */
export function addressOf(row: number, column: number): string {
  return `${columnName(column)}${row + 1}`;
}

function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnName(rest - 1) : "") + String.fromCharCode(65 + (column % 26));
}
