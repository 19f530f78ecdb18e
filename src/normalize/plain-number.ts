// A cell of bare digits -> its number: most cells are nothing else, and need not be taken apart.
import type { Comparison } from "../model.ts";
import { exactFrom, type Decimal } from "../decimal.ts";

export interface PlainNumber { number: Decimal; decimals: number; percent: boolean; comparison: Comparison | null }

/** More digits go the long way. */
const MOST_DIGITS = 15;
const MOST_DECIMALS = 10;

/** `12`, `12.50`, `85%`, and with a sign of `signs` before it `≥85%`; null for anything else. */
export function plainNumber(cell: string, signs: ReadonlyMap<number, Comparison> | null): PlainNumber | null {
  const { length } = cell;
  let at = 0;
  let comparison: Comparison | null = null;
  if (signs !== null && length > 1 && !isDigit(cell.charCodeAt(0))) {
    const sign = signs.get(cell.charCodeAt(0));
    if (sign === undefined) return null;
    comparison = sign;
    at = 1;
  }
  const from = at;
  let units = 0;
  for (; at < length && isDigit(cell.charCodeAt(at)); at++) units = units * 10 + cell.charCodeAt(at) - ZERO_CODE;
  let digits = at - from;
  if (digits === 0 || digits > MOST_DIGITS) return null;
  let decimals = 0;
  if (at + 1 < length && cell.charCodeAt(at) === POINT) {
    const point = at++;
    for (; at < length && isDigit(cell.charCodeAt(at)); at++) units = units * 10 + cell.charCodeAt(at) - ZERO_CODE;
    decimals = at - point - 1;
    digits += decimals;
    if (decimals === 0 || decimals > MOST_DECIMALS || digits > MOST_DIGITS) return null;
  }
  const percent = at + 1 === length && cell.charCodeAt(at) === PERCENT;
  return percent || at === length ? { number: exactFrom(units, decimals), decimals, percent, comparison } : null;
}

const [ZERO_CODE, NINE_CODE, POINT, PERCENT] = [0x30, 0x39, 0x2e, 0x25];

const isDigit = (code: number): boolean => code >= ZERO_CODE && code <= NINE_CODE;
