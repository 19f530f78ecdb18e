// A cell of a form -> the number in it, as one reads it who writes a check by hand: a sign, digits, perhaps %.
import { Decimal } from "decimal.js";

export interface Cell { sign: string; number: Decimal; places: number }

/** Undefined where it holds anything but one number. */
export function cellOf(text: string | undefined): Cell | undefined {
  const [, sign = "", digits] = /^\s*([≥≤><=]?)\s*(-?\d+(?:\.\d+)?)\s*%?\s*$/.exec((text ?? "").replaceAll(",", "")) ?? [];
  return digits === undefined ? undefined : { sign, number: new Decimal(digits), places: digits.split(".")[1]?.length ?? 0 };
}

export const numberIn = (text: string | undefined): Decimal | undefined => cellOf(text)?.number;

/** A true figure is printed right when rounding it to the printed places gives what is printed. */
export const printsAs = (printed: Cell | undefined, truth: Decimal | undefined): boolean =>
  printed !== undefined && truth !== undefined && printed.number.eq(truth.toDecimalPlaces(printed.places, Decimal.ROUND_HALF_UP));
