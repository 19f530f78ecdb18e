// The Word documents: what they say is what the report says, LibreOffice opens them, and no text of others breaks them.
import { DOMParser } from "@xmldom/xmldom";
import { strFromU8, unzipSync } from "fflate";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { LANGUAGES, loadLocale, word, type Language } from "../../src/locale.ts";
import type { Report } from "../../src/model.ts";
import { docxParts } from "../../src/write/docx.ts";
import { messageText } from "../../src/write/finding-text.ts";
import { fixList } from "../../src/write/fix-list.ts";
import { recomputedText, scoreText } from "../../src/write/select.ts";
import type { WriteOptions } from "../../src/write/options.ts";
import { write } from "../../src/write/write.ts";
import { reportsIn, type Named } from "../cases/docx.ts";
import { ziping } from "../cli/world.ts";
import { converted, office } from "../programs/office.ts";
import { empty, hengyangLike } from "./samples.ts";

const options = (lang: Language, more: Partial<WriteOptions> = {}): WriteOptions => ({ locale: loadLocale(lang), ...more });
const documentOf = async (reports: readonly Report[], lang: Language = "zh", more: Partial<WriteOptions> = {}): Promise<Uint8Array> => (await write("docx", reports, options(lang, more))) as Uint8Array;
const partsOf = (bytes: Uint8Array): Record<string, string> => Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
/** All text, without spaces and line ends: where a program breaks lines is its own affair. */
const squeezed = (text: string): string => text.replace(/\s+/gu, "");
const textOf = (bytes: Uint8Array): string => squeezed([...(partsOf(bytes)["word/document.xml"] ?? "").matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text!.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, "&")).join(""));

describe.skipIf(office === null).each(LANGUAGES)("as LibreOffice reads it, %s (needs LibreOffice)", (lang) => {
  let reports: Named[] = [];
  const texts = new Map<string, string[]>();

  beforeAll(async () => {
    reports = await reportsIn(lang);
    for (const audience of ["bureau", "department"] as const) {
      const bytes = await documentOf(reports.map(({ report }) => report), lang, { audience });
      const text = squeezed([...converted("all.docx", bytes, "txt:Text (encoded):UTF8").values()][0]!.toString("utf8"));
      const titles = reports.map(({ report }) => squeezed(docxParts(report, options(lang, { audience }))[0]!.blocks.flatMap((block) => (block.kind === "title" ? [block.text] : [])).join("")));
      // The text between one department's title and the next one's.
      const starts = titles.reduce<number[]>((found, title) => [...found, text.indexOf(title, (found.at(-1) ?? -1) + 1)], []);
      expect(starts.every((start) => start >= 0)).toBe(true);
      texts.set(audience, starts.map((start, i) => text.slice(start, starts[i + 1])));
    }
  }, 180_000);

  const each = (audience: string, look: (text: string, report: Report, name: string) => void): void => {
    expect(reports.length).toBeGreaterThan(8);
    for (const [i, { name, report }] of reports.entries()) look(texts.get(audience)![i]!, report, name);
  };

  it("the opinion holds every finding's title, sentence, remedy and basis", () => {
    each("bureau", (text, { findings }, name) => {
      for (const finding of findings) {
        for (const part of [finding.title, messageText(finding, loadLocale(lang)), finding.remedy, finding.basis[0]?.document ?? ""]) expect(text, `${name} ${finding.id}`).toContain(squeezed(part));
      }
    });
  });

  it("the opinion holds every table's scores, claimed beside recomputed", () => {
    each("bureau", (text, { tables }, name) => {
      for (const table of tables) {
        const row = [table.name, table.claimed.score === null ? "—" : scoreText(table.claimed.score), recomputedText(table.recomputed) ?? "—"].join("");
        expect(text, name).toContain(squeezed(row));
      }
    });
  });

  it("the list holds everything that is left to do, and where each score goes", () => {
    each("department", (text, report, name) => {
      const { open, scores } = fixList(report);
      for (const finding of open) for (const part of [finding.title, messageText(finding, loadLocale(lang)), finding.remedy]) expect(text, `${name} ${finding.id}`).toContain(squeezed(part));
      for (const { table, from, to } of scores) expect(text).toMatch(new RegExp(`${escaped(squeezed(table.name))}.*?${escaped(scoreText(from ?? "—"))}(?:\\d+\\.\\d+)?${escaped(to)}`, "u"));
      expect(text.match(/☐/gu)?.length ?? 0, name).toBeLessThanOrEqual(open.length);
    });
  });

  it("becomes pages", async () => {
    const pdf = [...converted("one.docx", await documentOf([reports[0]!.report, reports[1]!.report], lang), "pdf").values()][0]!;
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g)!.length).toBeGreaterThanOrEqual(2);
  }, 120_000);
});

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

