// A finding, or several that say one thing of many rows -> lines: what, where, why, what to do.
import type { Finding } from "../model.ts";
import { basisText, explanationText, messageText, subjectText } from "./finding-text.ts";
import { placesText } from "./place.ts";
import type { Part } from "./select.ts";
import { PARTS } from "./select.ts";
import type { Screen } from "./terminal.ts";
import { padEnd, plain, spread, wrap } from "./text-layout.ts";

/** The finding's lines; of a group the title and the remedy once, and every row with its place. */
export function findingLines(part: Part, group: readonly Finding[], screen: Screen): string[] {
  const first = group[0];
  if (first === undefined) return [];
  const several = group.length > 1;
  const title = several ? screen.label("finding.several", { title: first.title, count: group.length }) : first.title;
  const body = several ? groupBody(group, screen) : singleBody(first, screen);
  return [...titleLines(part, first, title, screen), ...body];
}

function titleLines(part: Part, finding: Finding, title: string, screen: Screen): string[] {
  const { paint, measure, label } = screen;
  const name = padEnd(label(finding.outcome === "error" ? "part.error" : `part.${part}`), Math.max(...PARTS.map((other) => measure(label(`part.${other}`)))), measure) + "  ";
  const indent = measure(name);
  const lines = spread(plain(title), finding.rule, screen.width - indent, measure, { left: paint.bold, right: paint.faint });
  return lines.map((line, i) => (i === 0 ? paint.part(part, name) : " ".repeat(indent)) + line);
}

function singleBody(finding: Finding, screen: Screen): string[] {
  const { label } = screen;
  const lines = [
    ...body(subjectText(finding), screen),
    ...body(messageText(finding, screen.locale), screen),
    ...body(explanationText(finding, screen.locale), screen),
    ...body(finding.remedy === "" ? "" : label("finding.remedy", { remedy: finding.remedy }), screen),
  ];
  return [...lines, ...sourceLines(basisOf(finding, screen), placesText(finding.at, screen.locale), screen)];
}

function groupBody(group: readonly Finding[], screen: Screen): string[] {
  const { label } = screen;
  const first = group[0];
  if (first === undefined) return [];
  const message = messageText(first, screen.locale);
  const same = group.every((finding) => messageText(finding, screen.locale) === message);
  const rows = group.flatMap((finding) => {
    const place = placesText(finding.at, screen.locale);
    return [...rowLines(plain(`· ${subjectText(finding)}`), place === "" ? "" : plain(label("finding.inBrackets", { place })), screen), ...(same ? [] : indented(plain(messageText(finding, screen.locale)), 4, screen))];
  });
  return [
    ...(same ? body(message, screen) : []),
    ...rows,
    ...body(first.remedy === "" ? "" : label("finding.remedy", { remedy: first.remedy }), screen),
    ...sourceLines(basisOf(first, screen), "", screen),
  ];
}

/** Basis and places: on one line where they fit on it. */
function sourceLines(basis: string, places: string, screen: Screen): string[] {
  const where = places === "" ? "" : screen.label("finding.places", { places: plain(places) });
  const both = [basis, where].filter((text) => text !== "").join("    ");
  if (screen.measure(both) <= screen.width - 2) return body(both, screen).map(screen.paint.faint);
  return [...body(basis, screen), ...body(where, screen)].map(screen.paint.faint);
}

function basisOf(finding: Finding, screen: Screen): string {
  return finding.basis.length === 0 ? "" : screen.label("finding.basis", { basis: basisText(finding.basis, screen.locale) });
}

function body(text: string, screen: Screen): string[] {
  return text === "" ? [] : wrap(plain(text), screen.width - 2, screen.measure).map((line) => `  ${line}`);
}

/** The row and where it stands, on one line where they fit on it. */
function rowLines(row: string, place: string, screen: Screen): string[] {
  const both = `${row} ${place}`.trimEnd();
  if (screen.measure(both) <= screen.width - 2) return [`  ${both}`];
  return [...wrap(row, screen.width - 4, screen.measure).map((line, i) => " ".repeat(i === 0 ? 2 : 4) + line), ...(place === "" ? [] : indented(place, 4, screen))];
}

function indented(text: string, indent: number, screen: Screen): string[] {
  return wrap(text, screen.width - indent, screen.measure).map((line) => " ".repeat(indent) + line);
}
