// Numerals, Arabic with thousands separators or Chinese -> exact numbers.
import { parseDecimal, type Decimal } from "../decimal.ts";

/** A number and how many decimals it was printed with. */
export interface Numeral { number: Decimal; decimals: number; thousands: boolean }

/** `1,234.50` -> 1234.50; null for malformed groups (`1,23`), too many digits, or anything else. */
export function readArabic(text: string): Numeral | null {
  const thousands = text.includes(",");
  if (thousands && !/^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/.test(text)) return null;
  const number = parseDecimal(thousands ? text.replaceAll(",", "") : text);
  if (number === null) return null;
  const point = text.indexOf(".");
  return { number, decimals: point < 0 ? 0 : text.length - point - 1, thousands };
}

const DIGITS: Readonly<Record<string, number>> = {
  "〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
};
const PLACES: Readonly<Record<string, number>> = { "十": 1, "百": 2, "千": 3, "拾": 1, "佰": 2, "仟": 3 };

/** Every character that a Chinese numeral is written with. */
export const CHINESE_NUMERAL = /[〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟点]/u;

/**
 * `一百二十` -> 120, `九十八点五` -> 98.5; null where the characters are not one well-formed number (`一百二`, `三五`, `百`).
 * At most 16 characters: more is not a number anybody writes so.
 */
export function readChinese(text: string): Numeral | null {
  if (text.length > 16) return null;
  const [whole = "", fraction, ...rest] = text.split("点");
  if (rest.length > 0 || /^[零〇]./u.test(whole)) return null;
  const integer = readWhole(whole);
  if (integer === null) return null;
  if (fraction === undefined) return numeral(String(integer), 0);
  const digits = Array.from(fraction).map((character) => DIGITS[character]);
  if (digits.length === 0 || fraction.includes("两") || digits.includes(undefined)) return null;
  return numeral(`${integer}.${digits.join("")}`, digits.length);
}

/** `二〇二三` -> 2023: digits one by one, as years are written. */
export function readChineseDigits(text: string): string | null {
  const digits = Array.from(text).map((character) => DIGITS[character]);
  return digits.length === 0 || digits.includes(undefined) ? null : digits.join("");
}

function numeral(text: string, decimals: number): Numeral | null {
  const number = parseDecimal(text);
  return number === null ? null : { number, decimals, thousands: false };
}

/** 亿 and 万 divide the numeral into sections of up to four digits. */
function readWhole(text: string): number | null {
  const hundredMillions = splitOnce(text, "亿");
  if (hundredMillions !== null) return combine(hundredMillions, 100_000_000);
  const tenThousands = splitOnce(text, "万");
  if (tenThousands !== null) return combine(tenThousands, 10_000);
  return readSection(text);
}

function splitOnce(text: string, mark: string): [string, string] | null {
  const at = text.lastIndexOf(mark);
  return at < 0 ? null : [text.slice(0, at), text.slice(at + 1)];
}

function combine([high, low]: [string, string], unit: number): number | null {
  const upper = readWhole(high);
  if (upper === null || upper === 0) return null;
  if (low === "") return upper * unit;
  const lower = readWhole(low);
  if (lower === null || lower === 0 || lower >= unit) return null;
  // 一万二 is said for 12000 and read as 10002: only 一万零二 is certain.
  const closed = low.startsWith("零") || low.startsWith("〇");
  if (closed !== lower * 10 < unit) return null;
  return upper * unit + lower;
}

/** Up to four digits with 千百十 in falling order; a skipped place needs its 零, except that a lone ten may open with 十. */
function readSection(text: string): number | null {
  const characters = Array.from(text);
  let [sum, last, zero] = [0, 4, false];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    const opensWithTen = at === 0 && PLACES[character] === 1;
    const digit = opensWithTen ? 1 : DIGITS[character];
    if (digit === undefined) return null;
    if (digit === 0) {
      if (characters.length === 1) return 0;
      if (zero || at === characters.length - 1) return null;
      zero = true;
      continue;
    }
    const place = PLACES[opensWithTen ? character : (characters[at + 1] ?? "")] ?? 0;
    if (place >= last || (character === "两" && (place === 1 || (place === 0 && sum > 0)))) return null;
    // 一百二: is it 102 or 120? Skipping a place without 零 is not read.
    if (sum > 0 && (place < last - 1) !== zero) return null;
    sum += digit * 10 ** place;
    [last, zero] = [place, false];
    if (place > 0 && !opensWithTen) at++;
  }
  return characters.length === 0 ? null : sum;
}
