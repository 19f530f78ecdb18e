// A submission that could not be checked -> its line in a stream of reports.
import type { InputRemark } from "../model.ts";
import { word, type Locale } from "../locale.ts";
import { fileText } from "../write/place.ts";

/**
 * `ziping/problem@1`: stands where the report would, so that there is one line for every submission. `line` is null for departments of
 * CSV files, `department` and `year` where they could not be told. `code` does not depend on the language.
 */
export interface Problem { file: string; line: number | null; department: string | null; year: string | null; code: string; message: string }

export function problemLine({ file, line, department, year, code, message }: Problem): string {
  return `${JSON.stringify({ format: "ziping/problem@1", file, line, department, year, code, message })}\n`;
}

/** What reading said, in one line. */
export function problemOf(remarks: readonly InputRemark[], where: Omit<Problem, "code" | "message">, locale: Locale): Problem {
  const told = remarks.filter(({ kind }) => kind === "problem");
  const sentences = told.map(({ code, values }) => word(locale, "input", code, values["file"] === "-" ? { ...values, file: fileText("-", locale) } : values));
  return { ...where, code: told[0]?.code ?? "nothing-given", message: sentences.join(" ") };
}
