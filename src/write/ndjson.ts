// Reports -> one line of JSON each.
import { inOrder } from "./json.ts";
import type { Writer } from "./options.ts";

export const ndjson: Writer = {
  format: "ndjson",
  ending: "ndjson",
  write: (reports) => reports.map((report) => `${JSON.stringify(inOrder(report))}\n`).join(""),
};
