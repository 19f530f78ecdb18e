// A submission as read → its tables as text, each row with the place where it stood: for a person to look at before trusting it.
import type { Locale } from "../locale.ts";
import { hasWord, word } from "../locale.ts";
import type { InputRemark, Place, ReadSubmission } from "../model.ts";
import { placesText } from "./place.ts";
import { layoutTable } from "./table-layout.ts";
import { measureFor, plain, wrap } from "./text-layout.ts";

/** Everything that was read, in the submission's own order; below it what was inferred or left aside. */
export function extractText({ submission, remarks, place }: ReadSubmission, locale: Locale, width: number): string {
  const show: Show = { locale, width, place };
  const { tables, basicData, statements, ...head } = submission;
  const parts = [
    ...part(show, submission.department?.name ?? word(locale, "forms", "show.submission"), [["", { year: head.year, moneyUnit: head.moneyUnit, ...head.department }]]),
    ...tables.flatMap((table, index) => {
      const { funds = [], goals = [], indicators = [], byNature = {}, total, levelWeights, kind, ...own } = table;
      const at = `/tables/${index}`;
      const title = `${word(locale, "names", kind === "department" ? "departmentTable" : "project")} ${table.name ?? ""}`.trim();
      return [...part(show, title, [[at, own]]), ...rowsPart(show, `${at}/funds`, funds), ...(Object.entries(byNature) as [string, object][]).flatMap(([side, amounts]) => rowsPart(show, `${at}/byNature`, [amounts], [side])),
        ...rowsPart(show, `${at}/goals`, goals), ...(levelWeights === undefined ? [] : part(show, word(locale, "forms", "show.levelWeights"), [[`${at}/levelWeights`, levelWeights]])), ...rowsPart(show, `${at}/indicators`, indicators), ...(total === undefined ? [] : part(show, word(locale, "forms", "show.total"), [[`${at}/total`, total]]))];
    }),
    ...(basicData === undefined ? [] : [
      ...part(show, word(locale, "names", "basicData"), [["/basicData", { austerityMeasures: basicData.austerityMeasures, moneyUnit: basicData.moneyUnit }]]),
      ...(basicData.staff === undefined ? [] : rowsPart(show, "/basicData", [basicData.staff], ["staff"])),
      ...rowsPart(show, "/basicData/lines", basicData.lines ?? []),
      ...rowsPart(show, "/basicData/buildings", basicData.buildings ?? []),
    ]),
    ...(statements === undefined ? [] : [...part(show, word(locale, "names", "prose"), []), ...statements.flatMap((statement, index) => rowsPart(show, "/statements", [flat(statement)], [index]))]),
    ...remarkLines(show, remarks),
  ];
  return `${parts.join("\n").trim()}\n`;
}

interface Show { locale: Locale; width: number; place: ReadSubmission["place"] }

/** A heading, and a line for each value under it. */
function part(show: Show, title: string, objects: readonly (readonly [pointer: string, values: object])[]): string[] {
  const rows = objects.flatMap(([pointer, values]) => Object.entries(values as Record<string, string | undefined>)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [nameOf(show, key), plain(String(value)), placeOf(show, [pointer === "" ? topPointer(key) : `${pointer}/${escaped(key)}`])]));
  return ["", `■ ${plain(title)}`, ...layoutTable(rows, [{ align: "left" }, { align: "left", grow: true }, { align: "left", grow: true }], show.width - 2, measureFor(false)).map((line) => `  ${line}`)];
}

function topPointer(key: string): string {
  return key === "year" || key === "moneyUnit" ? `/${key}` : `/department/${key}`;
}

/** Objects of one kind as rows under the fields that any of them has; `keys` are their steps below the pointer, by default their index. */
function rowsPart(show: Show, pointer: string, objects: readonly object[], keys: readonly (string | number)[] = objects.map((_, index) => index)): string[] {
  if (objects.length === 0) return [];
  const fields = [...new Set(objects.flatMap((one) => Object.keys(one)))];
  const rows = objects.map((one, index) => {
    const values = one as Record<string, string | undefined>;
    const at = `${pointer}/${escaped(String(keys[index]))}`;
    const cells = fields.map((field) => valueText(show, field, values[field]));
    return [...cells, placeOf(show, fields.filter((field) => values[field] !== undefined).map((field) => `${at}/${escaped(field)}`))];
  });
  const head = [...fields.map((field) => nameOf(show, field)), word(show.locale, "forms", "show.place")];
  return ["", ...layoutTable([head, ...rows], head.map(() => ({ align: "left" as const, grow: true })), show.width - 2, measureFor(false)).map((line) => `  ${line}`)];
}

const NAMED = new Set(["source", "item", "kind"]);

/** A blank cell is shown as such; a cell that the form does not have is left empty. */
function valueText({ locale }: Show, field: string, value: string | undefined): string {
  if (value === undefined) return "";
  if (value === "") return word(locale, "forms", "show.blank");
  return plain(NAMED.has(field) && hasWord(locale, "names", value) ? word(locale, "names", value) : value);
}

function nameOf({ locale }: Show, field: string): string {
  if (hasWord(locale, "forms", `field.${field}`)) return word(locale, "forms", `field.${field}`);
  return hasWord(locale, "names", field) ? word(locale, "names", field) : field;
}

function placeOf({ locale, place }: Show, pointers: readonly string[]): string {
  const places = pointers.map((pointer) => place(pointer)).filter((one): one is Place => one !== null);
  return plain(placesText(places, locale));
}

const escaped = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** A statement's parts told in one cell. */
function flat(statement: object): object {
  return Object.fromEntries(Object.entries(statement).map(([key, value]) => [key, Array.isArray(value) ? value.map((one) => Object.values(one as object).join(" ")).join("；") : (value as unknown)]));
}

function remarkLines(show: Show, remarks: readonly InputRemark[]): string[] {
  if (remarks.length === 0) return [];
  const lines = remarks.flatMap((remark) => {
    const message = word(show.locale, "input", remark.code, remark.values);
    const at = remark.at === null || message.includes(remark.at.file) ? "" : word(show.locale, "interface", "remark.at", { place: placesText([remark.at], show.locale) });
    return wrap(plain(`${word(show.locale, "interface", `remark.${remark.kind}`)}${message}${at}`), show.width - 4, measureFor(false)).map((line, index) => `${index === 0 ? "  " : "    "}${line}`);
  });
  return ["", `■ ${word(show.locale, "forms", "show.remarks")}`, ...lines];
}
