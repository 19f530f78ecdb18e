// The file formats that official forms come in → the registry's interface: bytes → form document → submissions.
import type { Format, ReadOptions } from "../format.ts";
import { isDoc, readDoc } from "../doc.ts";
import { readDocx } from "../docx.ts";
import { isHtml, readHtml } from "../html.ts";
import type { ReadLimits } from "../limits.ts";
import { PACKAGE_LIMITS, openPackage, type PackageLimits } from "../ooxml.ts";
import { readPdf, type PdfLimits } from "../pdf.ts";
import { isText, readText } from "../text.ts";
import { isXls, readXls } from "../xls.ts";
import { WORKBOOK_LIMITS, isXlsx, readXlsx } from "../xlsx.ts";
import type { FormDocument } from "./document.ts";
import { submissionFromForms } from "./read.ts";
import { formWords } from "./words.ts";

/** In the order in which they are asked. */
export const formFormats: readonly Format[] = [
  form("xlsx", isXlsx, (file, bytes, { limits = {} }) => readXlsx(file, bytes, { ...WORKBOOK_LIMITS, ...packageLimits(limits) })),
  form("xls", isXls, (file, bytes, { limits = {} }) => readXls(file, bytes, { ...WORKBOOK_LIMITS, ...packageLimits(limits) })),
  form("doc", isDoc, (file, bytes, { limits = {} }) => readDoc(file, bytes, given({ bytes: bytesOf(limits), cells: limits.cells }))),
  form("docx", isDocx, (file, bytes, { limits = {} }) => readDocx(file, bytes, packageLimits(limits))),
  form("pdf", isPdf, (file, bytes, { limits = {} }) => readPdf(file, Uint8Array.from(bytes), pdfLimitsOf(limits))),
  form("html", (bytes) => isHtml(bytes), (file, bytes, { limits = {}, encoding }) => readHtml(file, bytes, given({ bytes: bytesOf(limits), cells: limits.cells }), encoding)),
];

/** Asked after everything that is known by more than its words. */
export const textFormat: Format = form("text", isText, (file, bytes, { encoding }) => readText(file, bytes, {}, encoding));

type ReadForm = (file: string, bytes: Uint8Array, options: ReadOptions) => FormDocument & { encoding?: string } | Promise<FormDocument & { encoding?: string }>;

function form(name: string, recognise: Format["recognise"], readForm: ReadForm): Format {
  return {
    name,
    recognise,
    read: async ({ name: file, bytes }, { options, places }) => {
      const document = await readForm(file, bytes, options);
      const read = submissionFromForms(document, formWords(), places);
      // What a reader had to leave out may be what a total lacks.
      if (document.remarks.some((remark) => remark.kind === "problem")) for (const { submission } of read.fragments) submission.partial = true;
      return { encoding: document.encoding ?? "", ...read };
    },
  };
}

/** Only what was given: the rest stays at the reader's own limits. */
function packageLimits(limits: Partial<ReadLimits>): Partial<PackageLimits & { cells: number }> {
  return given({ entries: limits.parts, partBytes: bytesOf(limits), totalBytes: bytesOf(limits), cells: limits.cells });
}

function pdfLimitsOf(limits: Partial<ReadLimits>): Partial<PdfLimits> {
  return given({ bytes: bytesOf(limits), pages: limits.pages, time: limits.seconds === undefined ? undefined : 1000 * limits.seconds });
}

function bytesOf({ megabytes }: Partial<ReadLimits>): number | undefined {
  return megabytes === undefined ? undefined : megabytes * 2 ** 20;
}

function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes("%PDF-");
}

function isDocx(bytes: Uint8Array, name: string): boolean {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
  try {
    return [...openPackage(bytes, PACKAGE_LIMITS).names].some((part) => part.startsWith("word/"));
  } catch {
    return /\.(?:docx|docm|dotx)$/iu.test(name);
  }
}
