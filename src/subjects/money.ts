// An amount in one unit of money -> the same amount in another: for figures of tables that print 元 beside tables that print 万元.
import { round, times } from "../decimal.ts";
import { known, numberOf } from "../fact.ts";
import type { Fact, MoneyUnit } from "../model.ts";
import { MONEY_UNITS } from "../normalize/amounts.ts";

/** More decimals than 元 printed with 角 and 分 have in 亿元. */
const PLACES = 12;

/** The fact in `to` instead of `from`; as it is where the two are one or it holds no number. */
export function inUnit(fact: Fact, from: MoneyUnit, to: MoneyUnit): Fact {
  const value = numberOf(fact);
  if (from === to || value === null) return fact;
  return known(round(times(value, MONEY_UNITS[from]).dividedBy(MONEY_UNITS[to]), PLACES), fact.at);
}
