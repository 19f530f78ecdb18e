// Every fixture that can be checked -> its report, as tests over all of them need it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Report } from "../../src/model.ts";
import { csvInputs, jsonInputs, reportOn } from "./hengyang.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url);

/** The reports on all fixtures, by name: each submission by the rule set its expectations name, Hengyang's also as CSV and as forms. */
export async function fixtureReports(): Promise<{ name: string; report: Report }[]> {
  const found: { name: string; report: Report }[] = [];
  for (const name of readdirSync(FIXTURES).sort()) {
    const at = (file: string): URL => new URL(`${name}/${file}`, FIXTURES);
    if (!existsSync(at("expected.json"))) continue;
    const { rules } = JSON.parse(readFileSync(at("expected.json"), "utf8")) as { rules: string };
    found.push({ name, report: await reportOn([{ name: "submission.json", bytes: readFileSync(at("submission.json")) }], rules, existsSync(at("review.json")) ? at("review.json") : null) });
  }
  const forms = (ending: string): { name: string; bytes: Buffer }[] => [{ name: `forms.${ending}`, bytes: readFileSync(new URL(`hengyang-2023/forms/forms.${ending}`, FIXTURES)) }];
  found.push({ name: "hengyang-2023", report: await reportOn(jsonInputs) }, { name: "hengyang-2023 csv", report: await reportOn(csvInputs) });
  for (const layout of readdirSync(new URL("forms/", FIXTURES)).sort()) {
    const submission = new URL(`forms/${layout}/submission.json`, FIXTURES);
    if (existsSync(submission)) found.push({ name: `forms ${layout}`, report: await reportOn([{ name: "submission.json", bytes: readFileSync(submission) }], "national") });
  }
  for (const ending of ["xlsx", "docx", "pdf"]) found.push({ name: `hengyang-2023 ${ending}`, report: await reportOn(forms(ending)) });
  return found;
}
