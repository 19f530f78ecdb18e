// Data that claims to be a submission -> a submission: what has the wrong shape is mended or left out, in the smallest part, and told.
import type { InputRemark, Submission } from "../model.ts";
import { checkShape, nearest, type Mistake } from "../schema.ts";
import { ruleData } from "./data.ts";
import type { Fragment, Places } from "./format.ts";
import { placeAt, segment, segments } from "./place.ts";
import { clipped, remark } from "./remark.ts";
import { meaning } from "./words.ts";

/** `remarks`: what was said before; the fragment's remarks start with them. */
export function shaped(data: Record<string, unknown>, file: string, remarks: InputRemark[], places: Places): Fragment {
  const mending: Mending = { root: data, file, places, remarks: [...remarks], counted: new Map() };
  formatOf(mending);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const mistakes = checkShape(schema(), data);
    if (mistakes.length === 0) break;
    for (const mistake of mistakes) mend(mending, mistake);
    sweep(data);
  }
  data["tables"] ??= [];
  mending.remarks.push(...[...mending.counted.values()].map(({ first, count }) => ({ ...first, values: { ...first.values, count: String(count) } })));
  return { submission: data as unknown as Submission, remarks: mending.remarks };
}

/** A mended word (`kind`) can bring a further shape to check, and that one a further one. */
const MOST_ROUNDS = 4;
const schema = (): object => ruleData("schema/submission.schema.json") as object;

interface Mending { root: Record<string, unknown>; file: string; places: Places; remarks: InputRemark[]; counted: Map<string, { first: InputRemark; count: number }> }
interface Spot { parent: Record<string, unknown>; key: string; value: unknown; pointer: string }

const DROPPED = Symbol("dropped");

function formatOf(mending: Mending): void {
  const { root } = mending;
  const found = root["format"];
  if (found === "ziping/submission@1") return;
  if (found === undefined) say(mending, "inferred", "json-format-missing", "");
  else say(mending, "problem", "json-format-other", "/format", { text: text(found) });
  root["format"] = "ziping/submission@1";
}

function mend(mending: Mending, mistake: Mistake): void {
  const spot = find(mending.root, mistake.pointer);
  if (spot === null) return;
  if (mistake.keyword === "additionalProperties") unknownField(mending, spot, String(mistake.params["additionalProperty"]));
  else if (mistake.keyword === "type") wrongType(mending, spot, [mistake.params["type"]].flat().map(String));
  else if (mistake.keyword === "required") lacking(mending, spot, String(mistake.params["missingProperty"]));
  else wrongWord(mending, spot);
}

function unknownField(mending: Mending, spot: Spot, key: string): void {
  const owner = spot.value as Record<string, unknown>;
  const guess = nearest(key, fieldNames());
  const code = guess === null ? "json-field-unknown" : "json-field-misspelt";
  const pointer = spot.pointer + segment(key);
  count(mending, `${code} ${pointer.replace(/\/\d+(?=\/)/g, "")}`, () => remark("note", code, at(mending, pointer), { key: clipped(key), guess: guess ?? "" }));
  Reflect.deleteProperty(owner, key);
}

function wrongType(mending: Mending, spot: Spot, expected: string[]): void {
  const { parent, key, value, pointer } = spot;
  if (value === null) {
    count(mending, "null", () => remark("inferred", "json-null", at(mending, pointer)));
    if (expected.includes("string")) parent[key] = "";
    else drop(spot);
  } else if (expected.includes("string")) {
    if (typeof value === "boolean") say(mending, "inferred", "json-boolean", pointer, { text: text(value) });
    else say(mending, "problem", "json-cell", pointer, { text: text(value) });
    parent[key] = typeof value === "boolean" ? String(value) : text(value);
  } else if (key === "partial" && value === "true") {
    parent[key] = true;
  } else if (pointer === "/department" && typeof value === "string") {
    const department = Object.create(null) as Record<string, unknown>;
    department["name"] = value;
    const place = at(mending, pointer);
    mending.places.set(department, () => place);
    say(mending, "inferred", "json-department-text", pointer, { text: clipped(value) });
    parent[key] = department;
  } else {
    leaveOut(mending, spot, expected.includes("array") ? "[ … ]" : expected.includes("object") ? "{ … }" : "true / false");
  }
}

/** A word that the contract does not have: the forms' word for one that it has, or the part cannot be read. */
function wrongWord(mending: Mending, spot: Spot): void {
  const { parent, key, value, pointer } = spot;
  const list = key === "kind" && pointer.startsWith("/statements/") ? "statement" : key;
  const word = typeof value === "string" ? meaning(list, value) : null;
  if (word !== null) {
    say(mending, "inferred", "json-word", pointer, { text: text(value), read: word });
    parent[key] = word;
  } else if (key === "source" && typeof value === "string") {
    say(mending, "inferred", "source-unknown", pointer, { text: text(value) });
    parent["label"] ??= value;
    parent[key] = "other";
  } else if (key === "moneyUnit") {
    say(mending, "problem", "money-unit-unknown", pointer, { text: text(value) });
    Reflect.deleteProperty(parent, key);
  } else {
    leaveOut(mending, outer(mending, pointer), text(value), "json-word-unknown", { key, known: known(list) });
  }
}

