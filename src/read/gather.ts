// Fragments from all files -> groups of one department and year each, in the order of first appearance.
import type { InputFile, InputRemark } from "../model.ts";
import type { Fragment, Places } from "./format.ts";
import { note, placeAt } from "./place.ts";
import { remark } from "./remark.ts";
import { plain } from "./words.ts";

export interface Sourced { fragment: Fragment; file: InputFile; remarks: readonly InputRemark[] }
type Group = [Sourced, ...Sourced[]];

/**
 * Fragments that name the same department and year belong together. A loose one (a CSV, a form) that lacks either takes it from the
 * one submission of its folder that fits, else from the one of the whole call, and that is remarked; where there is none or are
 * several, loose ones of one folder that lack the same keep together.
 */
export function gathered(sourced: readonly Sourced[], places: Places): Group[] {
  const groups = new Map<string, Group>();
  const whole = sourced.filter((one) => isWhole(one) || one.fragment.loose !== true);
  const add = (key: string, one: Sourced): void => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  };
  sourced.forEach((one, index) => {
    const home = whole.includes(one) ? one : homeOf(one, whole.filter(isWhole));
    if (home !== null && home !== one) borrow(one, home, places);
    if (isWhole(one) || home !== one) add(isWhole(home ?? one) ? keyOf(home ?? one) : `${folderOf(one)}\n${keyOf(one)}`, one);
    else add(`alone ${index}`, one);
  });
  return [...groups.values()];
}

const yearOf = ({ fragment }: Sourced): string => fragment.submission.year ?? "";
const nameOf = ({ fragment }: Sourced): string => plain(fragment.submission.department?.name ?? "");
const isWhole = (one: Sourced): boolean => yearOf(one) !== "" && nameOf(one) !== "";
const keyOf = (one: Sourced): string => `${yearOf(one)}\n${nameOf(one)}`;
const folderOf = ({ file }: Sourced): string => file.name.slice(0, file.name.lastIndexOf("/") + 1);

function homeOf(one: Sourced, whole: readonly Sourced[]): Sourced | null {
  const fits = (own: string, other: string): boolean => own === "" || own === other;
  const fitting = whole.filter((other) => fits(yearOf(one), yearOf(other)) && fits(nameOf(one), nameOf(other)));
  const near = fitting.filter((other) => folderOf(other) === folderOf(one));
  return theOnly(near) ?? theOnly(fitting);
}

function theOnly(candidates: readonly Sourced[]): Sourced | null {
  const [first] = candidates;
  return first !== undefined && candidates.every((other) => keyOf(other) === keyOf(first)) ? first : null;
}

/** Writes down where year and department come from. */
function borrow(one: Sourced, home: Sourced, places: Places): void {
  const { submission, remarks } = one.fragment;
  const from = home.fragment.submission;
  const values = { department: from.department?.name ?? "", year: from.year ?? "", from: home.file.name };
  remarks.push({ ...remark("inferred", "department-from-other", { file: one.file.name }, values), at: { file: one.file.name } });
  if (yearOf(one) === "" && from.year !== undefined) {
    submission.year = from.year;
    note(places, submission, "year", placeAt(from, "/year", places));
  }
  if (nameOf(one) === "" && from.department?.name !== undefined) {
    const department = (submission.department ??= {});
    department.name = from.department.name;
    note(places, department, "name", placeAt(from, "/department/name", places));
  }
}
