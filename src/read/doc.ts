// A file of an old Word format, or of any program of that time → a message that says what to do with it.
import type { FormDocument } from "./forms/document.ts";
import { isCompound, streamIn } from "./xls.ts";

/** Whether the bytes are an OLE compound file that holds no workbook (.doc, .wps, protected .docx, cut off), or RTF named .doc. */
export function isDoc(bytes: Uint8Array): boolean {
  return isCompound(bytes) || new TextDecoder("latin1").decode(bytes.subarray(0, 5)) === "{\\rtf";
}

/** Never reads anything: the text of such files does not say which cells are merged, and a guess may invent a figure. */
export function readDoc(file: string, bytes: Uint8Array): FormDocument {
  const code = streamIn(bytes, "EncryptedPackage") ? "file-protected" : !isCompound(bytes) || streamIn(bytes, "WordDocument") ? "doc-old" : "file-damaged";
  return { file, blocks: [], remarks: [{ kind: "problem", code, values: { file }, at: { file } }] };
}
