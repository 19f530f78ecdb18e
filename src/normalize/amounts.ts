// Cells of money, rates and points -> exact numbers, or why there is none.
import { compare, decimal, dividedBy, equals, ONE, times, toText, type Decimal } from "../decimal.ts";
import type { MoneyUnit, Quantity } from "../model.ts";
import { readQuantity, type ReadingNote } from "./quantity.ts";
import type { QuantityWords } from "./words.ts";

/** `decimals`: as printed, in the unit of `value`: half a unit of the last one is what a sum may be off by. */
export type ReadNumber =
  | { state: "known"; value: Decimal; decimals: number; notes: ReadingNote[] }
  | { state: "blank"; notes: ReadingNote[] }
  | { state: "unreadable"; text: string; notes: ReadingNote[] };

/** `percent`: a percent sign was printed; `0.8254` without one stays 0.8254 and says so. */
export type ReadRate = (ReadNumber & { state: "known"; percent: boolean }) | Exclude<ReadNumber, { state: "known" }>;

/** How many 元 one of it is. */
export const MONEY_UNITS: Readonly<Record<MoneyUnit, Decimal>> = {
  元: ONE, 千元: decimal(1_000), 万元: decimal(10_000), 亿元: decimal(100_000_000),
};

const TEN = decimal(10);
const TENTH = decimal("0.1");

/** An amount in `moneyUnit`: `2.6亿元` in a form in 万元 is 26000. A comparison, a percentage or another unit is unreadable. */
export function readMoney(cell: string, moneyUnit: MoneyUnit, words: QuantityWords): ReadNumber {
  const sign = cell.length <= 400 && !/^\d/.test(cell) ? /^\s*[¥￥]/u.exec(cell) : null;
  const { reading, notes } = readQuantity(sign === null ? cell : cell.slice(sign[0].length), words);
  if (reading.kind === "blank") return { state: "blank", notes };
  if (reading.kind !== "quantity" || reading.comparison !== null) return { state: "unreadable", text: cell, notes };
  if (reading.unit !== null && reading.unit.kind !== "money") return { state: "unreadable", text: cell, notes };
  const own = reading.unit !== null || (reading.value !== reading.number && !equals(reading.value, reading.number));
  const all = sign === null ? notes : [...notes, { code: "currency-sign", values: { text: cell, read: toText(reading.value) } }];
  if (!own) return { state: "known", value: reading.value, decimals: reading.decimals, notes: all };
  const value = dividedBy(reading.value, MONEY_UNITS[moneyUnit]) ?? reading.value;
  return { state: "known", value, decimals: Math.max(0, reading.decimals + placesBetween(reading, moneyUnit)), notes: all };
}

/** A rate in percent: `82.54%`, `百分之八十`. */
export function readRate(cell: string, words: QuantityWords): ReadRate {
  const { reading, notes } = readQuantity(cell, words);
  if (reading.kind === "blank") return { state: "blank", notes };
  const plain = reading.kind === "quantity" && reading.comparison === null && (reading.unit === null || reading.unit.kind === "percent");
  if (!plain) return { state: "unreadable", text: cell, notes };
  return { state: "known", value: reading.value, decimals: reading.decimals, percent: reading.unit !== null, notes };
}

/** Points: `10`, `9.6`, `10分`. */
export function readPoints(cell: string, words: QuantityWords): ReadNumber {
  const { reading, notes } = readQuantity(cell, words);
  if (reading.kind === "blank") return { state: "blank", notes };
  const plain = reading.kind === "quantity" && reading.comparison === null && (reading.unit === null || reading.unit.name === "分");
  if (!plain) return { state: "unreadable", text: cell, notes };
  return { state: "known", value: reading.value, decimals: reading.decimals, notes };
}

/** How many more decimals an amount has in `moneyUnit` than in its own unit: 4 from 元 to 万元. */
function placesBetween({ number, value, unit }: Quantity, moneyUnit: MoneyUnit): number {
  const target = MONEY_UNITS[moneyUnit];
  let [places, scale] = [0, unit?.scale ?? dividedBy(value, number) ?? ONE];
  while (compare(scale, target) < 0) [places, scale] = [places + 1, times(scale, TEN)];
  while (compare(scale, target) > 0) [places, scale] = [places - 1, times(scale, TENTH)];
  return places;
}
