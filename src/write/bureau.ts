// A summary's format → its writer.
import { summaryPage } from "./bureau/html.ts";
import type { SummaryWriter } from "./bureau/options.ts";
import { summaryTerminal } from "./bureau/terminal.ts";
import { summaryWorkbook } from "./bureau/xlsx.ts";

const json: SummaryWriter = { format: "json", write: (summary) => `${JSON.stringify(summary, null, 2)}\n` };

export const summaryWriters: readonly SummaryWriter[] = [summaryTerminal, summaryPage, summaryWorkbook, json];
