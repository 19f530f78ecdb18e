// A Word 97–2003 document (.doc, .wps) → tables of cells and paragraphs with places; what else is of that time gets a message.
import type { InputRemark } from "../model.ts";
import { blocksOf } from "./doc/blocks.ts";
import { headOf, type Streams } from "./doc/binary.ts";
import type { FormDocument } from "./forms/document.ts";
import { isCompound, streamIn, streamsOf } from "./xls.ts";

export interface DocLimits { bytes: number; cells: number }

export const docLimits: DocLimits = { bytes: 128 * 2 ** 20, cells: 200_000 };

/** Whether the bytes are an OLE compound file that holds no workbook (.doc, .wps, protected .docx, cut off), or RTF named .doc. */
export function isDoc(bytes: Uint8Array): boolean {
  return isCompound(bytes) || new TextDecoder("latin1").decode(bytes.subarray(0, 5)) === "{\\rtf";
}

/**
 * Reads the text as it is shown with all revisions accepted. A table's place is its ordinal (`表2`) with row and column counted from 1 in
 * its grid. Damaged, protected and older files and RTF give a `problem` remark, never an exception.
 */
export async function readDoc(file: string, bytes: Uint8Array, limits: Partial<DocLimits> = {}): Promise<FormDocument> {
  const bounds = { ...docLimits, ...limits };
  const told = (code: string, values: Record<string, string> = {}, kind: InputRemark["kind"] = "problem"): InputRemark => ({ kind, code, values: { file, ...values }, at: { file } });
  const refuse = (code: string, values: Record<string, string> = {}): FormDocument => ({ file, blocks: [], remarks: [told(code, values)] });
  if (streamIn(bytes, "EncryptedPackage")) return refuse("file-protected");
  if (bytes.length > bounds.bytes) return refuse("file-too-large", { entries: "1", megabytes: String(Math.floor(bounds.bytes / 2 ** 20)) });
  if (!isCompound(bytes)) return refuse("doc-old");
  try {
    const streams = await streamsOf(bytes, ["WordDocument", "0Table", "1Table", "Data"]);
    const main = streams.get("WordDocument");
    if (main === undefined) return refuse("file-damaged");
    const head = headOf(main);
    if (head === null) return refuse("doc-old");
    if (head.encrypted) return refuse("file-protected");
    const table = streams.get(head.tableName);
    if (table === undefined) return refuse("file-damaged");
    const parts: Streams = { main, table, data: streams.get("Data") ?? null };
    const { blocks, hidden, cut } = blocksOf(file, parts, bounds);
    const remarks = [...(hidden > 0 ? [told("hidden-text-ignored", { count: String(hidden) }, "note")] : []), ...(cut ? [told("too-many-cells", { limit: String(bounds.cells) })] : [])];
    return { file, blocks, remarks };
  } catch {
    return refuse("file-damaged");
  }
}
