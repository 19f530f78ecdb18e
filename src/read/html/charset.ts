// Bytes of a web page → its text, by BOM, by what decodes without loss, by what its <meta> says.
import { decode, peek } from "../encoding.ts";

export interface PageText { text: string; encoding: string; /** Characters that could not be decoded and stand as `�`. */ broken: number }

/** The text of a page. A declared charset wins where the bytes agree with it; a page that agrees with none is read with `�` in it. */
export function pageText(bytes: Uint8Array, label?: string): PageText {
  const declared = label ?? declaredCharset(bytes);
  const attempts = [...(declared === null ? [] : [decode(bytes, declared)]), decode(bytes)];
  for (const attempt of attempts) if (attempt.ok) return { text: attempt.text, encoding: attempt.encoding, broken: 0 };
  const encoding = declared !== null && isKnown(declared) ? declared : "gb18030";
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, encoding, broken: text.split("\uFFFD").length - 1 };
}

/** gb2312 and gbk pages hold characters of gb18030 too. */
function declaredCharset(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb) return null;
  const head = peek(bytes) ?? new TextDecoder("latin1").decode(bytes.subarray(0, 4096));
  const name = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})/iu.exec(head)?.[1]?.toLowerCase();
  if (name === undefined || name.startsWith("utf-16")) return null;
  return /^(?:gb2312|gbk|gb_2312-80|x-gbk)$/u.test(name) ? "gb18030" : name;
}

function isKnown(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}
