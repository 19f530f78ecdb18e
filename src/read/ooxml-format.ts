// A cell's stored number and its number format → the text that the sheet displays, in exact decimals.
import { absolute, decimal, dividedBy, isNegative, isZero, parseDecimal, round, times, toFixedText, toText } from "../decimal.ts";
import type { Decimal } from "../decimal.ts";
import { displayedDate, isDatePattern } from "./ooxml-date.ts";

/** `zeroAsDash`: the sheet shows the number 0 as a dash (accounting formats); `text` is the 0. */
export interface Displayed { text: string; zeroAsDash?: boolean }

/** Formats by number, as a Chinese Office shows them (ECMA-376 18.8.30); what is not here is `General`. */
export const BUILT_IN_FORMATS: Readonly<Record<number, string>> = {
  0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;¥-#,##0.00",
  9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
  27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
  37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
  41: '#,##0;-#,##0;"-";@', 42: '¥#,##0;¥-#,##0;¥"-";@', 43: '#,##0.00;-#,##0.00;"-"??;@', 44: '¥#,##0.00;¥-#,##0.00;¥"-"??;@', 45: "mm:ss", 46: "[h]:mm:ss", 49: "@",
  50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
};

/**
 * What the sheet shows for a stored number (`0.82540000000000002` with `0.00%` → `82.54%`). The number is first taken to the 15
 * significant digits that spreadsheets work with. `General` gives all of them: how many a narrow column shows is not the form's word.
 */
export function displayedNumber(stored: string, format: string, from1904 = false): Displayed {
  const value = storedNumber(stored);
  if (value === null) return { text: stored };
  const sections = splitSections(format);
  const section = chooseSection(sections, value);
  if (section.pattern === "" && format !== "") return { text: "" };
  if (isDatePattern(section.pattern)) return { text: displayedDate(value, section.pattern, from1904) ?? toText(value) };
  const tokens = tokenize(section.pattern);
  if (isZero(value) && !tokens.some(showsDigits) && tokens.some((token) => token.text === "-")) {
    return { text: formatNumber(value, tokenize(sections[0] ?? "0")), zeroAsDash: true };
  }
  const text = formatNumber(section.keepSign ? value : absolute(value), tokens);
  return { text: text.trim() };
}

/** The exact decimal that a stored numeral means, at 15 significant digits; null where it is none. */
function storedNumber(stored: string): Decimal | null {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/iu.exec(stored.trim());
  if (parts === null || `${parts[2] ?? ""}${parts[3] ?? ""}` === "") return null;
  const shift = Number(parts[4] ?? 0);
  const whole = parts[2] ?? "";
  const fraction = parts[3] ?? "";
  if (shift > 12 || shift < -40) return shift < 0 ? decimal(0) : null;
  const digits = (whole + fraction).padStart(Math.max(0, -shift) + fraction.length + 1, "0");
  const point = digits.length - fraction.length + shift;
  const padded = digits.padEnd(Math.max(point, digits.length), "0");
  const leading = /^0*/u.exec(padded.slice(0, point))?.[0].length ?? 0;
  const zeros = point === leading ? (/^0*/u.exec(padded.slice(point))?.[0].length ?? 0) : 0;
  const kept = 15 - (point - leading) + zeros;
  const text = `${parts[1] ?? ""}${padded.slice(leading, point) || "0"}.${(padded.slice(point) || "0").slice(0, Math.max(kept, 0) + 6)}`;
  const exact = parseDecimal(text);
  return exact === null ? null : round(exact, Math.max(kept, 0));
}

/** `;` divides sections, but not inside quotes, brackets or after a backslash. */
function splitSections(format: string): string[] {
  const sections = [""];
  for (const piece of format.match(/"[^"]*"?|\[[^\]]*\]?|\\.?|[^"[\\]/gsu) ?? []) {
    if (piece === ";") sections.push("");
    else sections.push((sections.pop() ?? "") + piece);
  }
  return sections;
}

function chooseSection(sections: readonly string[], value: Decimal): { pattern: string; keepSign: boolean } {
  const conditional = sections.findIndex((section) => conditionHolds(section, value) === true);
  if (conditional >= 0) return { pattern: sections[conditional] ?? "", keepSign: conditional === 0 };
  const rest = sections.filter((section) => conditionHolds(section, value) === null);
  if (rest.length < sections.length) return { pattern: rest[0] ?? "General", keepSign: true };
  if (isZero(value) && sections.length > 2) return { pattern: sections[2] ?? "", keepSign: false };
  if (isNegative(value) && sections.length > 1) return { pattern: sections[1] ?? "", keepSign: false };
  return { pattern: sections[0] ?? "General", keepSign: true };
}

/** Null where the section has no condition. */
function conditionHolds(section: string, value: Decimal): boolean | null {
  const condition = /\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]/u.exec(section);
  if (condition === null) return null;
  const order = value.comparedTo(decimal(condition[2] ?? "0"));
  const sign = condition[1] ?? "=";
  if (sign === "<>") return order !== 0;
  return (order < 0 && sign.startsWith("<")) || (order > 0 && sign.startsWith(">")) || (order === 0 && sign.includes("="));
}

