// Shapes of rule sets and trials.
import { moment, uuid, year } from "./common.ts";
import { comparison, report } from "./submissions.ts";

const text = { type: "string" } as const;
const maybeText = { type: ["string", "null"] } as const;
const severity = { type: "string", enum: ["must-fix", "explain", "note"] } as const;
const value = { description: "Text, a boolean, or a list." } as const;
const basis = { type: "array", items: { type: "object", required: ["document"], properties: { document: text, clause: text } } } as const;

export const setParams = { type: "object", required: ["set"], properties: { set: { type: "string", pattern: "^[\\w-]{1,60}$" } } } as const;
export const ruleParams = { type: "object", required: ["set", "*"], properties: { set: { type: "string", pattern: "^[\\w-]{1,60}$" }, "*": { type: "string", maxLength: 120 } } } as const;
export const langQuery = { type: "object", additionalProperties: false, properties: { lang: { type: "string", enum: ["zh", "en"] }, year } } as const;

const line = { id: text, version: text, title: text, digest: text, rules: { type: "integer" }, extends: { type: "array", items: text } } as const;
export const setLines = { type: "object", required: ["items"], properties: { items: { type: "array", items: { type: "object", required: ["id", "version", "title", "digest", "rules", "extends"], additionalProperties: false, properties: line } } } } as const;

const rule = {
  id: text, category: text, title: text, holds: text, remedy: text, severity, each: text, eachTitle: text, effective: { type: "object", required: ["from"], properties: { from: text, to: text } }, basis,
  parameters: { type: "array", items: text }, from: { ...text, description: "The set that the rule as it stands comes from." },
} as const;
const ruleKeys = ["id", "category", "title", "holds", "remedy", "severity", "each", "eachTitle", "effective", "basis", "parameters", "from", "examples"] as const;

export const setWhole = {
  type: "object", required: ["id", "version", "title", "digest", "chain", "extends", "categories", "rules", "parameters", "off"], additionalProperties: false,
  properties: {
    ...line, chain: { type: "array", items: text }, categories: { type: "array", items: { type: "object", required: ["id", "title"], properties: { id: text, title: text } } },
    rules: { type: "array", items: { type: "object", required: ruleKeys, additionalProperties: false, properties: { ...rule, examples: { type: "integer" } } } },
    parameters: { type: "array", items: { type: "object", required: ["id", "about", "unit", "values", "inForce"], additionalProperties: false, properties: { id: text, about: text, unit: maybeText, values: { type: "array", items: { type: "object", required: ["from", "value", "basis"], properties: { from: text, value, basis } } }, inForce: value } } },
    off: { type: "array", items: { type: "object", required: ["id", "reason"], properties: { id: text, reason: text } } },
  },
} as const;

export const ruleWhole = {
  type: "object", required: [...ruleKeys, "applies", "require", "formulas", "points", "severityWhen", "source"], additionalProperties: false,
  properties: {
    ...rule, applies: maybeText, require: text, formulas: { type: "array", items: { type: "object", required: ["name", "text"], properties: { name: text, text } } }, points: maybeText,
    severityWhen: { type: "array", items: { type: "object", required: ["severity", "when"], properties: { severity, when: text } } },
    examples: { type: "array", items: { type: "object", required: ["outcome", "name", "expects", "year", "submission", "parameters"], properties: { outcome: text, name: text, expects: text, year: maybeText, submission: { type: "object" }, parameters: { type: ["object", "null"] } } } },
    source: { type: "object", description: "The rule as written." },
  },
} as const;

export const trialBody = {
  type: "object", additionalProperties: false,
  properties: {
    submissionId: uuid, content: { type: "object", description: "ziping/submission@1" }, year,
    parameters: { type: "object", maxProperties: 50, additionalProperties: value, description: "Values that are tried, by the parameter's id." }, rule: { type: "string", maxLength: 120, description: "The rule whose way to its answer is shown." }, lang: { type: "string", enum: ["zh", "en"] },
  },
} as const;

const truth = { enum: [true, false, "missing", "unknown"] } as const;
const condition = { type: "object", required: ["text", "truth", "parts"], properties: { text, truth, parts: { type: "array", items: { type: "object" } } } } as const;
export const trialAnswer = {
  type: "object", required: ["before", "after", "comparison", "trace", "parameters"], additionalProperties: false,
  properties: {
    before: report, after: report, comparison,
    trace: { type: "array", items: {
      type: "object", required: ["rule", "finding", "table", "subject", "pointer", "outcome", "facts", "applies", "require"], additionalProperties: false,
      properties: {
        rule: text, finding: maybeText, table: maybeText, subject: text, pointer: text, outcome: text,
        facts: { type: "array", items: { type: "object", required: ["name", "state", "text", "formula", "lacks", "at"], properties: { name: text, state: { type: "string", enum: ["known", "missing", "unreadable", "underivable"] }, text, formula: maybeText, lacks: { type: "array", items: text }, at: { type: "array", items: text } } } },
        applies: { anyOf: [condition, { type: "null" }] }, require: condition,
      },
    } },
    parameters: { type: "array", items: { type: "object", required: ["id", "was", "is"], properties: { id: text, was: value, is: value } } },
  },
} as const;

export const inForceBody = { type: "object", required: ["ruleSet"], additionalProperties: false, properties: { ruleSet: { type: "string", pattern: "^[\\w-]{1,60}$" } } } as const;
const inForceLine = { type: "object", required: ["year", "ruleSet", "setBy", "setAt"], additionalProperties: false, properties: { year, ruleSet: text, setBy: { type: "object", required: ["id", "name"], properties: { id: uuid, name: text } }, setAt: moment } } as const;
export const inForceOne = inForceLine;
export const inForceList = { type: "object", required: ["items", "usual"], properties: { items: { type: "array", items: inForceLine }, usual: { ...text, description: "What holds for years that are not listed." } } } as const;