function lacking(mending: Mending, spot: Spot, missing: string): void {
  const owner = spot.value as Record<string, unknown>;
  const label = owner["label"];
  const word = typeof label === "string" && (missing === "source" || missing === "item") ? meaning(missing, label) : null;
  if (word !== null) {
    say(mending, "inferred", "json-word", spot.pointer, { text: text(label), read: word });
    owner[missing] = word;
  } else if (missing === "item" && typeof label === "string" && label !== "") {
    owner[missing] = label;
  } else {
    leaveOut(mending, spot, missing, "json-field-needed", { key: missing });
  }
}

/** Leaves the value out and marks what it stood in as not read in full. */
function leaveOut(mending: Mending, spot: Spot, expected: string, code = "json-structure", values: Record<string, string> = {}): void {
  say(mending, "problem", code, spot.pointer, { text: text(spot.value), expected, ...values });
  const [part, index] = segments(spot.pointer);
  const table = part === "tables" && index !== undefined && spot.pointer.split("/").length > 3 ? find(mending.root, `/tables/${index}`) : null;
  const whole = table?.value ?? (part === "basicData" && spot.pointer !== "/basicData" ? mending.root["basicData"] : mending.root);
  if (typeof whole === "object" && whole !== null) (whole as Record<string, unknown>)["partial"] = true;
  drop(spot);
}

function drop({ parent, key }: Spot): void {
  if (Array.isArray(parent)) parent[Number(key)] = DROPPED;
  else Reflect.deleteProperty(parent, key);
}

/** Takes the dropped items out of every array; done after all mistakes of a round, whose pointers count them. */
function sweep(node: unknown): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    const kept = node.filter((item) => item !== DROPPED) as unknown[];
    if (kept.length < node.length) node.splice(0, node.length, ...kept);
  }
  for (const [key, inner] of Object.entries(node)) if (key !== "source" || typeof inner !== "object") sweep(inner);
}

function find(root: Record<string, unknown>, pointer: string): Spot | null {
  const steps = segments(pointer);
  let spot: Spot = { parent: { "": root }, key: "", value: root, pointer };
  for (const key of steps) {
    if (typeof spot.value !== "object" || spot.value === null || !Object.hasOwn(spot.value, key)) return null;
    const parent = spot.value as Record<string, unknown>;
    spot = { parent, key, value: parent[key], pointer };
  }
  return spot.value === DROPPED ? null : spot;
}

const outer = (mending: Mending, pointer: string): Spot => {
  const up = pointer.slice(0, pointer.lastIndexOf("/"));
  return find(mending.root, up) ?? { parent: {}, key: "", value: undefined, pointer: up };
};

const at = (mending: Mending, pointer: string): { file: string } => placeAt(mending.root, pointer, mending.places) ?? { file: mending.file };

function say(mending: Mending, kind: InputRemark["kind"], code: string, pointer: string, values: Record<string, string> = {}): void {
  mending.remarks.push(remark(kind, code, at(mending, pointer), values));
}

/** What is wrong in the same way many times over is said once, with its number. */
function count(mending: Mending, key: string, first: () => InputRemark): void {
  const known = mending.counted.get(key);
  if (known === undefined) mending.counted.set(key, { first: first(), count: 1 });
  else known.count++;
}

const text = (value: unknown): string => clipped(typeof value === "string" ? value : JSON.stringify(value));

/** The words that a field may hold, as the schema lists them. */
function known(key: string): string {
  let words: unknown[] = [];
  visitProperties(schema(), (name, inner) => {
    if ((name === key || (key === "statement" && name === "kind")) && "enum" in inner && (words.length === 0 || key === "statement")) words = inner["enum"] as unknown[];
  });
  return words.join(" / ");
}

function fieldNames(): Set<string> {
  const names = new Set<string>();
  visitProperties(schema(), (name) => names.add(name));
  return names;
}

function visitProperties(node: unknown, visit: (name: string, schema: Record<string, unknown>) => void): void {
  if (typeof node !== "object" || node === null) return;
  for (const [key, inner] of Object.entries(node as Record<string, unknown>)) {
    if (key === "properties") for (const [name, property] of Object.entries(inner as Record<string, unknown>)) visit(name, Object(property) as Record<string, unknown>);
    visitProperties(inner, visit);
  }
}
