// A file -> the reports in it (json, an array of them, or ndjson), or null where it holds none.
import { readFile, stat } from "node:fs/promises";
import type { Report } from "../model.ts";

const MOST_BYTES = 512 * 1024 * 1024;

/** Null where the path is no file of reports. Throws what the file system says where there is nothing. */
export async function reportsIn(path: string): Promise<Report[] | null> {
  if (path === "-") return null;
  const found = await stat(path);
  if (!found.isFile() || found.size > MOST_BYTES) return null;
  const bytes = await readFile(path);
  // Without this word near its beginning it is no report, and need not be parsed.
  if (!bytes.subarray(0, 4096).includes("ziping/report@1")) return null;
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  const values = parsed(text);
  return values !== null && values.length > 0 && values.every(isReport) ? values : null;
}

function parsed(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? (value as unknown[]) : [value];
  } catch {
    return parsedLines(text);
  }
}

function parsedLines(text: string): unknown[] | null {
  try {
    return text.split("\n").filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as unknown);
  } catch {
    return null;
  }
}

/** Enough of a report that it can be shown and compared; the rest of what it claims is what verify is for. */
function isReport(value: unknown): value is Report {
  if (!isRecord(value) || value["format"] !== "ziping/report@1") return false;
  const { submission, findings, tables, input, ruleSet, counts } = value;
  return isRecord(submission) && isRecord(ruleSet) && isRecord(counts) && isRecord(input) && Array.isArray(input["files"])
    && Array.isArray(tables) && tables.every((table) => isRecord(table) && isRecord(table["claimed"]) && isRecord(table["recomputed"]))
    && Array.isArray(findings) && findings.every((finding) => isRecord(finding) && typeof finding["id"] === "string" && Array.isArray(finding["at"]) && Array.isArray(finding["basis"]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
