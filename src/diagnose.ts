// A wrong number and the right one -> how it came about, where that can be shown. Silent rather than wrong.
import { absolute, equals, HUNDRED, isZero, minus, plus, round, times, toFixedText, truncate, decimal, type Decimal } from "./decimal.ts";
import { numberOf } from "./fact.ts";
import type { Fact } from "./model.ts";

/** What a diagnosis looks at: the printed number with its decimals, the true one, and the other facts of the subject. */
export interface Wrong { printed: Decimal; decimals: number; true: Decimal; get: (name: string) => Fact }

type Diagnosis = (wrong: Wrong) => boolean;

/** The first of the named diagnoses, in the order named, that reproduces the printed number; null where none does. */
export function diagnose(names: readonly string[], wrong: Wrong): string | null {
  // A rounding of the true number is wrong only as full marks for a target that was missed: 5 of 5 where 4.84 is due.
  const told = isPrintedAs(wrong.true, wrong) ? names.filter((name) => name === "full-marks") : names;
  return told.find((name) => diagnoses[name]?.(wrong) === true) ?? null;
}

/** Every diagnosis by name. A rule names those that make sense for its number. */
export const diagnoses: Readonly<Record<string, Diagnosis>> = {
  /** Decimals cut off instead of rounded: 82.54 -> 82.00, 13.287 -> 13.28. */
  truncated: (wrong) => isTruncation(wrong.true, wrong) && !placesUpTo(wrong.decimals).some((places) => equals(round(wrong.true, places), wrong.printed)),
  /** Rounded to whole units though decimals are printed: 82.54 -> 83.00. */
  "rounded-to-integer": (wrong) => wrong.decimals > 0 && equals(round(wrong.true, 0), wrong.printed),
  /** Rounded to one decimal though two are printed: 82.54 -> 82.50. */
  "rounded-to-one-decimal": (wrong) => wrong.decimals > 1 && equals(round(wrong.true, 1), wrong.printed),
  /** Divided by the initial budget instead of the adjusted one. */
  "initial-budget-base": (wrong) => onInitialBudget(wrong).some((value) => tells(value, wrong) || isTruncation(value, wrong)),
  /** A fraction with a percent sign: 0.83% for 82.54%. */
  "percent-as-fraction": (wrong) => tells(wrong.true.dividedBy(HUNDRED), wrong),
  /** 元 for 万元 or the other way round. */
  "unit-10000": (wrong) => [times(wrong.true, decimal(10_000)), wrong.true.dividedBy(decimal(10_000))].some((value) => tells(value, wrong)),
  /** Two neighbouring digits swapped: 98.52 for 98.25. */
  "digits-swapped": (wrong) => !isShifted(wrong) && swaps(toFixedText(round(wrong.true, wrong.decimals), wrong.decimals)).includes(toFixedText(wrong.printed, wrong.decimals)),
  /** The decimal point one or two places off: 82.5 for 8.25. */
  "point-shifted": (wrong) => isShifted(wrong),
  /** The shortfall taken off twice: weight − 2 × (weight − due). */
  "double-deduction": (wrong) => {
    const weight = numberOf(wrong.get("weight"));
    return weight !== null && tells(minus(weight, times(minus(weight, wrong.true), decimal(2))), wrong);
  },
  /** Weighted a second time: due × weight ÷ 100. */
  "weighted-twice": (wrong) => {
    const weight = numberOf(wrong.get("weight"));
    return weight !== null && tells(times(wrong.true, weight).dividedBy(HUNDRED), wrong);
  },
  /** The score follows from the printed rate, which is itself wrong. */
  "from-printed-rate": (wrong) => {
    const [weight, rate, trueRate] = ["weight", "rate", "trueRate"].map((name) => numberOf(wrong.get(name)));
    const printed = wrong.get("rate");
    if (weight == null || rate == null || printed.state !== "known") return false;
    const right = trueRate != null && equals(round(trueRate, printed.decimals ?? 2), rate);
    return !right && isPrintedAs(times(weight, rate).dividedBy(HUNDRED), wrong);
  },
  /** Full marks although the target was missed. */
  "full-marks": (wrong) => {
    const weight = numberOf(wrong.get("weight"));
    return weight !== null && equals(weight, wrong.printed);
  },
  /** One part left out of the sum, or counted twice. */
  "part-omitted": (wrong) => !isZero(wrong.printed) && partsOf(wrong).some((part) => !isZero(part) && equals(minus(wrong.true, part), wrong.printed)),
  "part-twice": (wrong) => partsOf(wrong).some((part) => !isZero(part) && equals(plus(wrong.true, part), wrong.printed)),
  /** The fraction turned over: budget ÷ executed. */
  inverted: (wrong) => !isZero(wrong.true) && tells(times(HUNDRED, HUNDRED).dividedBy(wrong.true), wrong),
  /** What was left instead of what was spent: 17.46% for 82.54%. */
  complement: (wrong) => tells(minus(HUNDRED, wrong.true), wrong),
};

