// Where values stood -> the words a person finds them by: `自评表.xlsx「法律援助」H9、I9`.
import type { Locale } from "../locale.ts";
import { word } from "../word.ts";
import type { Place } from "../model.ts";

/** All places, none left out, those of one file (and sheet, row or page) told together. Empty text where there is none. */
export function placesText(places: readonly Place[], locale: Locale): string {
  return group(places, (place) => `${place.file}\u0000${place.sheet ?? ""}`)
    .map(([first, same]) => standing(first, same, locale))
    .join(word(locale, "interface", "place.between"));
}

/** One place: `项目自评.csv 第 14 行「得分」`. */
export function placeText(place: Place, locale: Locale): string {
  return placesText([place], locale);
}

/** A file's name; standard input has none. */
export function fileText(name: string, locale: Locale): string {
  return name === "-" ? word(locale, "interface", "place.stdin") : name;
}

function standing(first: Place, places: readonly Place[], locale: Locale): string {
  const sheet = first.sheet === undefined ? "" : word(locale, "interface", "place.sheet", { sheet: first.sheet });
  const spots = unique(spotTexts(places, locale));
  const file = fileText(first.file, locale);
  if (spots.length === 0) return file + sheet;
  const text = spots.join(word(locale, "interface", "place.and"));
  return sheet === "" ? `${file} ${text}` : `${file}${sheet}${locale.lang === "zh" ? "" : " "}${text}`;
}

function spotTexts(places: readonly Place[], locale: Locale): string[] {
  const lines = places.filter((place) => place.cell === undefined && place.row === undefined && place.line !== undefined);
  const rest = places.filter((place) => !lines.includes(place));
  const spots = group(rest, (place) => JSON.stringify([place.page, place.cell, place.row])).map(([first, same]) => spotText(first, same, locale));
  if (lines.length === 0) return spots.filter((text) => text !== "");
  const columns = unique(lines.flatMap((place) => place.column ?? []));
  const text = word(locale, "interface", "place.line", { line: ranges(lines.flatMap((place) => place.line ?? [])) });
  return [text + columns.map((column) => word(locale, "interface", "place.column", { column })).join(""), ...spots].filter((spot) => spot !== "");
}

function spotText(first: Place, same: readonly Place[], locale: Locale): string {
  const page = first.page === undefined ? "" : word(locale, "interface", "place.page", { page: first.page });
  if (first.cell !== undefined) return page + first.cell;
  const columns = unique(same.flatMap((place) => place.column ?? [])).map((column) => word(locale, "interface", "place.column", { column })).join("");
  if (first.row !== undefined) return page + word(locale, "interface", "place.row", { row: first.row }) + columns;
  if (page + columns !== "") return page + columns;
  return unique(same.flatMap((place) => place.pointer ?? [])).join(word(locale, "interface", "place.and"));
}

/** 3, 4, 5, 9 -> `3–5, 9`. */
function ranges(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const found: [number, number][] = [];
  for (const n of sorted) {
    const last = found.at(-1);
    if (last !== undefined && n === last[1] + 1) last[1] = n;
    else found.push([n, n]);
  }
  return found.map(([from, to]) => (from === to ? String(from) : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`)).join(", ");
}

function group(places: readonly Place[], key: (place: Place) => string): [Place, Place[]][] {
  const groups = new Map<string, [Place, Place[]]>();
  for (const place of places) {
    const known = groups.get(key(place));
    if (known === undefined) groups.set(key(place), [place, [place]]);
    else known[1].push(place);
  }
  return [...groups.values()];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
