// A PDF with a text layer → tables of cells and paragraphs, each with its page. A scan is said to be one, never guessed at.
import type { InputRemark } from "../model.ts";
import type { FormDocument } from "./forms/document.ts";
import { openPdf, type OpenPdf } from "./pdf/open.ts";
import { partsOf, type PagePart } from "./pdf/page.ts";
import { blocksOf } from "./pdf/pages.ts";

export interface PdfLimits { bytes: number; pages: number; /** Milliseconds for the whole file. */ time: number; /** Characters and rules of one page. */ marks: number }

export const pdfLimits: PdfLimits = { bytes: 128 * 1048576, pages: 500, time: 60_000, marks: 200_000 };

/**
 * Reads the tables that a PDF paints rules around, and its running text. Places carry page, table ordinal (`表2`), row and column;
 * a paragraph's line is counted on its page. Damaged, encrypted and image-only files and pages beyond the limits give `problem`
 * remarks, never an exception.
 */
export async function readPdf(file: string, bytes: Uint8Array, limits: Partial<PdfLimits> = {}): Promise<FormDocument> {
  const bounds = { ...pdfLimits, ...limits };
  const refuse = (code: string, values: Record<string, string> = {}): FormDocument => ({ file, blocks: [], remarks: [problem(file, code, values)] });
  if (bytes.length > bounds.bytes) return refuse("file-too-large", { entries: "1", megabytes: String(Math.floor(bounds.bytes / 1048576)) });
  const pdf = await openPdf(bytes);
  if (typeof pdf === "string") return refuse(pdf);
  try {
    const { pages, remarks } = await readPages(file, pdf, bounds);
    const read = blocksOf(file, pages);
    return { file, blocks: read.blocks, remarks: [...remarks, ...read.remarks] };
  } finally {
    await pdf.close();
  }
}

async function readPages(file: string, pdf: OpenPdf, limits: PdfLimits): Promise<{ pages: PagePart[][]; remarks: InputRemark[] }> {
  const pages: PagePart[][] = [];
  const remarks: InputRemark[] = [];
  const scans: number[] = [];
  const hidden: number[] = [];
  const failed: number[] = [];
  const end = Date.now() + limits.time;
  for (let number = 1; number <= pdf.pages; number += 1) {
    if (number > limits.pages || Date.now() > end) {
      remarks.push(problem(file, "pdf-pages-left", { read: String(number - 1), pages: String(pdf.pages) }));
      break;
    }
    const page = await pdf.page(number).catch(() => null);
    if (page === null || page.content.glyphs.length + page.content.rules.length > limits.marks) {
      failed.push(number);
      continue;
    }
    const { glyphs, images, invisible } = page.content;
    if (images > 0 && glyphs.length === 0) scans.push(number);
    if (invisible > 0.5 * glyphs.length) hidden.push(number);
    pages.push(partsOf(page.content, number, page.height));
  }
  if (scans.length > 0) remarks.push({ ...problem(file, scans.length === pdf.pages ? "pdf-scan" : "pdf-scanned-pages", { pages: scans.join("、") }), at: { file, page: scans[0] ?? 1 } });
  if (hidden.length > 0) remarks.push({ kind: "inferred", code: "pdf-recognised-text", values: { file, pages: hidden.join("、") }, at: { file, page: hidden[0] ?? 1 } });
  if (failed.length > 0) remarks.push({ ...problem(file, "pdf-pages-unreadable", { pages: failed.join("、") }), at: { file, page: failed[0] ?? 1 } });
  return { pages, remarks };
}

function problem(file: string, code: string, values: Record<string, string>): InputRemark {
  return { kind: "problem", code, values: { file, ...values }, at: { file } };
}
