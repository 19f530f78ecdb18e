// The file formats that official forms come in → the registry's interface: bytes → form document → submissions.
import type { Format } from "../format.ts";
import { readDocx } from "../docx.ts";
import { isHtml, readHtml } from "../html.ts";
import { PACKAGE_LIMITS, openPackage } from "../ooxml.ts";
import { readPdf } from "../pdf.ts";
import { isText, readText } from "../text.ts";
import { isXls, readXls } from "../xls.ts";
import { isXlsx, readXlsx } from "../xlsx.ts";
import type { FormDocument } from "./document.ts";
import { submissionFromForms } from "./read.ts";
import { formWords } from "./words.ts";

/** In the order in which they are asked. */
export const formFormats: readonly Format[] = [
  form("xlsx", isXlsx, (file, bytes) => readXlsx(file, bytes)),
  form("xls", isXls, (file, bytes) => readXls(file, bytes)),
  form("docx", isDocx, (file, bytes) => readDocx(file, bytes)),
  form("pdf", isPdf, (file, bytes) => readPdf(file, Uint8Array.from(bytes))),
  form("html", (bytes) => isHtml(bytes), (file, bytes, label) => readHtml(file, bytes, {}, label)),
];

/** Asked after everything that is known by more than its words. */
export const textFormat: Format = form("text", isText, (file, bytes, label) => readText(file, bytes, {}, label));

type ReadForm = (file: string, bytes: Uint8Array, label?: string) => FormDocument & { encoding?: string } | Promise<FormDocument & { encoding?: string }>;

function form(name: string, recognise: Format["recognise"], readForm: ReadForm): Format {
  return {
    name,
    recognise,
    read: async ({ name: file, bytes }, { options, places }) => {
      const document = await readForm(file, bytes, options.encoding);
      return { encoding: document.encoding ?? "", ...submissionFromForms(document, formWords(), places) };
    },
  };
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