const placesUpTo = (decimals: number): number[] => Array.from({ length: decimals + 1 }, (_, places) => decimals - places);

const isPrintedAs = (value: Decimal, { printed, decimals }: Wrong): boolean => equals(round(value, decimals), printed);

/** Cut off to as many decimals as are printed or to fewer. A single digit would show nothing. */
const isTruncation = (value: Decimal, wrong: Wrong): boolean => digitsOf(wrong) > 1 && placesUpTo(wrong.decimals).some((places) => equals(truncate(value, places), wrong.printed));

/** Printed as the value with digits enough that it can hardly be chance: a rounded number tells with two decimals or three digits, an exact one always. */
function tells(value: Decimal, wrong: Wrong): boolean {
  if (isZero(wrong.printed) || !isPrintedAs(value, wrong)) return false;
  return equals(value, wrong.printed) || (digitsOf(wrong) > 1 && (wrong.decimals > 1 || digitsOf(wrong) > 2));
}

/** Digits as printed, without leading zeros: 4 of 82.00, 1 of 0.08. */
const digitsOf = ({ printed, decimals }: Wrong): number => toFixedText(printed, decimals).replace(/\D/g, "").replace(/^0+/, "").length;

const isShifted = (wrong: Wrong): boolean => [decimal(10), HUNDRED].some((by) => tells(times(wrong.true, by), wrong) || tells(wrong.true.dividedBy(by), wrong));

/** What the true number would be on the initial budget: a rate, a saving (of either budget), a share of the weight. */
function onInitialBudget({ get, true: right }: Wrong): Decimal[] {
  const [executed, adjusted, initial, weight] = ["executed", "adjustedBudget", "initialBudget", "weight"].map((name) => numberOf(get(name)));
  if (executed == null || initial == null || adjusted == null || isZero(initial) || isZero(adjusted) || equals(adjusted, initial)) return [];
  const percent = (part: Decimal, whole: Decimal): Decimal => times(part, HUNDRED).dividedBy(whole);
  const isRight = (value: Decimal): boolean => equals(round(value, 2), round(right, 2));
  const saved = minus(adjusted, executed);
  return [
    ...(isRight(percent(executed, adjusted)) ? [percent(executed, initial)] : []),
    ...(isRight(percent(saved, adjusted)) ? [percent(saved, initial), percent(absolute(minus(initial, executed)), initial)] : []),
    ...(weight != null && isRight(times(weight, executed).dividedBy(adjusted)) ? [times(weight, executed).dividedBy(initial)] : []),
  ];
}

function swaps(text: string): string[] {
  const digits = Array.from(text);
  return digits.flatMap((digit, at) => {
    const next = text[at + 1] === "." ? at + 2 : at + 1;
    const other = digits[next];
    if (digit === "." || other === undefined || other === digit) return [];
    const swapped = [...digits];
    swapped[at] = other;
    swapped[next] = digit;
    return [swapped.join("")];
  });
}

function partsOf({ get }: Wrong): readonly Decimal[] {
  const fact = get("parts");
  return fact.state === "known" && Array.isArray(fact.value) ? (fact.value as Decimal[]) : [];
}
