// The findings of a report -> the cells of the form that they are about.
import type { Finding, Report } from "../model.ts";
import { PARTS, partOf, type Part } from "../write/select.ts";

export interface Marks {
  /** Findings by the pointer of the one cell that each is shown at. */
  at: ReadonlyMap<string, readonly Finding[]>;
  /** Findings about a sheet as a whole, by the sheet's pointer. */
  whole: ReadonlyMap<string, readonly Finding[]>;
  /** Findings by every cell that took part. */
  near: ReadonlyMap<string, readonly Finding[]>;
}

/** A finding may compare its row with a second one and still be about the first; what takes more together is about the sheet. */
const FEW = 2;

/** The first place of a finding is the value that is wrong, the others are what it was held against. */
export function marksOf(report: Report | null): Marks {
  const [at, whole, near] = [new Map<string, Finding[]>(), new Map<string, Finding[]>(), new Map<string, Finding[]>()];
  for (const finding of report?.findings ?? []) {
    const pointers = pointersOf(finding);
    for (const pointer of new Set(pointers)) add(near, pointer, finding);
    const [first] = pointers;
    if (first === undefined) continue;
    if (new Set(pointers.map(rowOf)).size > FEW && first.startsWith("/tables/")) add(whole, sheetOf(first), finding);
    else add(at, first, finding);
  }
  return { at, whole, near };
}

export function pointersOf({ at }: Pick<Finding, "at">): string[] {
  return at.flatMap(({ pointer }) => pointer ?? []);
}

/** `/tables/2/indicators/0/score` -> `/tables/2`; the head of the form is the empty pointer. */
export function sheetOf(pointer: string): string {
  const [, first = "", second = ""] = pointer.split("/");
  if (first === "tables") return `/tables/${second}`;
  return first === "basicData" || first === "statements" ? `/${first}` : "";
}

/** The gravest of some findings. */
export function gravest(findings: readonly Finding[] | undefined): Part | null {
  const parts = (findings ?? []).map(partOf);
  return PARTS.find((part) => parts.includes(part)) ?? null;
}

export const isOpen = ({ outcome }: Finding): boolean => outcome !== "explained" && outcome !== "waived";

function rowOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

function add(map: Map<string, Finding[]>, key: string, finding: Finding): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [finding]);
  else known.push(finding);
}
