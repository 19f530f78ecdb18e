// The rows of the benchmark in the order of the table.
import type { Row } from "./row.ts";
import { parseRow } from "./rows/a-parse.ts";
import { jsonRulesEngineRow } from "./rows/b-json-rules-engine.ts";
import { otherEnginesRow } from "./rows/c-other-engines.ts";
import { csvRow } from "./rows/d-csv.ts";
import { memoryRow } from "./rows/e-memory.ts";
import { workersRow } from "./rows/f-workers.ts";
import { startRow } from "./rows/g-start.ts";
import { growthRow } from "./rows/h-growth.ts";
import { formsRow } from "./rows/i-forms.ts";
import { serviceRow } from "./rows/j-service.ts";

export const rows: readonly Row[] = [parseRow, jsonRulesEngineRow, otherEnginesRow, csvRow, memoryRow, workersRow, startRow, growthRow, formsRow, serviceRow];
