// A web page (saved, pasted, single-file .mht, or named .xls or .doc) → tables of cells and paragraphs with places.
import { parse } from "parse5";
import type { InputRemark } from "../model.ts";
import { peek } from "./encoding.ts";
import type { FormDocument } from "./forms/document.ts";
import { readPage, type PageLimits } from "./html/blocks.ts";
import { pageText } from "./html/charset.ts";
import { isMht, pagesOf } from "./html/mht.ts";
import { isOwnReport } from "./own-report.ts";

export interface HtmlLimits extends PageLimits { bytes: number }

export const htmlLimits: HtmlLimits = { bytes: 32 * 1048576, cells: 200_000, depth: 400 };

/** Whether the bytes are a web page, whatever the file's name says. */
export function isHtml(bytes: Uint8Array): boolean {
  const head = peek(bytes) ?? new TextDecoder("latin1").decode(bytes.subarray(0, 4096));
  return isMht(head) || /^\uFEFF?\s*(?:<!--[\s\S]{0,1000}?-->\s*|<\?xml[^>]{0,200}>\s*)*<(?:!doctype\s+html|html|head|body|table|meta|title|div|p|h[1-6]|center|span|style|script)\b/iu.test(head);
}

/**
 * Reads a web page as a browser without scripts would show it; nothing is fetched. A table's place is its ordinal on the page (`表2`,
 * tables that only lay out the page not counted) with row and column counted from 1; a paragraph's is its ordinal. `label` overrides
 * the page's own encoding. What is beyond the limits gives a `problem` remark, never an exception.
 */
export function readHtml(file: string, bytes: Uint8Array, limits: Partial<HtmlLimits> = {}, label?: string): FormDocument & { encoding: string } {
  const bounds = { ...htmlLimits, ...limits };
  const at = { file };
  if (bytes.length > bounds.bytes) {
    const values = { file, entries: "1", megabytes: String(Math.floor(bounds.bytes / 1048576)) };
    return { file, encoding: "", blocks: [], remarks: [{ kind: "problem", code: "file-too-large", values, at }] };
  }
  const page = pageOf(bytes, label);
  if (isOwnReport(page.text)) return { file, encoding: page.encoding, blocks: [], remarks: [{ kind: "problem", code: "own-report", values: { file }, at }] };
  const read = readPage(file, parse(page.text, { scriptingEnabled: false }), bounds);
  const remarks: InputRemark[] = [];
  if (page.broken > 0) remarks.push({ kind: "inferred", code: "characters-broken", values: { file, count: String(page.broken), encoding: page.encoding }, at });
  if (isCutOff(page.text)) remarks.push({ kind: "problem", code: "page-cut-off", values: { file }, at });
  if (read.hiddenTables > 0) remarks.push({ kind: "note", code: "hidden-tables-ignored", values: { file, count: String(read.hiddenTables) }, at });
  if (read.hiddenRows > 0) remarks.push({ kind: "note", code: "hidden-rows-ignored", values: { file, count: String(read.hiddenRows) }, at });
  if (read.cut === "cells") remarks.push({ kind: "problem", code: "too-many-cells", values: { file, limit: String(bounds.cells) }, at });
  if (read.cut === "depth") remarks.push({ kind: "problem", code: "nested-too-deep", values: { file, limit: String(bounds.depth) }, at });
  return { file, encoding: page.encoding, blocks: read.blocks, remarks };
}

/** A page that ends inside a table lacks the rest of it; browsers close it silently. */
function isCutOff(text: string): boolean {
  const lower = text.toLowerCase();
  return lower.lastIndexOf("<table") > lower.lastIndexOf("</table");
}

function pageOf(bytes: Uint8Array, label: string | undefined): { text: string; encoding: string; broken: number } {
  if (!isMht(peek(bytes) ?? "")) return pageText(bytes, label);
  const pages = pagesOf(bytes).map((page) => pageText(page.bytes, label ?? page.charset ?? undefined));
  return { text: pages.map((page) => page.text).join("\n"), encoding: pages[0]?.encoding ?? "", broken: pages.reduce((sum, page) => sum + page.broken, 0) };
}
