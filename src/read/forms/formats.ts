// The file formats that official forms come in → the registry's interface: bytes → form document → submissions.
import type { Format, ReadOptions } from "../format.ts";
import { peek } from "../encoding.ts";
import type { ReadLimits } from "../limits.ts";
import type { PackageLimits } from "../ooxml.ts";
import type { PdfLimits } from "../pdf.ts";
import type { FormDocument } from "./document.ts";

/** In the order in which they are asked. */
export const formFormats: readonly Format[] = [
  form("xlsx", isZip, async () => {
    const { WORKBOOK_LIMITS, isXlsx, readXlsx } = await import("../xlsx.ts");
    return { recognise: isXlsx, read: (file, bytes, { limits = {} }) => readXlsx(file, bytes, { ...WORKBOOK_LIMITS, ...packageLimits(limits) }) };
  }),
  form("xls", isBinary, async () => {
    const [{ isXls, readXls }, { WORKBOOK_LIMITS }] = await Promise.all([import("../xls.ts"), import("../xlsx.ts")]);
    return { recognise: isXls, read: (file, bytes, { limits = {} }) => readXls(file, bytes, { ...WORKBOOK_LIMITS, ...packageLimits(limits) }) };
  }),
  form("doc", isBinary, async () => {
    const { isDoc, readDoc } = await import("../doc.ts");
    return { recognise: isDoc, read: (file, bytes, { limits = {} }) => readDoc(file, bytes, given({ bytes: bytesOf(limits), cells: limits.cells })) };
  }),
  form("docx", isZip, async () => {
    const [{ readDocx }, { PACKAGE_LIMITS, openPackage }] = await Promise.all([import("../docx.ts"), import("../ooxml.ts")]);
    const isDocx = (bytes: Uint8Array, name: string): boolean => {
      try {
        const { names } = openPackage(bytes, PACKAGE_LIMITS);
        return names.has("OFD.xml") || names.has("content.xml") || [...names].some((part) => part.startsWith("word/"));
      } catch {
        return /\.(?:docx|docm|dotx)$/iu.test(name);
      }
    };
    return { recognise: isDocx, read: (file, bytes, { limits = {} }) => readDocx(file, bytes, packageLimits(limits)) };
  }),
  form("pdf", isPdf, async () => {
    const { readPdf } = await import("../pdf.ts");
    return { recognise: isPdf, read: (file, bytes, { limits = {} }) => readPdf(file, Uint8Array.from(bytes), pdfLimitsOf(limits)) };
  }),
  form("html", isMarkup, async () => {
    const { isHtml, readHtml } = await import("../html.ts");
    return { recognise: isHtml, read: (file, bytes, { limits = {}, encoding }) => readHtml(file, bytes, given({ bytes: bytesOf(limits), cells: limits.cells }), encoding) };
  }),
];

/** Asked after everything that is known by more than its words. */
export const textFormat: Format = form("text", () => true, async () => {
  const { isText, readText } = await import("../text.ts");
  return { recognise: isText, read: (file, bytes, { encoding }) => readText(file, bytes, {}, encoding) };
});

interface Reader {
  recognise: (bytes: Uint8Array, name: string) => boolean;
  read: (file: string, bytes: Uint8Array, options: ReadOptions) => FormDocument & { encoding?: string } | Promise<FormDocument & { encoding?: string }>;
}

/** `mayBe` looks at the first bytes only; what knows the format, and the packages it needs, is loaded where they fit. */
function form(name: string, mayBe: (bytes: Uint8Array) => boolean, load: () => Promise<Reader>): Format {
  return {
    name,
    recognise: async (bytes, file) => mayBe(bytes) && (await load()).recognise(bytes, file),
    read: async ({ name: file, bytes }, { options, places }) => {
      const [reader, { submissionFromForms }, { formWords }] = await Promise.all([load(), import("./read.ts"), import("./words.ts")]);
      const document = await reader.read(file, bytes, options);
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

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** No text: an old Office format, a package, or RTF. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes[0] === 0xd0 || bytes[0] === 0x09 || isZip(bytes) || (bytes[0] === 0x7b && bytes[1] === 0x5c);
}

/** A tag, or the head of a page saved as a message. */
function isMarkup(bytes: Uint8Array): boolean {
  return /<|content-type/iu.test(peek(bytes) ?? new TextDecoder("latin1").decode(bytes.subarray(0, 4096)));
}
