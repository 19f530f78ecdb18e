// The page as text: links lead somewhere, nothing of others is markup, nothing is asked of a network.
import { describe, expect, it } from "vitest";
import { LANGUAGES, loadLocale } from "../../src/locale.ts";
import type { Report } from "../../src/model.ts";
import { fixList } from "../../src/write/fix-list.ts";
import { write } from "../../src/write/write.ts";
import { jsonInputs, reportOn } from "../cases/hengyang.ts";

const report = await reportOn(jsonInputs, "national");
const pageOf = async (reports: readonly Report[], lang: "zh" | "en" = "zh"): Promise<string> => String(await write("html", reports, { locale: loadLocale(lang) }));

describe("the page", () => {
  it.each(LANGUAGES)("has a place for every link and no anchor twice (%s)", async (lang) => {
    const page = await pageOf([report, report], lang);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const links = [...page.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
    expect(links.length).toBeGreaterThan(report.findings.length);
  });

  it("names no address outside itself", async () => {
    expect(await pageOf([report])).not.toMatch(/(?:src|href)="(?!#)|url\(|@import|https?:/);
  });

  it("shows what others wrote as text", async () => {
    const hostile = `</script><img src=x onerror=alert(1)>"'&`;
    const page = await pageOf([{ ...report, submission: { ...report.submission, department: hostile }, findings: report.findings.map((finding) => ({ ...finding, table: hostile, subjectName: hostile, message: hostile, title: hostile })) }]);
    expect(page).not.toContain("<img");
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).toContain("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
  });

  it("holds every finding with its message, remedy and rule", async () => {
    const page = await pageOf([report]);
    expect(page.match(/<article /g)).toHaveLength(report.findings.length);
  });
});

describe("the fix list", () => {
  const { open, scores } = fixList(report);

  it("puts what blocks acceptance first, and there what regains most points", () => {
    expect(open[0]).toMatchObject({ rule: "score/proration", table: "普法宣传" });
    const severities = open.map(({ severity }) => severity);
    expect([...severities].sort((a, b) => ["must-fix", "explain", "note"].indexOf(a) - ["must-fix", "explain", "note"].indexOf(b))).toEqual(severities);
  });

  it("leaves out what mends itself with another finding", () => {
    expect(open.filter(({ rule }) => rule === "execution/rate")).toHaveLength(4);
    expect(open.filter(({ rule }) => rule === "execution/score")).toEqual([]);
  });

  it("says what each score becomes", () => {
    expect(scores.map(({ table, rows, from, to }) => [table.name, rows.length, from, to])).toEqual([
      ["法律援助", 1, "98.20", "98.25"], ["普法宣传", 2, "98.90", "99.20"], ["人民监督员经费", 3, "97.60", "98.27"],
      ["其他司法综合事务专项", 1, "98.70", "99.10"], ["中央和省级政法转移支付资金", 2, "98.10", "98.57"],
    ]);
  });
});
