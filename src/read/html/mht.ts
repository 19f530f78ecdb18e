// A web page saved as one file (.mht, often named .doc or .xls) → the bytes of its pages and the charset each declares.

export interface MhtPage { bytes: Uint8Array; charset: string | null }

/** Whether the head of a file is that of a MIME message. */
export function isMht(head: string): boolean {
  return /^(?:From:|Subject:|MIME-Version:|Content-Type:\s*multipart\/)/imu.test(head.slice(0, 2000)) && /Content-Type:\s*(?:multipart\/|text\/html)/iu.test(head);
}

/** The HTML parts in order; images and style sheets are left out. */
export function pagesOf(bytes: Uint8Array): MhtPage[] {
  const text = new TextDecoder("latin1").decode(bytes);
  const boundary = /boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;]{1,200}))/iu.exec(text.slice(0, 8192));
  const mark = boundary?.[1] ?? boundary?.[2];
  const parts = mark === undefined ? [text] : text.split(`--${mark}`).slice(1);
  return parts.flatMap((part) => {
    const end = /\r?\n\r?\n/u.exec(part);
    if (end === null) return [];
    const head = part.slice(0, end.index).replace(/\r?\n[ \t]+/gu, " ");
    if (!/^Content-Type:\s*text\/html/imu.test(head)) return [];
    const body = part.slice(end.index + end[0].length);
    const transfer = /^Content-Transfer-Encoding:\s*([\w-]+)/imu.exec(head)?.[1]?.toLowerCase() ?? "";
    return [{ bytes: decodeBody(body, transfer), charset: /charset\s*=\s*"?([\w-]+)/iu.exec(head)?.[1] ?? null }];
  });
}

function decodeBody(body: string, transfer: string): Uint8Array {
  if (transfer === "base64") return Uint8Array.from(Buffer.from(body, "base64"));
  const plain = transfer === "quoted-printable"
    ? body.replace(/=\r?\n/gu, "").replace(/=([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : body;
  return Uint8Array.from(Buffer.from(plain, "latin1"));
}
