// A Word document (.docx, .docm, Word XML) → tables of cells and paragraphs with places.
import type { InputRemark } from "../model.ts";
import type { FormDocument } from "./forms/document.ts";
import { readBody, type Body, type BodyLimits } from "./docx/blocks.ts";
import { attribute, childElements, openPackage, Unopenable, type PackageLimits } from "./docx/package.ts";
import { nothingGathered, paragraphText } from "./docx/words.ts";
import type { Element } from "@xmldom/xmldom";

export interface DocxLimits extends PackageLimits, BodyLimits {}

/** Ten times the largest real set of forms; a file beyond them gets a message. */
export const docxLimits: DocxLimits = { entryBytes: 64 * 1048576, totalBytes: 96 * 1048576, entries: 5000, cells: 200_000, depth: 200 };

/**
 * Reads a Word document as it is shown with all revisions accepted. A table's place is its ordinal in the document (`表2`) with row and
 * column counted from 1 in its grid; a paragraph's is its ordinal among the non-empty paragraphs. What cannot be opened (damaged,
 * beyond the limits, with a DOCTYPE) gives no blocks and one `problem` remark, never an exception.
 */
export function readDocx(file: string, bytes: Uint8Array, limits: Partial<DocxLimits> = {}): FormDocument {
  const bounds = { ...docxLimits, ...limits };
  try {
    const opened = openPackage(bytes, bounds);
    const body = readBody(file, opened.document, commentTexts(opened.comments), bounds);
    return { file, blocks: body.blocks, remarks: [...(opened.macros ? [remark(file, "note", "macros-ignored")] : []), ...remarksOf(file, body, bounds)] };
  } catch (error) {
    if (!(error instanceof Unopenable)) throw error;
    return { file, blocks: [], remarks: [remark(file, "problem", error.code, error.values)] };
  }
}

function commentTexts(comments: Element | null): Map<string, string> {
  const texts = new Map<string, string>();
  if (comments === null) return texts;
  for (const comment of childElements(comments)) {
    const lines = [...childElements(comment)].filter((element) => element.localName === "p").map((line) => paragraphText(line, nothingGathered()));
    texts.set(attribute(comment, "id") ?? "", lines.join("\n").trim());
  }
  return texts;
}

function remarksOf(file: string, body: Body, limits: DocxLimits): InputRemark[] {
  const { gathered, deletedRows, cut } = body;
  const remarks: InputRemark[] = [];
  const deleted = gathered.deleted + deletedRows;
  if (deleted + gathered.inserted > 0) remarks.push(remark(file, "note", "docx-revisions", { deleted: String(deleted), inserted: String(gathered.inserted) }));
  if (gathered.hiddenText > 0) remarks.push(remark(file, "note", "hidden-text-ignored", { count: String(gathered.hiddenText) }));
  if (gathered.objects > 0) remarks.push(remark(file, "note", "embedded-objects-ignored", { count: String(gathered.objects) }));
  if (cut === "cells") remarks.push(remark(file, "problem", "too-many-cells", { limit: String(limits.cells) }));
  if (cut === "depth") remarks.push(remark(file, "problem", "nested-too-deep", { limit: String(limits.depth) }));
  return remarks;
}

function remark(file: string, kind: InputRemark["kind"], code: string, values: Record<string, string> = {}): InputRemark {
  return { kind, code, values: { file, ...values }, at: { file } };
}
