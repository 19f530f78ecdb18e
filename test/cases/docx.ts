// Every fixture that can be checked -> its report in a language.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { check } from "../../src/check.ts";
import type { Language } from "../../src/locale.ts";
import type { Report } from "../../src/model.ts";
import { readInputs } from "../../src/read/read.ts";
import { readReview } from "../../src/review.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url);

export interface Named { name: string; report: Report }

/** Each submission by the rule set that its expectations name, with its review; Hengyang's also as the forms in which it came. */
export async function reportsIn(lang: Language): Promise<Named[]> {
  const own = readdirSync(FIXTURES).sort().filter((name) => existsSync(new URL(`${name}/expected.json`, FIXTURES)));
  const made = own.map((name) => {
    const { rules } = JSON.parse(readFileSync(new URL(`${name}/expected.json`, FIXTURES), "utf8")) as { rules: string };
    return reportAt(name, "submission.json", rules, lang);
  });
  const forms = ["submission.json", "forms/forms.xlsx", "forms/forms.docx"].map((file) => reportAt("hengyang-2023", file, "hunan", lang));
  return Promise.all([...made, ...forms]);
}

async function reportAt(name: string, file: string, rules: string, lang: Language): Promise<Named> {
  const { submissions } = await readInputs([{ name: file, bytes: readFileSync(new URL(`${name}/${file}`, FIXTURES)) }]);
  const review = new URL(`${name}/review.json`, FIXTURES);
  return { name: `${name}/${file}`, report: await check(submissions[0]!, await loadRuleSet(rules), { lang, chosenBy: "option", ...(existsSync(review) ? { review: reviewAt(review) } : {}) }) };
}

function reviewAt(file: URL) {
  const bytes = readFileSync(file);
  const read = readReview(JSON.parse(bytes.toString("utf8")), { name: "review.json", sha256: createHash("sha256").update(bytes).digest("hex") }, null);
  if ("mistakes" in read) throw new Error(JSON.stringify(read.mistakes));
  return read.review;
}
