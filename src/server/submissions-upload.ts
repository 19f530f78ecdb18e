// A request with files, or with a submission as JSON -> the files as they came, their names clean, and the fields beside them.
import type { FastifyRequest } from "fastify";
import type { MultipartFile } from "@fastify/multipart";
import type { FileIn } from "./checking-work.ts";
import { Problem } from "./problem.ts";
import { storable } from "./store/text.ts";

export interface Upload { files: FileIn[]; fields: Readonly<Record<string, string>> }

/** What a submission that came as JSON is called among the files. */
export const JSON_FILE = "submission.json";

/** Bytes that an upload may still take into memory: its own, and of all that are under way. */
export interface Room { take: (bytes: number) => void; leave: () => void }

/** Room for uploads of one process. Taking more throws Problem 413 where the upload itself is too large, 503 where too many are under way. */
export function roomFor(limits: { upload: number; uploads: number }): () => Room {
  let underWay = 0;
  return () => {
    let own = 0;
    return {
      take: (bytes) => {
        if (own + bytes > limits.upload) throw new Problem(413, "tooLarge", {}, { connection: "close" });
        if (underWay + bytes > limits.uploads) throw new Problem(503, "uploadsBusy", {}, { "retry-after": "10", connection: "close" });
        own += bytes;
        underWay += bytes;
      },
      leave: () => {
        underWay -= own;
        own = 0;
      },
    };
  };
}

/** What multipart adds to the files: lines between the parts, their headers, fields. */
const AROUND = 1024 * 1024;

/** Throws Problem 415 for any other kind of body, 422 where no file is in it, 413 or 503 where there is no room for it. */
export async function uploadOf(request: FastifyRequest, room: Room, most: number): Promise<Upload> {
  if (request.isMultipart()) {
    if (Number(request.headers["content-length"] ?? 0) > most + AROUND) throw new Problem(413, "tooLarge", {}, { connection: "close" });
    return await partsOf(request, room);
  }
  if (request.rawBody === null) throw new Problem(415, "mediaType");
  return { files: [{ name: JSON_FILE, bytes: new TextEncoder().encode(request.rawBody) }], fields: {} };
}

async function partsOf(request: FastifyRequest, room: Room): Promise<Upload> {
  const files: FileIn[] = [];
  const fields = new Map<string, string>();
  for await (const part of request.parts()) {
    if (part.type === "file") {
      const bytes = await bytesOf(part, room);
      // A browser sends an empty file for a field in which nothing was chosen.
      if (bytes.length > 0 || part.filename !== "") files.push({ name: cleanName(part.filename), bytes });
    } else if (typeof part.value === "string") fields.set(part.fieldname, storable(part.value.normalize("NFC")));
  }
  if (files.length === 0) throw new Problem(422, "noFiles");
  return { files, fields: Object.fromEntries(fields) };
}

/** Counted as they come: one file that is too large is never held whole. */
async function bytesOf({ file }: MultipartFile, room: Room): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of file as AsyncIterable<Buffer>) {
    room.take(chunk.length);
    chunks.push(chunk);
  }
  if (file.truncated) throw new Problem(413, "tooLarge");
  return new Uint8Array(Buffer.concat(chunks));
}

const LONGEST_NAME = 200;

/** The last part of whatever path came, without signs that a file's name cannot hold. */
export function cleanName(name: string): string {
  const last = name.replaceAll("\\", "/").split("/").at(-1) ?? "";
  const clean = storable(last.normalize("NFC")).replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, "").trim().replace(/^\.+/u, "");
  if (clean === "") return "file";
  const ending = /\.[^.]{1,10}$/u.exec(clean)?.[0] ?? "";
  return clean.length <= LONGEST_NAME ? clean : `${Array.from(clean).slice(0, LONGEST_NAME - 20).join("")}${ending}`;
}

const MEDIA: Readonly<Record<string, string>> = {
  json: "application/json", csv: "text/csv; charset=utf-8", html: "text/html; charset=utf-8", markdown: "text/markdown; charset=utf-8", md: "text/markdown; charset=utf-8", sarif: "application/sarif+json", junit: "application/xml", xml: "application/xml", txt: "text/plain; charset=utf-8",
  pdf: "application/pdf", doc: "application/msword", docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", xls: "application/vnd.ms-excel", xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zip: "application/zip",
};

/** The media type of a format, or of a file by its ending. */
export const mediaOf = (format: string): string => MEDIA[format.toLowerCase()] ?? "application/octet-stream";

/** `attachment` with the name in UTF-8, and in ASCII for what does not know that. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}
