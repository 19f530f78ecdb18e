// Outputs that go to a folder → one file a submission there, named by department and year.
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { word, type Locale } from "../locale.ts";
import type { Report } from "../model.ts";
import type { Writer } from "../write/options.ts";
import { isFolder, type Output } from "./output.ts";

/** One file to write, with the reports that go into it. `before` makes its folder. */
export interface Part { writer: Writer; file: string | null; reports: readonly Report[]; before: () => Promise<void> }

/** `-f html=reports/` or a folder that is there: a file a submission. All else: all reports in one. */
export async function placed(outputs: readonly Output[], reports: readonly Report[], locale: Locale): Promise<Part[]> {
  const taken = new Set<string>();
  const parts: Part[] = [];
  for (const { writer, file } of outputs) {
    if (file === null || !(await isFolderOrThere(file))) parts.push({ writer, file, reports, before: () => Promise.resolve() });
    else for (const report of reports) parts.push({ writer, file: join(file, freeName(report, `${file} ${writer.ending}`, writer.ending, taken, locale)), reports: [report], before: async () => { await mkdir(file, { recursive: true }); } });
  }
  return parts;
}

/** `衡阳市司法局-2023.html`; the second of that name gets a number. Capitals and ways to compose a sign do not tell files apart. */
function freeName(report: Report, group: string, ending: string, taken: Set<string>, locale: Locale): string {
  const { department, year } = report.submission;
  const named = safeName(department ?? "");
  const stem = [named === "" ? word(locale, "bureau", "file.noDepartment") : named, safeName(year ?? "")].filter((part) => part !== "").join("-");
  for (let number = 1; ; number += 1) {
    const name = `${number === 1 ? stem : `${stem}-${number}`}.${ending}`;
    const key = `${group} ${name.normalize("NFKC").toLowerCase()}`;
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}

// What some system does not take in a file's name, or a link would read otherwise; and what turns the direction of text.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*#%&]+/gu;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu;
/** Characters kept: 60 of three or four bytes stay below the 255 that file systems take. */
const LONGEST = 50;

/** A text as part of a file's name on any system. */
export function safeName(text: string): string {
  const plain = Array.from(text.normalize("NFC").replace(UNSAFE, "_").replace(/\s+/gu, " ")).slice(0, LONGEST).join("").replace(/^[\s.]+|[\s.]+$/gu, "");
  return RESERVED.test(plain.split(".")[0] ?? "") ? `_${plain}` : plain;
}

/** A path that ends as a folder's, or leads to one. */
export async function isFolderOrThere(path: string): Promise<boolean> {
  return isFolder(path) || await stat(path).then((found) => found.isDirectory(), () => false);
}
