// Workbooks of official forms as people alter them: cells no longer merged, a blank column put in. What is read stays the same.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { Submission } from "../../../src/model.ts";
import { readInputs } from "../../../src/read/read.ts";

const FIXTURES = new URL("../../../fixtures/forms/", import.meta.url);
const SHARED = new URL("../../../../shared/cases/forms/", import.meta.url);
const fixtures = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }): [string, URL] => [name, new URL(`${name}/form.xlsx`, FIXTURES)]);
const shared = existsSync(SHARED) ? ["s-hebei", "s-yunnan", "s-shanghai", "s-anhui-system"].map((name): [string, URL] => [name, new URL(`${name}.xlsx`, SHARED)]) : [];
const FAR = 90;

describe.each([...fixtures, ...shared])("%s", (_, url) => {
  const bytes = readFileSync(url);

  it("says the same with none of its cells merged", async () => {
    expect(filled(await submissionsIn(altered(bytes, FAR, false)))).toEqual(filled(await submissionsIn(bytes)));
  });

  it.each([["merged over it", true], ["not merged", false]])("says the same with a blank column put in anywhere, the cells %s", async (_words, merged) => {
    const wanted = await submissionsIn(altered(bytes, FAR, merged));
    for (const column of Array.from({ length: 12 }, (_column, index) => index + 2)) expect([column, await submissionsIn(altered(bytes, column, merged))]).toEqual([column, wanted]);
  }, 60_000);
});

async function submissionsIn(bytes: Uint8Array): Promise<Submission[]> {
  return (await readInputs([{ name: "form.xlsx", bytes }])).submissions.map(({ submission }) => submission);
}

/** A cell merged over rows is one blank where they are not merged. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== "").map(([key, inner]) => [key, filled(inner)]));
}

/** The workbook with a blank column before the one with that number; merged cells grow over it, or are merged no longer. */
function altered(bytes: Uint8Array, before: number, merged: boolean): Uint8Array {
  const moved = (address: string): string => address.replace(/^[A-Z]+/u, (letters) => lettersOf(numberOf(letters) + (numberOf(letters) >= before ? 1 : 0)));
  const sheet = (xml: string): string => {
    const cells = xml.replace(/<c r="([A-Z]+\d+)"/gu, (_, address: string) => `<c r="${moved(address)}"`);
    if (!merged) return cells.replace(/<mergeCells.*?<\/mergeCells>/su, "");
    return cells.replace(/<mergeCell ref="([^:]+):([^"]+)"/gu, (_, from: string, to: string) => `<mergeCell ref="${moved(from)}:${moved(to)}"`);
  };
  const parts = Object.entries(unzipSync(bytes)).map(([name, part]) => [name, /worksheets\/sheet\d+\.xml$/u.test(name) ? new TextEncoder().encode(sheet(new TextDecoder().decode(part))) : part] as const);
  return zipSync(Object.fromEntries(parts), { level: 0 });
}

function numberOf(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function lettersOf(column: number): string {
  return column > 26 ? lettersOf(Math.floor((column - 1) / 26)) + lettersOf(((column - 1) % 26) + 1) : String.fromCharCode(64 + column);
}
