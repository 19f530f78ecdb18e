// Plain text, as pdftotext or copy-and-paste give it → tables of cells and paragraphs, each with its line.
import type { InputRemark } from "../model.ts";
import { decode, peek } from "./encoding.ts";
import type { FormDocument } from "./forms/document.ts";
import { formWords } from "./forms/words.ts";
import { isOwnReport } from "./own-report.ts";
import { levelWords } from "./text/labels.ts";
import { isLaidOut, layoutBlocks } from "./text/layout-document.ts";
import { pastedTable } from "./text/pasted.ts";
import { textLines } from "./text/lines.ts";
import { streamBlocks } from "./text/stream-document.ts";
import { textWords } from "./text/words.ts";
import { clipped, remark } from "./remark.ts";
import { undecoded } from "./undecoded.ts";

export interface TextLimits { bytes: number }

export const textLimits: TextLimits = { bytes: 32 * 1048576 };

/** Whether the bytes are text that is, by its name or its words, an official form. */
export function isText(bytes: Uint8Array, name: string): boolean {
  const head = peek(bytes, 65536);
  if (head === null || /^\s*[<{[]/u.test(head)) return false;
  if (/\.(?:txt|text)$/iu.test(name)) return true;
  if (/\.(?:json|xlsx?|docx?|pdf|html?|zip)$/iu.test(name)) return false;
  if (/\.(?:csv|tsv)$/iu.test(name)) return pastedTable(name, head) !== null;
  return textWords().marks.filter((mark) => head.includes(mark)).length >= 2;
}

/**
 * Reads the forms in a text. Places carry the line. What does not decode or is too large gives a `problem` remark, never an exception;
 * text inside a form's table that fits no column is kept as it stands and remarked.
 */
export function readText(file: string, bytes: Uint8Array, limits: Partial<TextLimits> = {}, label?: string): FormDocument & { encoding: string } {
  const most = limits.bytes ?? textLimits.bytes;
  if (bytes.length > most) return { file, blocks: [], encoding: "", remarks: [remark("problem", "text-too-large", { file }, { megabytes: String(Math.floor(most / 1048576)) })] };
  const decoded = decode(bytes, label);
  if (!decoded.ok) return { file, blocks: [], encoding: decoded.encoding, remarks: [undecoded(file, decoded)] };
  if (isOwnReport(decoded.text)) return { file, blocks: [], encoding: decoded.encoding, remarks: [remark("problem", "own-report", { file })] };
  const text = decoded.text.replace(/^\uFEFF/u, "");
  const remarks: InputRemark[] = [];
  if (decoded.nulLine !== null) remarks.push(remark("problem", "nul-bytes", { file, line: decoded.nulLine }));
  const pasted = pastedTable(file, text);
  if (pasted !== null) return { file, blocks: [pasted], encoding: decoded.encoding, remarks };
  const lines = textLines(text);
  const given = [file, lines, formWords(), levelWords(), textWords()] as const;
  const read = isLaidOut(lines) ? { ...layoutBlocks(...given), dividedGoals: [] } : streamBlocks(...given);
  for (const { text, line } of read.leftovers) remarks.push(remark("note", "text-left-over", { file, line }, { text: clipped(text) }));
  for (const line of read.dividedGoals) remarks.push(remark("inferred", "goals-divided", { file, line }));
  return { file, blocks: read.blocks, encoding: decoded.encoding, remarks };
}
