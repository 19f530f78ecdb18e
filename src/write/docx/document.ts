// Parts of pages -> the bytes of a Word document, set as 党政机关公文格式 (GB/T 9704) sets them. Owns docx.
import {
  AlignmentType, BorderStyle, Document, Footer, HeadingLevel, LineRuleType, PageNumber, PageOrientation, Packer, Paragraph, SectionType, ShadingType, Table, TableCell, TableLayoutType, TableRow, TextRun, VerticalAlignTable, WidthType,
  type IParagraphOptions, type IRunOptions, type ISectionOptions,
} from "docx";
import { TOOL } from "../../tool.ts";
import type { Locale } from "../../locale.ts";
import { closeParts, openParts, setText, textOf } from "../annotate/parts.ts";
import { lettered, type Block, type Line, type Part, type Row, type TableBlock, type TextBlock, type TextKind } from "./parts.ts";

/** The same parts give the same bytes: the document carries no date and no random name. */
export async function documentOf(parts: readonly Part[], locale: Locale): Promise<Uint8Array> {
  const look = LOOKS[locale.lang];
  const title = parts.flatMap(({ blocks }) => blocks).find((block) => block.kind === "title");
  const made = new Document({
    title: title === undefined || title.kind === "table" ? "" : lettered(title.text.replace(/\n/g, " ")), creator: TOOL.name, lastModifiedBy: TOOL.name, description: "",
    evenAndOddHeaderAndFooters: true,
    styles: { default: {
      document: { run: { font: fontOf("body"), size: look.body * 2, language: { value: "en-US", eastAsia: "zh-CN" } } },
      heading1: { run: { font: fontOf("heading"), size: look.body * 2, color: "000000", bold: look.bold }, paragraph: { spacing: { before: 0, after: 0 } } },
      heading2: { run: { font: fontOf("subheading"), size: look.body * 2, color: "000000", bold: look.bold }, paragraph: { spacing: { before: 0, after: 0 } } },
      title: { run: { font: fontOf("title"), size: look.title * 2, color: "000000", bold: look.bold }, paragraph: { spacing: { before: 0, after: 0 } } },
    } },
    sections: parts.map((part) => sectionOf(part, look)),
  });
  const pack = openParts(new Uint8Array(await Packer.toArrayBuffer(made)));
  const core = textOf(pack, CORE);
  if (core !== null) setText(pack, CORE, core.replace(/<dcterms:(created|modified)[^>]*>[^<]*<\/dcterms:\1>/g, ""));
  return closeParts(pack);
}

const CORE = "docProps/core.xml";
const MM = 56.6929;
const twips = (mm: number): number => Math.round(mm * MM);

/** Sizes in points. Chinese as the standard has it: 二号 titles, 三号 text, 22 lines a page. */
interface Look { title: number; titleLine: number; body: number; line: number; table: number; tableLine: number; indent: number; bold: boolean }

const LOOKS: Readonly<Record<Locale["lang"], Look>> = {
  zh: { title: 22, titleLine: 34, body: 16, line: 28.9, table: 10.5, tableLine: 16, indent: 32, bold: false },
  en: { title: 18, titleLine: 26, body: 12, line: 19, table: 9.5, tableLine: 13.5, indent: 0, bold: true },
};

const LATIN = "Times New Roman";
const FONTS = { title: "方正小标宋简体", heading: "黑体", subheading: "楷体_GB2312", body: "仿宋_GB2312", page: "宋体" } as const;
/** The hint has quotation marks and the like set as Chinese sets them. */
const fontOf = (name: keyof typeof FONTS): { ascii: string; hAnsi: string; cs: string; eastAsia: string; hint: string } => ({ ascii: LATIN, hAnsi: LATIN, cs: LATIN, eastAsia: FONTS[name], hint: "eastAsia" });

/** A4; margins 37, 35, 28 and 26 mm, turned with the page. */
function sectionOf({ landscape, first, blocks }: Part, look: Look): ISectionOptions {
  const margin = landscape ? { top: 28, bottom: 26, left: 35, right: 37 } : { top: 37, bottom: 35, left: 28, right: 26 };
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      page: {
        size: { width: twips(210), height: twips(297), orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
        margin: { top: twips(margin.top), bottom: twips(margin.bottom), left: twips(margin.left), right: twips(margin.right), footer: twips(landscape ? 16 : 25), header: twips(15) },
        ...(first ? { pageNumbers: { start: 1 } } : {}),
      },
    },
    footers: { default: pageNumber(AlignmentType.RIGHT), even: pageNumber(AlignmentType.LEFT) },
    children: blocks.map((block) => blockOf(block, look)),
  };
}

/** `— 1 —`, 四号, outside, one character in. */
function pageNumber(side: typeof AlignmentType.RIGHT | typeof AlignmentType.LEFT): Footer {
  const run = { font: fontOf("page"), size: 28 };
  const indent = side === AlignmentType.RIGHT ? { right: 280 } : { left: 280 };
  return new Footer({ children: [new Paragraph({ alignment: side, indent, children: [new TextRun({ ...run, children: ["— ", PageNumber.CURRENT, " —"] })] })] });
}

function blockOf(block: Block, look: Look): Paragraph | Table {
  return block.kind === "table" ? tableOf(block, look) : textBlockOf(block, look);
}