describe("the same report", () => {
  afterEach(() => { vi.useRealTimers(); vi.restoreAllMocks(); });

  it.each(["bureau", "department"] as const)("gives the same bytes whenever it is written (%s)", async (audience) => {
    const first = await documentOf([hengyangLike], "zh", { audience });
    await documentOf([empty, hengyangLike]);
    vi.useFakeTimers({ now: new Date("2031-07-09T11:12:13Z"), toFake: ["Date"] });
    vi.spyOn(Math, "random").mockReturnValue(0.123);
    const second = await documentOf([hengyangLike], "zh", { audience });
    expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);
  });

  it("carries no date", async () => {
    expect(Object.values(partsOf(await documentOf([hengyangLike]))).join("")).not.toMatch(/<dcterms:|20\d\d-\d\d-\d\dT/);
  });
});

describe("what kind of document it is", () => {
  it.each([
    ["return", "整改通知书"], ["explain", "审核意见书"], ["undetermined", "审核意见书"], ["accept", "审核意见书"],
  ] as const)("%s: %s", async (verdict, title) => {
    const text = textOf(await documentOf([{ ...hengyangLike, verdict }]));
    expect(text).toContain(`衡阳市司法局2023年度绩效自评${title}`);
    expect(text).toContain("衡阳市司法局：");
    expect(text).toContain(squeezed(word(loadLocale("zh"), "opinion", `verdict.${verdict}`)));
  });

  it("what cannot be told stands out, and that the input was not read whole is said", async () => {
    const text = textOf(await documentOf([hengyangLike]));
    expect(text).toContain("无法判定1处，其内容读不懂，不能视为通过。");
    expect(text).toContain("【无法判定】完成值读不懂");
    expect(text).toContain("材料没有读全，下列内容未作核对：1.项目自评.csv第14行");
  });

  it("gives the reviewer's own words a chapter of their own, a paragraph a line, and none where nothing was said", async () => {
    const said = docxParts(hengyangLike, options("zh", { opinion: "总体较好。\n\n <b>请按时</b>整改 \u0007" }))[0]!.blocks.flatMap((block) => (block.kind === "table" ? [] : [block.text]));
    expect(said.slice(said.indexOf("二、总体意见"), said.indexOf("三、得分核对"))).toEqual(["二、总体意见", "总体较好。", expect.stringContaining("<b>请按时</b>整改")]);
    expect(textOf(await documentOf([hengyangLike], "zh", { opinion: "甲\n<b>乙</b>\u0007" }))).toContain("二、总体意见甲<b>乙</b>");
    for (const opinion of ["", " \n "]) expect(textOf(await documentOf([hengyangLike], "zh", { opinion }))).not.toContain("总体意见");
  });

  it("asks for an answer by the day given, and leaves a blank where none is: the clock is never asked", async () => {
    expect(textOf(await documentOf([hengyangLike], "zh", { deadline: "2024-04-05" }))).toContain("请于2024年4月5日前改正");
    expect(textOf(await documentOf([hengyangLike]))).toContain("请于____年__月__日前改正");
    expect(textOf(await documentOf([hengyangLike], "en", { deadline: "2024-04-05" }))).toContain("fixedby2024-04-05");
  });

  it("has room for the department's answer, seal and date", async () => {
    const text = textOf(await documentOf([hengyangLike]));
    for (const words of ["整改情况（由单位填写）", "填报单位（盖章）：", "（审核单位盖章）", "年月日", "附件：问题清单及整改情况表"]) expect(text).toContain(words);
  });

  it("asks nothing of a department in which nothing was found, and says so", async () => {
    const text = textOf(await documentOf([empty]));
    expect(text).toContain("没有发现需要退回的问题。");
    expect(text).not.toMatch(/请于|附件|整改/);
    expect(textOf(await documentOf([empty], "zh", { audience: "department" }))).toContain("没有要改的内容。");
  });

  it("the department's list is in the order of doing, with a box before each thing", () => {
    const [{ blocks }] = docxParts(hengyangLike, options("zh", { audience: "department" })) as [ReturnType<typeof docxParts>[number]];
    const rows = blocks.flatMap((block) => (block.kind === "table" && block.centred.includes(0) ? block.rows : [])).flatMap((row) => ("cells" in row ? [row.cells] : []));
    expect(rows.map(([box, number, task]) => [box![0]!.text, number![0]!.text, task![0]!.text])).toEqual([
      ["☐", "1", "预算执行率计算有误"], ["☐", "2", "【无法判定】完成值读不懂"], ["☐", "3", "超额完成较多，未说明原因"], ["☐", "4", "指标值难以衡量（3 处）"],
    ]);
    expect(rows[0]![3]!.map(({ text }) => text)).toEqual(["82.00% → 82.54%"]);
    // What was passed is a threshold, no figure to fill in.
    expect(rows[2]![3]).toEqual([]);
  });

  it("each department begins on a page of its own, numbered from 1", async () => {
    const xml = partsOf(await documentOf([hengyangLike, empty]))["word/document.xml"]!;
    expect(xml.match(/<w:pgNumType w:start="1"/g)).toHaveLength(2);
    expect(xml.match(/<w:type w:val="nextPage"/g)).toHaveLength(3);
  });
});

