// A binary workbook (.xls, .et, .xlsb) or OpenDocument sheet → its visible sheets as tables of cells. Owns @e965/xlsx.
import type { ParsingOptions, WorkBook, WorkSheet } from "@e965/xlsx";
import type { FormDocument } from "./forms/document.ts";
import { displayedNumber } from "./ooxml-format.ts";
import { openPackage } from "./ooxml.ts";
import type { StoredCell, StoredSheet } from "./ooxml-sheet.ts";
import { note, tableOf, WORKBOOK_LIMITS } from "./xlsx.ts";
import type { WorkbookLimits } from "./xlsx.ts";

type Library = typeof import("@e965/xlsx");

const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** Whether the bytes are an OLE compound file: old Office formats, and everything that a password protects. */
export function isCompound(bytes: Uint8Array): boolean {
  return COMPOUND.every((byte, index) => bytes[index] === byte);
}

/** Whether the bytes are a workbook that only this reader reads, or a protected file that may be one. */
export function isXls(bytes: Uint8Array, name: string): boolean {
  if (isCompound(bytes)) return streamIn(bytes, "Workbook") || streamIn(bytes, "Book") || (streamIn(bytes, "EncryptedPackage") && !/\.docx?$/iu.test(name));
  if (bytes[0] === 0x09 && (bytes[1] === 0x08 || bytes[1] === 0x04 || bytes[1] === 0x02)) return true;
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
  try {
    const { names, text } = openPackage(bytes, WORKBOOK_LIMITS);
    return names.has("xl/workbook.bin") || (names.has("content.xml") && (/\.(?:ods|ots|fods)$/iu.test(name) || text("mimetype")?.includes("spreadsheet") === true));
  } catch {
    return false;
  }
}

/** Whether the compound file has a stream of the name: names stand in UTF-16 in the compound file's directory. */
export function streamIn(bytes: Uint8Array, stream: string): boolean {
  const name = Buffer.from(`${stream}\0`, "utf16le");
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(name);
}

/** Streams of a compound file by name. Throws where the file is damaged. */
export async function streamsOf(bytes: Uint8Array, names: readonly string[]): Promise<Map<string, Uint8Array>> {
  const { FileIndex } = containerIn(await import("@e965/xlsx"), bytes);
  return new Map(FileIndex.filter(({ name }) => names.includes(name)).map(({ name, content }) => [name, Uint8Array.from(content)]));
}

interface Container { FileIndex: { name: string; content: Uint8Array }[] }

/** The library's own types leave its compound files open. */
function containerIn(library: Library, bytes: Uint8Array): Container {
  return (library.CFB as { read: (data: Uint8Array, options: { type: "buffer" }) => Container }).read(bytes, { type: "buffer" });
}

const READING: ParsingOptions = { cellNF: true, cellText: false, cellHTML: false, cellFormula: false, bookVBA: false, sheetRows: 0 };

function bookIn(library: Library, bytes: Uint8Array): WorkBook {
  if (!isCompound(bytes)) return library.read(bytes, { type: "array", ...READING });
  const container = containerIn(library, bytes);
  for (const { name, content } of container.FileIndex) if (name === "Workbook" || name === "Book") withoutLinks(content);
  return (library as unknown as { parse_xlscfb: (container: Container, options: ParsingOptions) => WorkBook }).parse_xlscfb(container, { ...READING });
}

const LINKS: ReadonlySet<number> = new Set([0x01b8, 0x0800]);
const NOTHING = 0x0866;

/** The library goes over each cell of a link's range: one over a whole sheet takes it minutes. Records: type, length, content. */
function withoutLinks(stream: Uint8Array): void {
  for (let at = 0; at + 4 <= stream.length; at += 4 + (stream[at + 2] ?? 0) + 256 * (stream[at + 3] ?? 0)) {
    if (LINKS.has((stream[at] ?? 0) + 256 * (stream[at + 1] ?? 0))) [stream[at], stream[at + 1]] = [NOTHING & 0xff, NOTHING >> 8];
  }
}

