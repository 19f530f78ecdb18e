// Texts of cells as printed → keys in which equal labels are equal, and values with their line breaks undone.

/** Full width folded to half width; nothing else changed. */
export function folded(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replace(/\u3000/gu, " ");
}

/** The text folded, without any space, line break, quotation mark or closing colon: what labels are compared by. */
export function squashed(text: string): string {
  return folded(text).replace(/[\s\u200B-\u200D\u2060\uFEFF"'“”‘’]/gu, "").replace(/[:;,]+$/u, "");
}

/** A squashed text without its brackets: `执行率(B/A)` → `执行率`. */
export function withoutBrackets(key: string): string {
  let text = key;
  for (let before = ""; before !== text;) {
    before = text;
    text = text.replace(/[([【〔{][^()[\]【】〔〕{}]*[)\]】〕}]/gu, "");
  }
  return text.replace(/[([【〔{][^)\]】〕}]*$/u, "").replace(/[:;,]+$/u, "");
}

/**
 * A value as one line: breaks that a narrow column put into words or numbers are undone. `joinedNumber` says that digits
 * met across a break, so that the number is a reading of ours (`36.7⏎8` → `36.78`).
 */
export function joined(text: string): { text: string; joinedNumber: boolean } {
  const lines = text.replace(/[\u200B-\u200D\u2060\uFEFF]/gu, "").split(/\n/u).map((line) => line.replace(/^[\s\u3000]+|[\s\u3000]+$/gu, "")).filter((line) => line !== "");
  let joinedNumber = false;
  const whole = lines.reduce((sum, line) => {
    if (sum === "") return line;
    const latin = /[A-Za-z]$/u.test(sum) && /^[A-Za-z]/u.test(line);
    if (/[\d.,]$/u.test(folded(sum)) && /^[\d.,]/u.test(folded(line))) joinedNumber = true;
    return sum + (latin ? " " : "") + line;
  }, "");
  return { text: whole, joinedNumber };
}

/** A name in one piece: no line breaks, no spaces between Chinese characters. */
export function asName(text: string): string {
  return joined(text).text.replace(/(?<=[^\x20-\x7E])[\s\u3000]+|[\s\u3000]+(?=[^\x20-\x7E])/gu, "");
}

/** Blank, or one of the marks that forms use for "nothing here". */
export function isNothing(text: string): boolean {
  return /^(?:|[-—–－_/\\]+|无)$/u.test(squashed(text));
}

/** Whether a cell holds a number as forms print them (`1,234.50`, `93.07%`, `10分`, `12.5万元`). */
export function isNumeric(text: string): boolean {
  return /^[+-]?[\d,]*\.?\d+(?:%|分|万元|元|亿元|千元)?$/u.test(squashed(text));
}

/** The number of points in a bracket (`产出指标（50分）` → `50`), null where there is none. */
export function pointsInBracket(text: string): string | null {
  return /[([](\d{1,3}(?:\.\d+)?)分(?:[*×xX][^)\]]*)?[)\]]/u.exec(squashed(text))?.[1] ?? null;
}
