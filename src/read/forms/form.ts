// One official form while it is being read: its data, where each value stood, and what was remarked on the way.
import type { BasicData, Fund, Indicator, InputRemark, MoneyUnit, Place, Statement, Table } from "../../model.ts";
import type { Header } from "./header.ts";
import type { FormWords } from "./words.ts";

export type FormKind = "department" | "project" | "basic";

/** A value that stands in the form: the text as shown, and where. */
export interface Shown { text: string; place: Place }

export interface Form {
  kind: FormKind | null;
  /** What to call it in remarks: its name, else its sheet, else its title. */
  title: string | null;
  table: Table & { funds: Fund[]; indicators: Indicator[] };
  basic: BasicData;
  year: Shown | null;
  department: Shown | null;
  departmentCode: Shown | null;
  moneyUnit: (Shown & { unit: MoneyUnit }) | null;
  /** Columns of the part that is being read, kept over page breaks. */
  head: Header | null;
  /** The row of the total funds, once seen. */
  totalFund: Fund | null;
  /** A row of the indicators that states weight and score of the execution. */
  executionRow: Indicator | null;
  /** Points that stand beside the words 预算执行. */
  executionPoints: Shown | null;
  level1: Shown | null;
  level2: Shown | null;
  started: boolean;
  totalSeen: boolean;
  fillers: number;
  unusedRows: Shown[];
}

/** What the readers of parts work with. */
export interface Reading {
  file: string;
  words: FormWords;
  remarks: InputRemark[];
  statements: Statement[];
  /** Object of the submission → property → place. */
  stood: WeakMap<object, Map<string, Place>>;
  /** Remarks already made, by code and subject. */
  said: Set<string>;
}

export function newForm(): Form {
  return {
    kind: null, title: null, table: { kind: "project", funds: [], indicators: [] }, basic: {}, year: null, department: null, departmentCode: null, moneyUnit: null,
    head: null, totalFund: null, executionRow: null, executionPoints: null, level1: null, level2: null, started: false, totalSeen: false, fillers: 0, unusedRows: [],
  };
}

/** Writes a value into the submission and keeps its place. */
export function put<T extends object, K extends keyof T & string>(reading: Reading, target: T, key: K, value: T[K], place: Place | null): void {
  target[key] = value;
  if (place === null) return;
  const places = reading.stood.get(target) ?? new Map<string, Place>();
  places.set(key, place);
  reading.stood.set(target, places);
}

/** Makes one remark per code and subject. */
export function say(reading: Reading, kind: InputRemark["kind"], code: string, values: Record<string, string>, at: Place | null): void {
  const subject = `${kind} ${code} ${JSON.stringify(values)}`;
  if (reading.said.has(subject)) return;
  reading.said.add(subject);
  reading.remarks.push({ kind, code, values: { file: reading.file, ...values }, at: at ?? { file: reading.file } });
}

/** What remarks call the form. */
export function titleOf(form: Form): string {
  return form.table.name ?? form.title ?? "";
}