interface Token { kind: "digit" | "point" | "comma" | "percent" | "literal" | "general" | "special"; text: string }

const showsDigits = (token: Token): boolean => token.kind === "general" || (token.kind === "digit" && token.text !== "?");

function tokenize(pattern: string): Token[] {
  const pieces = pattern.match(/General|"[^"]*"?|\[[^\]]*\]?|[\\!].?|_.?|\*.?|E[+-]|[^"[\\]/gisu) ?? [];
  return pieces.flatMap((piece): Token[] => {
    if (/^general$/iu.test(piece)) return [{ kind: "general", text: piece }];
    if (/^[0#?]$/u.test(piece)) return [{ kind: "digit", text: piece }];
    if (piece === ".") return [{ kind: "point", text: piece }];
    if (piece === ",") return [{ kind: "comma", text: piece }];
    if (piece === "%") return [{ kind: "percent", text: piece }];
    if (/^E[+-]$/iu.test(piece) || piece === "/") return [{ kind: "special", text: piece }];
    if (piece === "@") return [{ kind: "general", text: piece }];
    if (piece.startsWith("[")) return [{ kind: "literal", text: /^\[\$([^\]-]*)/u.exec(piece)?.[1] ?? "" }];
    if (/^[_*]/u.test(piece)) return [];
    if (/^[\\!]/u.test(piece)) return [{ kind: "literal", text: piece.slice(1) }];
    return [{ kind: "literal", text: piece.replaceAll('"', "") }];
  });
}

function formatNumber(value: Decimal, tokens: readonly Token[]): string {
  if (tokens.some((token) => token.kind === "special")) return toText(value);
  if (tokens.some((token) => token.kind === "general")) return tokens.map((token) => (token.kind === "general" ? toText(value) : token.text)).join("");
  const sign = isNegative(value) ? "-" : "";
  const point = tokens.findIndex((token) => token.kind === "point");
  const decimals = point < 0 ? [] : tokens.slice(point).filter((token) => token.kind === "digit");
  const scaled = scale(absolute(value), tokens);
  const [whole = "0", fraction = ""] = toFixedText(scaled, decimals.length).split(".");
  const rounded = /^0*$/u.test(whole + fraction) && sign !== "" && !isZero(value) ? "" : sign;
  return rounded + fill(tokens, point, whole, fraction, decimals);
}

/** `%` multiplies; commas with no digit between them and the point or the end divide by a thousand each. */
function scale(value: Decimal, tokens: readonly Token[]): Decimal {
  const percents = tokens.filter((token) => token.kind === "percent").length;
  const thousands = tokens.filter((token, index) => {
    const next = tokens.slice(index + 1).find((later) => later.kind === "digit" || later.kind === "point");
    return token.kind === "comma" && tokens.slice(0, index).some((earlier) => earlier.kind === "digit") && next?.kind !== "digit";
  }).length;
  const factor = decimal(`1${"0".repeat(2 * percents)}`);
  return dividedBy(times(value, factor), decimal(`1${"0".repeat(3 * thousands)}`)) ?? value;
}

function fill(tokens: readonly Token[], point: number, whole: string, fraction: string, decimals: readonly Token[]): string {
  const wholeTokens = point < 0 ? tokens : tokens.slice(0, point);
  const places = wholeTokens.filter((token) => token.kind === "digit");
  const firstDigit = wholeTokens.findIndex((token) => token.kind === "digit");
  const lastDigit = wholeTokens.findLastIndex((token) => token.kind === "digit");
  const grouped = wholeTokens.some((token, index) => token.kind === "comma" && index > firstDigit && index < lastDigit);
  const fewest = places.length - Math.max(0, places.findIndex((token) => token.text === "0") < 0 ? places.length : places.findIndex((token) => token.text === "0"));
  const digits = (whole === "0" ? "" : whole).padStart(fewest, "0");
  const shown = fraction.slice(0, shownDecimals(fraction, decimals));
  let wholePlace = 0;
  let fractionPlace = 0;
  return tokens.map((token, index) => {
    if (token.kind === "comma") return "";
    if (token.kind === "point") return shown === "" && decimals.every((place) => place.text === "#") ? "" : ".";
    if (token.kind !== "digit") return token.text;
    if (point >= 0 && index > point) return shown.charAt(fractionPlace++);
    const fromRight = places.length - ++wholePlace;
    const end = digits.length - fromRight;
    const chunk = digits.slice(wholePlace === 1 ? 0 : end - 1, Math.max(end, 0));
    return grouped ? group(chunk, fromRight) : chunk;
  }).join("");
}

/** Trailing zeros stand only where the format insists on them. */
function shownDecimals(fraction: string, decimals: readonly Token[]): number {
  let length = fraction.length;
  while (length > 0 && fraction.charAt(length - 1) === "0" && decimals[length - 1]?.text !== "0") length--;
  return length;
}

/** Commas after every digit that is followed by a multiple of three others. */
function group(chunk: string, digitsAfter: number): string {
  return Array.from(chunk).map((digit, index) => {
    const after = chunk.length - 1 - index + digitsAfter;
    return after > 0 && after % 3 === 0 ? `${digit},` : digit;
  }).join("");
}
