// Where values stood -> SARIF's locations: a file by a relative URI, a line (or a sheet's row and column), and the place in words.
import { word, type Locale } from "../locale.ts";
import type { Place, Report } from "../model.ts";
import { placeText } from "./place.ts";

/** The files of a run: their places in its list, and the one that stands in for a finding about what is not there. */
export interface Artifacts { index: ReadonlyMap<string, number>; first: string | null }

export function artifactsOf({ input }: Report): Artifacts {
  const names = [...input.files, ...(input.prior ?? [])].map(({ name }) => name);
  return { index: new Map(names.map((name, at) => [name, at])), first: names[0] ?? null };
}

/**
 * One location a place, none twice. A finding about something that is missing has no place of its own: it is shown at the first file,
 * because consumers drop results without one. `name` is what the finding is about.
 */
export function locationsOf(places: readonly Place[], name: string, artifacts: Artifacts, locale: Locale): object[] {
  const standing = places.length > 0 || artifacts.first === null ? places : [{ file: artifacts.first }];
  const found = new Map(standing.map((place) => {
    const location = locationOf(place, name, artifacts, locale);
    return [JSON.stringify(location), location] as const;
  }));
  return [...found.values()];
}

/** A file name as a relative URI reference: every step percent-encoded, in UTF-8. */
export function uriOf(name: string): string {
  const uri = name.split("/").map((step) => encodeURIComponent(step.replace(LONE, "\u{FFFD}"))).join("/");
  return uri.startsWith("/") ? `.${uri}` : uri;
}

/** Halves of surrogate pairs, which no UTF-8 has. */
const LONE = /[\uD800-\uDFFF]/gu;

function locationOf(place: Place, name: string, { index }: Artifacts, locale: Locale): object {
  const at = index.get(place.file);
  const spot = spotOf(place, locale);
  const logical = { ...(name === "" ? {} : { name }), ...(spot === "" ? {} : { fullyQualifiedName: spot }) };
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(place.file), ...(at === undefined ? {} : { index: at }) }, region: regionOf(place) },
    ...(Object.keys(logical).length === 0 ? {} : { logicalLocations: [logical] }),
    message: { text: placeText(place, locale) },
  };
}

/** `法律援助!H9`, `第 2 页 第 3 行`, `得分`, `/tables/1/total/score`. */
function spotOf({ sheet, cell, page, row, column, pointer }: Place, locale: Locale): string {
  if (cell !== undefined) return [sheet, cell].filter((part) => part !== undefined).join("!");
  const words = [page === undefined ? "" : word(locale, "interface", "place.page", { page }), row === undefined ? "" : word(locale, "interface", "place.row", { row }), column ?? ""];
  const text = words.map((part) => part.trim()).filter((part) => part !== "").join(" ");
  return [sheet, text === "" ? pointer : text].filter((part) => part !== undefined).join("!");
}

/** Line 1 where a format has no lines: consumers refuse a region without one. A sheet's cell is its row and column. */
function regionOf({ line, row, cell }: Place): { startLine: number; startColumn?: number } {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})/.exec(cell ?? "") ?? [];
  if (letters !== undefined && digits !== undefined && Number(digits) > 0) return { startLine: Number(digits), startColumn: columnOf(letters) };
  const start = line ?? row ?? 1;
  return { startLine: Number.isSafeInteger(start) && start > 0 ? start : 1 };
}

/** `A` 1, `Z` 26, `AA` 27. */
const columnOf = (letters: string): number => Array.from(letters, (letter) => letter.charCodeAt(0) - 64).reduce((sum, digit) => sum * 26 + digit, 0);
