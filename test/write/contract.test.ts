// What every report format must do, whatever it looks like.
import { describe, expect, test } from "vitest";
import { loadLocale } from "../../src/locale.ts";
import type { Writer } from "../../src/write/options.ts";
import { write, writerOf, writers } from "../../src/write/write.ts";
import { empty, findings, hengyangLike } from "./samples.ts";

const zh = loadLocale("zh");
const en = loadLocale("en");

async function text(format: string, reports: Parameters<typeof write>[1], locale = zh): Promise<string> {
  const written = await write(format, reports, { locale });
  return typeof written === "string" ? written : Buffer.from(written).toString("latin1");
}

describe.each(writers.map((writer) => writer.format))("%s", (format) => {
  test("gives the same bytes every time", async () => {
    expect(await text(format, [hengyangLike])).toBe(await text(format, [hengyangLike]));
  });

  test("writes no report, one and several without failing", async () => {
    for (const reports of [[], [empty], [hengyangLike, empty]]) expect(await text(format, reports)).toBeTypeOf("string");
  });

  test("does not change the reports it is given", async () => {
    const before = JSON.stringify(hengyangLike);
    await text(format, [hengyangLike]);
    expect(JSON.stringify(hengyangLike)).toBe(before);
  });

  test("leaves no placeholder and no key of a word in what it writes", async () => {
    // Of a page only what is read: its scripts and styles have braces and dots of their own.
    const read = (written: string): string => (format === "html" ? written.replaceAll(/<(script|style)\b.*?<\/\1>/gsu, "") : written);
    for (const locale of [zh, en]) expect(read(await text(format, [hengyangLike, empty], locale))).not.toMatch(/\{[a-z]+\}|\b(?:part|verdict|finding|csv|score|ledger|place|foot)\.[a-z]/u);
  });
});

describe.each(["terminal", "json", "ndjson", "csv", "markdown"])("%s", (format) => {
  test("tells every finding: its rule, subject, message, remedy and every row it stands in", async () => {
    const flat = (await text(format, [hengyangLike])).replaceAll(/\s/gu, "").replaceAll("\\", "");
    for (const finding of findings) {
      for (const part of [finding.rule, finding.subjectName, finding.message, finding.remedy]) expect(flat).toContain(part.replaceAll(/\s/gu, "").replaceAll("\\", ""));
    }
    for (const place of ["H9", "14", "20", "21", "22", "212"]) expect(flat).toContain(place);
  });
});

test("a format that no one registered has no writer", async () => {
  expect(writerOf("pdf2000")).toBeUndefined();
  await expect(write("pdf2000", [], { locale: zh })).rejects.toThrow(RangeError);
});

test("a format is listed, before its writer is loaded, as the writer itself says", async () => {
  const own = (await Promise.all(["annotate", "csv", "docx", "html", "json", "junit", "markdown", "ndjson", "sarif", "terminal"].map(async (file) => Object.values((await import(`../../src/write/${file}.ts`)) as object))))
    .flat().filter((value): value is Writer => typeof value === "object" && value !== null && "format" in value && "ending" in value);
  const said = (list: readonly Writer[]): string[] => list.map(({ format, ending, binary }) => `${format} .${ending} ${String(binary)}`).sort();
  expect(said(writers)).toEqual(said(own));
});

test("formats have names and endings of their own", () => {
  expect(new Set(writers.map((writer) => writer.format)).size).toBe(writers.length);
  for (const writer of writers) expect(writer.ending).toMatch(/^[a-z]+$/);
});

test("both languages have the same words, with the same placeholders", () => {
  for (const section of ["interface", "cli"]) {
    const words = [zh, en].map((locale) => Object.entries(locale.sections.get(section) ?? {}).map(([key, template]) => [key, [...template.matchAll(/\{[^}]+\}/gu)].map(([hole]) => hole).sort().join()]));
    expect(words[0]).toEqual(words[1]);
  }
});
