// Reads the provincial layouts in every format where they are present and compares every value that they show with what was read.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { FundSource, ReadSubmission, Submission } from "../../../src/model.ts";
import { readInputs } from "../../../src/read/read.ts";
import { asName, folded, squashed } from "../../../src/read/forms/label.ts";

const FOLDER = new URL("../../../../shared/cases/forms/", import.meta.url);
const present = existsSync(FOLDER);

interface Truth { pointer: string; shown: string; sheet: string; cell: string; source?: string }

describe.skipIf(!present)("every value that a form of a real layout shows is read, whatever its format", () => {
  const names = present ? readdirSync(new URL("cells/", FOLDER)).map((name) => name.replace(".json", "")) : [];
  const files = names.flatMap((name) => ["xlsx", "docx", "pdf", "html"].map((format) => [`${name}.${format}`, name] as const)).filter(([file]) => existsSync(new URL(file, FOLDER)));
  it.each(files)("%s", async (file, name) => {
    const { submissions, remarks } = await readInputs([{ name: file, bytes: readFileSync(new URL(file, FOLDER)) }]);
    expect([submissions.length, remarks]).toEqual([1, []]);
    const read = submissions[0]!;
    const truths = JSON.parse(readFileSync(new URL(`cells/${name}.json`, FOLDER), "utf8")) as Truth[];
    const wrong = truths.filter((truth) => !isLeftOut(truth, file)).flatMap((truth) => mistake(read, truth, name, file));
    expect(wrong).toEqual([]);
    expect(read.remarks.filter((remark) => remark.kind === "problem")).toEqual([]);
  });

  it("a scan is told as one, and nothing is read from it", async () => {
    const { submissions, remarks } = await readInputs([{ name: "s-central.scan.pdf", bytes: readFileSync(new URL("s-central.scan.pdf", FOLDER)) }]);
    expect(submissions).toEqual([]);
    expect(remarks.map((remark) => [remark.kind, remark.code])).toEqual([["problem", "pdf-scan"]]);
  });
});

/** The Word file of this layout has no cover. */
function isLeftOut(truth: Truth, file: string): boolean {
  return file === "s-central-v.docx" && truth.sheet === "封面";
}

/** The sample's order of fund rows and indicators is not the form's where the form prints them otherwise: rows are found by what they are. */
function mistake({ submission, place }: ReadSubmission, truth: Truth, name: string, file: string): string[] {
  const pointer = pointerHere(submission, truth, name);
  if (pointer === null) return [`${truth.pointer}: no such row for ${truth.shown} (${truth.sheet}!${truth.cell})`];
  const value = pointer.split("/").slice(1).reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key.replaceAll("~1", "/")], submission);
  const wanted = [truth.shown, truth.source ?? truth.shown].map(loose);
  if (typeof value !== "string" || !wanted.includes(loose(value))) return [`${truth.pointer} → ${pointer}: read ${JSON.stringify(value)}, shown ${JSON.stringify(truth.shown)} (${truth.sheet}!${truth.cell})`];
  if (!file.endsWith(".xlsx")) return place(pointer) === null ? [`${pointer}: no place`] : [];
  const at = place(pointer);
  const elsewhere = pointer === "/year" || pointer === "/department/name";
  if (!elsewhere && (at?.cell !== truth.cell || at.sheet !== truth.sheet)) return [`${pointer}: stands at ${truth.sheet}!${truth.cell}, read from ${String(at?.sheet)}!${String(at?.cell)}`];
  return [];
}

const SAMPLE_SOURCES: readonly FundSource[] = ["total", "fiscal", "carryover", "other"];

function pointerHere(submission: Submission, truth: Truth, name: string): string | null {
  if (name === "seed") return truth.pointer;
  const fund = /^\/tables\/(\d+)\/funds\/(\d+)\/(.+)$/u.exec(truth.pointer);
  if (fund !== null) {
    const index = submission.tables[Number(fund[1])]?.funds?.findIndex((row) => row.source === SAMPLE_SOURCES[Number(fund[2])]) ?? -1;
    return index < 0 ? null : `/tables/${fund[1] ?? ""}/funds/${String(index)}/${fund[3] ?? ""}`;
  }
  const row = /^\/tables\/(\d+)\/indicators\/(\d+)\/(.+)$/u.exec(truth.pointer);
  if (row === null) return truth.pointer;
  const rows = (submission.tables[Number(row[1])]?.indicators ?? []).map((indicator, index) => ({ indicator, index })).filter(({ indicator }) => (indicator.name ?? "") !== "");
  const found = rows[Number(row[2])];
  return found === undefined ? null : `/tables/${row[1] ?? ""}/indicators/${String(found.index)}/${row[3] ?? ""}`;
}

function loose(text: string): string {
  return asName(folded(text)).replace(/分$/u, "") || squashed(text);
}