function textBlockOf({ kind, text, keep }: TextBlock, look: Look): Paragraph {
  const lines = text.split("\n").map(lettered);
  const size = kind === "small" ? { size: look.table * 2 } : {};
  const font = kind === "mark" ? { font: fontOf("heading") } : {};
  const runs = lines.map((part, i) => new TextRun({ text: part, ...size, ...font, ...(i === 0 ? {} : { break: 1 }) }));
  return new Paragraph({ ...paragraphOf(kind, look), ...(keep === true ? { keepNext: true } : {}), children: runs });
}

function paragraphOf(kind: TextKind, look: Look): IParagraphOptions {
  const exact = (points: number): NonNullable<IParagraphOptions["spacing"]> => ({ line: Math.round(points * 20), lineRule: LineRuleType.EXACT, before: 0, after: 0 });
  const spacing = exact(look.line);
  const indent = { firstLine: look.indent * 20 };
  switch (kind) {
    case "number": return { alignment: AlignmentType.CENTER, spacing: { ...spacing, after: 240 } };
    case "title": return { alignment: AlignmentType.CENTER, heading: HeadingLevel.TITLE, spacing: { ...exact(look.titleLine), after: 320 } };
    case "subtitle": return { alignment: AlignmentType.CENTER, spacing: { ...spacing, after: 160 } };
    case "heading": return { heading: HeadingLevel.HEADING_1, indent, spacing, keepNext: true };
    case "subheading": return { heading: HeadingLevel.HEADING_2, indent, spacing, keepNext: true };
    case "body": return { alignment: AlignmentType.BOTH, indent, spacing: look.indent === 0 ? { ...spacing, after: 80 } : spacing };
    case "right": return { alignment: AlignmentType.RIGHT, indent: { right: look.body * 40 }, spacing, keepLines: true };
    case "small": return { spacing: exact(look.tableLine) };
    case "mark":
    case "addressee":
    case "plain":
    case "space": return { spacing };
  }
}

function tableOf({ widths, centred, head, rows, large }: TableBlock, look: Look): Table {
  const columns = widths.map(twips);
  const border = { style: BorderStyle.SINGLE, size: 4, color: "000000" };
  const setting: Setting = large === true ? { size: look.table + 1.5, line: look.tableLine + 4 } : { size: look.table, line: look.tableLine };
  const heading = new TableRow({ tableHeader: true, cantSplit: true, children: head.map((text, i) => cellOf(text.split("\n").map((part) => ({ text: part })), { width: columns[i] ?? 0, centred: true, font: "heading", fill: "F2F2F2" }, setting)) });
  return new Table({
    width: { size: columns.reduce((sum, width) => sum + width, 0), type: WidthType.DXA }, columnWidths: columns, layout: TableLayoutType.FIXED,
    borders: { top: { ...border, size: 8 }, bottom: { ...border, size: 8 }, left: border, right: border, insideHorizontal: border, insideVertical: border },
    rows: [heading, ...rows.map((row) => rowOf(row, columns, centred, setting))],
  });
}

/** Points of a table's letters and lines. */
interface Setting { size: number; line: number }

interface Box { width: number; centred: boolean; font: "heading" | "body"; fill?: string; span?: number }

/** A row stays on one page, unless it is long. */
function rowOf(row: Row, columns: readonly number[], centred: readonly number[], setting: Setting): TableRow {
  const fill = row.alert === true ? { fill: "E4E4E4" } : {};
  if ("band" in row) {
    const width = columns.reduce((sum, each) => sum + each, 0);
    return new TableRow({ cantSplit: true, children: [cellOf([{ text: row.band }], { width, centred: false, font: "heading", fill: "F2F2F2", ...fill, span: columns.length }, setting)] });
  }
  const long = row.cells.some((lines) => lines.reduce((sum, { text }) => sum + text.length, 0) > 600);
  return new TableRow({ cantSplit: !long, children: row.cells.map((lines, i) => cellOf(lines, { width: columns[i] ?? 0, centred: centred.includes(i), font: "body", ...fill }, setting)) });
}

function cellOf(lines: readonly Line[], { width, centred, font, fill, span }: Box, setting: Setting): TableCell {
  const paragraph = { alignment: centred ? AlignmentType.CENTER : AlignmentType.LEFT, spacing: { line: setting.line * 20, lineRule: LineRuleType.EXACT, before: 0, after: 0 }, ...(span === undefined ? {} : { keepNext: true }) };
  const runOf = ({ text, strong, small }: Line): TextRun => {
    const heavy = strong === true || font === "heading";
    const options: IRunOptions = { text: lettered(text), size: setting.size * 2 - (small === true ? 3 : 0), font: fontOf(heavy ? "heading" : "body"), bold: heavy };
    return new TextRun(options);
  };
  return new TableCell({
    width: { size: width, type: WidthType.DXA }, verticalAlign: centred ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP, margins: { top: 40, bottom: 40, left: 80, right: 80 },
    children: lines.length === 0 ? [new Paragraph(paragraph)] : lines.map((each) => new Paragraph({ ...paragraph, children: [runOf(each)] })),
    ...(fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, color: "auto", fill } }),
    ...(span === undefined ? {} : { columnSpan: span }),
  });
}
