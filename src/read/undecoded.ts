// A file that is not text in any encoding, or not in the one it was said to be in -> the remark that says so.
import type { InputRemark } from "../model.ts";
import type { Decoded } from "./encoding.ts";
import { remark } from "./remark.ts";

export function undecoded(file: string, decoded: Extract<Decoded, { ok: false }>): InputRemark {
  const code = decoded.why === "unknown-label" ? "encoding-unknown" : decoded.encoding === "" ? "encoding-none" : "encoding-wrong";
  return { ...remark("problem", code, { file }), at: { file }, values: { file, encoding: decoded.encoding } };
}
