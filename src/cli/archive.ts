// A .zip -> the files in it, within limits on what they unpack to. Owns fflate for archives of input.
import { createRequire } from "node:module";
import type { RawInput } from "../read/read.ts";
import { counted, megabytes, tell, type Walk } from "./walk.ts";

const MOST_LEVELS = 3;

/** A zip that is no document (xlsx, docx, odt, ofd): those are zips as well, and are read whole. */
export function isArchive(bytes: Uint8Array): boolean {
  const zip = bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05) && (bytes[3] === 0x04 || bytes[3] === 0x06);
  return zip && ![firstName(bytes), ...names(bytes)].some((name) => OFFICE_PART.test(name));
}

/** What an office program writes first; where the end of the file is missing, the first name is all there is. */
const OFFICE_PART = /^(?:\[Content_Types\]\.xml|mimetype|META-INF\/manifest\.xml|OFD\.xml|_rels\/\.rels|docProps\/\w+\.xml)$/;

function firstName(bytes: Uint8Array): string {
  const length = (bytes[26] ?? 0) + 256 * (bytes[27] ?? 0);
  return new TextDecoder("latin1").decode(bytes.subarray(30, 30 + length));
}

/** The files in the order of their names, each named behind the archive; archives in it are unpacked too, a few levels deep. */
export function unpack(archive: RawInput, walk: Walk, level = 1): RawInput[] {
  if (level > MOST_LEVELS) {
    tell(walk, "zip-too-deep", archive.name);
    return [];
  }
  const { files, whole } = inflate(archive.bytes, walk);
  if (files === null) {
    tell(walk, "zip-broken", archive.name);
    return [];
  }
  if (!whole) tell(walk, "zip-too-big", archive.name, { most: megabytes(walk.limits.allBytes) });
  const inputs = files.flatMap(({ name, bytes }) => {
    const input = { name: `${archive.name}/${name}`, bytes };
    if (isArchive(bytes)) return unpack(input, walk, level + 1);
    return counted(input, walk) ? [input] : [];
  });
  if (inputs.length === 0 && whole) tell(walk, "folder-nothing", archive.name);
  return inputs;
}

/** Files that no one means to hand in: of the system, of an editor, hidden. */
export function unwanted(name: string): boolean {
  if (name === "." || name === "..") return false;
  return name.startsWith(".") || name.startsWith("~$") || name === "__MACOSX" || name === "Thumbs.db" || name === "desktop.ini";
}

function inflate(bytes: Uint8Array, walk: Walk): { files: RawInput[] | null; whole: boolean } {
  let room = walk.limits.allBytes - walk.bytes;
  let whole = true;
  const wanted = ({ name, originalSize }: { name: string; originalSize: number }): boolean => {
    if (name.endsWith("/") || name.split("/").some(unwanted)) return false;
    const fits = originalSize <= room && originalSize <= walk.limits.fileBytes;
    if (fits) room -= originalSize;
    else whole = false;
    return fits;
  };
  try {
    // What an entry claims to unpack to is what it gets: fflate writes no further than that.
    const files = Object.entries(fflate().unzipSync(bytes, { filter: wanted })).map(([name, content]) => ({ name: cleaned(name), bytes: content }));
    return { files: files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)), whole };
  } catch {
    return { files: null, whole };
  }
}

function names(bytes: Uint8Array): string[] {
  const found: string[] = [];
  try {
    fflate().unzipSync(bytes, { filter: ({ name }) => { found.push(name); return false; } });
  } catch {
    return found;
  }
  return found;
}

/** Archives made on Windows name their files in GBK without saying so; and no name may lead out of the archive. */
function cleaned(name: string): string {
  const plain = name.replaceAll("\\", "/").split("/").filter((part) => part !== "" && part !== "." && part !== "..").join("/");
  if (/[^\x20-\xff]/.test(plain) || !/[\x80-\xff]/.test(plain)) return plain;
  const bytes = Uint8Array.from(plain, (character) => character.charCodeAt(0));
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  }
  return plain;
}

/** Loaded for the first archive. */
const fflate = (): typeof import("fflate") => createRequire(import.meta.url)("fflate") as typeof import("fflate");