/** Reads the workbook. Damaged and password-protected files give a `problem` remark, never an exception. */
export async function readXls(file: string, bytes: Uint8Array, limits: WorkbookLimits = WORKBOOK_LIMITS): Promise<FormDocument> {
  const refuse = (code: string, values: Record<string, string> = {}): FormDocument => ({ file, blocks: [], remarks: [{ kind: "problem", code, values: { file, ...values }, at: { file } }] });
  if (isCompound(bytes) && streamIn(bytes, "EncryptedPackage")) return refuse("file-protected");
  if (bytes.length > limits.partBytes) return refuse("file-too-large", { entries: String(limits.entries), megabytes: String(Math.floor(limits.partBytes / 1024 / 1024)) });
  const library = await import("@e965/xlsx");
  let book: WorkBook;
  try {
    book = quietly(() => bookIn(library, bytes));
  } catch (error) {
    return refuse(error instanceof Error && /password|encrypt/iu.test(error.message) ? "file-protected" : "file-damaged");
  }
  return documentOf(file, library, book, limits);
}

/** The library tells the console of number formats that it does not know; the user is told of what matters. */
function quietly<T>(read: () => T): T {
  const { error } = console;
  console.error = () => undefined;
  try {
    return read();
  } finally {
    console.error = error;
  }
}

function documentOf(file: string, library: Library, book: WorkBook, limits: WorkbookLimits): FormDocument {
  const document: FormDocument = { file, blocks: [], remarks: [] };
  const from1904 = book.Workbook?.WBProps?.date1904 === true;
  for (const [index, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    if (sheet === undefined) continue;
    if ((book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0) {
      document.remarks.push(note("hidden-sheet", { file, sheet: name }, { file, sheet: name }));
      continue;
    }
    const { stored, formats } = storedSheet(library, sheet, limits);
    const shown = (cell: StoredCell): { text: string; zeroAsDash?: boolean } =>
      cell.kind === "number" ? displayedNumber(cell.value, formats[cell.style] ?? "General", from1904) : { text: cell.value.replace(/\r\n?/gu, "\n") };
    document.blocks.push(tableOf(stored, { file, name, comments: new Map(), shown }, document.remarks));
  }
  return document;
}

/** The library's sheet in the shape of ours: numerals as it printed them, formats by index. */
function storedSheet(library: Library, sheet: WorkSheet, limits: WorkbookLimits): { stored: StoredSheet; formats: string[] } {
  const formats: string[] = [];
  const cells: StoredCell[] = [];
  for (const address of Object.keys(sheet)) {
    if (address.startsWith("!") || cells.length >= limits.cells) continue;
    const { r: row, c: column } = library.utils.decode_cell(address);
    const cell = sheet[address] as { t: string; v?: unknown; z?: string | number };
    if (cell.t === "n") cells.push({ row, column, kind: "number", value: String(cell.v), style: formats.push(formatOf(cell.z)) - 1 });
    else if (cell.t !== "z") cells.push({ row, column, kind: "text", value: cell.t === "b" ? String(cell.v).toUpperCase() : cell.t === "e" ? "#ERROR" : typeof cell.v === "string" ? cell.v : "", style: 0 });
  }
  cells.sort((a, b) => a.row - b.row || a.column - b.column);
  const merges = new Map((sheet["!merges"] ?? []).slice(0, limits.merges).map(({ s, e }) => [library.utils.encode_cell(s), { rows: e.r - s.r + 1, columns: e.c - s.c + 1 }]));
  const hiddenRows = new Set((sheet["!rows"] ?? []).flatMap((row, index) => ((row as { hidden?: boolean } | undefined)?.hidden === true ? [index] : [])));
  const columns = sheet["!cols"] ?? [];
  return { stored: { cells, merges, hiddenRows, hiddenColumn: (column) => (columns[column] as { hidden?: boolean } | undefined)?.hidden === true, hidesZeros: false }, formats };
}

/** The library writes the short date as an American would. */
function formatOf(format: string | number | undefined): string {
  if (typeof format !== "string") return "General";
  return /^m\/d\/yy(?:yy)?$/u.test(format) ? "yyyy/m/d" : format;
}
