// The kind of an empty official set → its files.
import { zipSync } from "fflate";
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import { emptyCsv } from "./template/csv.ts";
import { emptySubmission } from "./template/json.ts";
import { emptySet } from "./template/set.ts";
import { workbookOf } from "./template/xlsx.ts";

export const TEMPLATE_KINDS = ["xlsx", "csv", "json"] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** File name → content: one file, but for `csv`, where each table is one. `projects`: how many project tables, at least 1. */
export async function templateFiles(kind: TemplateKind, projects: number, locale: Locale): Promise<Record<string, Uint8Array>> {
  const text = new TextEncoder();
  if (kind === "xlsx") return { "template.xlsx": await workbookOf(emptySet(projects), word(locale, "forms", "instructions").split("\n"), locale) };
  if (kind === "json") return { "template.json": text.encode(`${JSON.stringify(emptySubmission(projects), null, 2)}\n`) };
  return Object.fromEntries(Object.entries(emptyCsv(projects)).map(([name, content]) => [name, text.encode(content)]));
}

/** Several files as one archive, the same bytes whenever it is made. */
export function archived(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync({ ...files }, { mtime: new Date(1980, 0, 1) });
}
