// Rows of cells -> CSV as spreadsheets open it: nothing in it runs as a formula. Reads no files, so that pages use it too.

/** Lines end in CRLF (RFC 4180); begins with a byte order mark unless told not to. Null is an empty cell. */
export function csvTable(rows: readonly (readonly (string | number | null)[])[], bom = true): string {
  return (bom ? "\u{FEFF}" : "") + rows.map((row) => row.map((cell) => csvCell(String(cell ?? ""))).join(",") + "\r\n").join("");
}

/**
 * One cell, quoted where it must be. A text that a spreadsheet would run as a formula gets an apostrophe before it; a plain
 * negative or signed number stays a number.
 */
export function csvCell(text: string): string {
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) && !/^[+-]?\d+(?:\.\d+)?%?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
