// A summary's format → its writer, loaded when a summary is written in it.
import type { SummaryWriter } from "./bureau/options.ts";

export const summaryWriters: readonly SummaryWriter[] = [
  { format: "terminal", write: async (summary, options) => (await import("./bureau/terminal.ts")).summaryTerminal.write(summary, options) },
  { format: "html", write: async (summary, options) => (await import("./bureau/html.ts")).summaryPage.write(summary, options) },
  { format: "xlsx", binary: true, write: async (summary, options) => (await import("./bureau/xlsx.ts")).summaryWorkbook.write(summary, options) },
  { format: "json", write: (summary) => `${JSON.stringify(summary, null, 2)}\n` },
];
