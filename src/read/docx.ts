// A Word document (.docx, .docm, Word XML) → tables of cells and paragraphs with places; other documents that are packages get a message.
import type { InputRemark } from "../model.ts";
import type { FormDocument } from "./forms/document.ts";
import { readBody, type Body, type BodyLimits } from "./docx/blocks.ts";
import { attribute, descendant, treeOf, type Element } from "./docx/tree.ts";
import { nothingGathered, paragraphText } from "./docx/words.ts";
import { openPackage, PACKAGE_LIMITS, UnreadableFile, type OfficePackage, type PackageLimits } from "./ooxml.ts";

export interface DocxLimits extends PackageLimits, BodyLimits {}

/** Far above the largest real set of forms; a file beyond them gets a message. */
export const docxLimits: DocxLimits = { ...PACKAGE_LIMITS, cells: 200_000, depth: 200 };

/**
 * Reads a Word document as it is shown with all revisions accepted. A table's place is its ordinal in the document (`表2`) with row and
 * column counted from 1 in its grid; a paragraph's is its ordinal among the non-empty paragraphs. What cannot be opened (damaged,
 * beyond the limits, with a DOCTYPE) gives no blocks and one `problem` remark, never an exception.
 */
export function readDocx(file: string, bytes: Uint8Array, limits: Partial<DocxLimits> = {}): FormDocument {
  const bounds = { ...docxLimits, ...limits };
  try {
    const parts = openPackage(bytes, bounds);
    if (parts.names.has("OFD.xml")) throw new UnreadableFile("file-ofd");
    if (parts.names.has("content.xml")) throw new UnreadableFile("file-odt");
    const main = mainPart(parts, bounds);
    const comments = parts.text(main.replace(/[^/]*$/u, "comments.xml"));
    const body = readBody(file, documentOf(parts.text(main), bounds), comments === null ? new Map<string, string>() : commentTexts(treeOf(comments, bounds.depth)), bounds);
    const macros = [...parts.names].some((name) => name.endsWith("vbaProject.bin"));
    return { file, blocks: body.blocks, remarks: [...(macros ? [remark(file, "note", "macros-ignored")] : []), ...remarksOf(file, body, bounds)] };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { file, blocks: [], remarks: [remark(file, "problem", error.code, error.values)] };
  }
}

function mainPart(parts: OfficePackage, limits: DocxLimits): string {
  const relations = parts.text("_rels/.rels");
  const main = relations === null ? undefined : treeOf(relations, limits.depth).children.find((relation) => relation.attribute("Type")?.endsWith("/officeDocument") === true);
  return main?.attribute("Target")?.replace(/^\//u, "") ?? "word/document.xml";
}

function documentOf(xml: string | null, limits: DocxLimits): Element {
  const body = xml === null ? null : descendant(treeOf(xml, limits.depth), "body");
  if (body === null) throw new UnreadableFile("file-not-docx");
  return body;
}

function commentTexts(comments: Element): Map<string, string> {
  return new Map(comments.children.map((comment) => {
    const lines = comment.children.filter((element) => element.name === "p").map((line) => paragraphText(line, nothingGathered()));
    return [attribute(comment, "id") ?? "", lines.join("\n").trim()];
  }));
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
