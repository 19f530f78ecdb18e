// A file, gone through once -> what reports say of it: its digest, size and encoding, however large it is.
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { InputFile } from "../model.ts";

const PART_BYTES = 1024 * 1024;
const BREAK = 10;

/**
 * Null for a file whose lines cannot be told by bytes (UTF-16, NUL characters) or that is neither UTF-8 nor GB18030: such a file is read
 * whole or not at all.
 */
export async function survey(path: string, name: string, format: string, label: string | null): Promise<InputFile | null> {
  const hash = createHash("sha256");
  let [bytes, utf8, bom] = [0, true, false];
  let rest: Buffer = Buffer.alloc(0);
  const gb = new TextDecoder("gb18030", { fatal: true });
  let gb18030 = true;
  for await (const chunk of createReadStream(path, { highWaterMark: PART_BYTES })) {
    const part = chunk as Buffer;
    if (part.includes(0)) return null;
    hash.update(part);
    if (bytes === 0) bom = part[0] === 0xef && part[1] === 0xbb && part[2] === 0xbf;
    bytes += part.length;
    const whole = Buffer.concat([rest, part]);
    const cut = whole.lastIndexOf(BREAK) + 1;
    rest = whole.subarray(cut);
    utf8 &&= isUtf8(whole.subarray(0, cut));
    if (!utf8 && !gb18030) return null;
    gb18030 &&= decodes(gb, part, true);
  }
  utf8 &&= isUtf8(rest);
  gb18030 &&= decodes(gb, new Uint8Array(), false);
  const found = utf8 ? (bom ? "utf-8-bom" : "utf-8") : gb18030 && !bom ? "gb18030" : null;
  if (found === null || (label !== null && label.toLowerCase() !== found)) return null;
  return { name, sha256: hash.digest("hex"), encoding: found, format, bytes };
}

function decodes(decoder: InstanceType<typeof TextDecoder>, part: Uint8Array, goesOn: boolean): boolean {
  try {
    decoder.decode(part, { stream: goesOn });
    return true;
  } catch {
    return false;
  }
}
