// Remarks that say one thing of many places -> the first few of them, and how many more there are.
import type { InputRemark } from "../model.ts";

type Told = Pick<InputRemark, "code" | "at">;

export interface Few<R> { shown: R[]; more: { file: string; count: number }[] }

const ENOUGH = 5;

/** Of each kind of remark about each file the first few, in the order given: a file with fifty thousand short rows has one mistake. */
export function fewOfEach<R extends Told>(remarks: readonly R[], all = false): Few<R> {
  if (all) return { shown: [...remarks], more: [] };
  const counts = new Map<string, { file: string; count: number }>();
  const shown = remarks.filter((remark) => {
    const file = remark.at?.file ?? "";
    const key = JSON.stringify([remark.code, file]);
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { file, count });
    return count <= ENOUGH;
  });
  return { shown, more: [...counts.values()].filter(({ count }) => count > ENOUGH).map(({ file, count }) => ({ file, count: count - ENOUGH })) };
}
