// Reports -> one Word document: the opinion or notice that a bureau sends back, or the department's list of what to correct.
import type { Report } from "../model.ts";
import { opinionParts } from "./docx/opinion.ts";
import type { Part } from "./docx/parts.ts";
import { toDoParts } from "./docx/to-do.ts";
import type { WriteOptions, Writer } from "./options.ts";

/** Each department begins on a page of its own, numbered from 1. Loads what makes Word documents only when one is asked for. */
export const docx: Writer = {
  format: "docx",
  ending: "docx",
  binary: true,
  write: async (reports, options) => {
    const { documentOf } = await import("./docx/document.ts");
    return documentOf(reports.flatMap((report) => docxParts(report, options)), options.locale);
  },
};

/** What one report's pages hold, before it becomes a document. */
export function docxParts(report: Report, options: WriteOptions): Part[] {
  return options.audience === "department" ? toDoParts(report, options) : opinionParts(report, options);
}