describe("texts of others", () => {
  const hostile = "甲\u0000\u0008\u001B\uD800乙\uFFFE</w:t><w:p>&amp;{placeholder}\u202Eשלום مرحبا";
  const shown = "甲\uFFFD\uFFFD\uFFFD\uFFFD乙\uFFFD</w:t><w:p>&amp;{placeholder}\uFFFDשלוםمرحبا";
  const long = "长".repeat(10_000);
  const report: Report = {
    ...hengyangLike,
    submission: { ...hengyangLike.submission, department: hostile },
    tables: hengyangLike.tables.map((table) => ({ ...table, name: hostile })),
    findings: hengyangLike.findings.map((finding) => ({ ...finding, table: hostile, subjectName: hostile, message: `${hostile}${long}`, remedy: hostile, at: [{ file: hostile }] })),
  };

  it.each(["bureau", "department"] as const)("stay text, whole, and what XML cannot hold shows as such (%s)", async (audience) => {
    const bytes = await documentOf([report], "zh", { audience });
    for (const [name, part] of Object.entries(partsOf(bytes))) {
      if (!/\.(?:xml|rels)$/.test(name)) continue;
      // eslint-disable-next-line no-control-regex
      expect(part, name).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\u202E]/u);
      new DOMParser({ onError: (level, message) => { if (level !== "warning") throw new Error(`${name}: ${message}`); } }).parseFromString(part, "text/xml");
    }
    const text = textOf(bytes);
    expect(text).toContain(shown);
    expect(text).toContain(long);
  });

  it.skipIf(office === null)("are read back by LibreOffice (needs LibreOffice)", async () => {
    const text = squeezed([...converted("hostile.docx", await documentOf([report]), "txt:Text (encoded):UTF8").values()][0]!.toString("utf8"));
    expect(text).toContain(shown);
    expect(text).toContain(long);
  }, 120_000);
});

describe("ziping check -f docx", () => {
  const input = fileURLToPath(new URL("../../fixtures/waived-and-expired/submission.json", import.meta.url));
  const file = (): string => join(mkdtempSync(join(tmpdir(), "ziping-docx-")), "out.docx");

  it("writes the opinion with its deadline, or the list for the department", async () => {
    const [opinion, list] = [file(), file()];
    expect((await ziping(["check", input, "-r", "national", "-f", `docx=${opinion}`, "--deadline", "2024-04-15"])).err).toBe("");
    expect(textOf(readFileSync(opinion))).toContain("请于2024年4月15日前");
    await ziping(["check", input, "-r", "national", "-f", `docx=${list}`, "--for", "department"]);
    expect(textOf(readFileSync(list))).toContain("整改事项清单");
  });

  it.each([["--deadline", "2024-02-30"], ["--deadline", "四月"], ["--for", "nobody"]])("refuses %s %s", async (option, value) => {
    const ran = await ziping(["check", input, "-f", `docx=${file()}`, option, value]);
    expect(ran.status).toBe(2);
    expect(ran.err).toContain(value);
  });
});

it("both languages have the same words, with the same values in them where they say more than a number of things", () => {
  const [zh, en] = LANGUAGES.map((lang) => loadLocale(lang).sections.get("opinion")!) as [Record<string, string>, Record<string, string>];
  expect(Object.keys(en)).toEqual(Object.keys(zh));
  const values = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))].sort();
  for (const [key, text] of Object.entries(zh)) if (key !== "deadline") expect([key, values(en[key]!)]).toEqual([key, values(text)]);
});
