// A JSON or NDJSON file -> submissions: numerals as written, lines kept, mistakes in grammar told and read around.
import type { InputRemark } from "../model.ts";
import { decode, peek } from "./encoding.ts";
import type { Extract, Format, Fragment, RawInput, ReadContext } from "./format.ts";
import { jsonData } from "./json-data.ts";
import { parseJson, type JsonMistake, type JsonNode, type JsonTree } from "./json-tree.ts";
import { notePlaces, notePlainPlaces, plainDocument, type PlainDocument } from "./json-plain.ts";
import { segment } from "./place.ts";
import { clipped, remark } from "./remark.ts";
import { shaped } from "./shape.ts";
import { undecoded } from "./undecoded.ts";

export const json: Format = { name: "json", recognise, read };

function recognise(bytes: Uint8Array, name: string): boolean {
  const head = peek(bytes);
  if (head === null) return false;
  return /^\s*(?:\{(?!\\)|\[\s*[[{\]]|\/[/*])/.test(head) || /\.(?:json|ndjson|jsonl)$/i.test(name);
}

function read(input: RawInput, context: ReadContext): Extract {
  const decoded = decode(input.bytes, context.options.encoding);
  if (!decoded.ok) return { encoding: decoded.encoding, fragments: [], remarks: [undecoded(input.name, decoded)] };
  const remarks: InputRemark[] = [];
  if (decoded.nulLine !== null) remarks.push(remark("problem", "nul-bytes", { file: input.name, line: decoded.nulLine }));
  const fragments = documents(decoded.text).flatMap((document) => {
    if ("data" in document) return plainFragments(document, input.name, context);
    const tree = document;
    remarks.push(...tree.mistakes.map((mistake) => grammar(input.name, mistake, tree)));
    if (tree.root === null) return [];
    return tree.root.type === "array" ? tree.root.items.map((node, index) => fragment(node, segment(index), input.name, context)) : [fragment(tree.root, "", input.name, context)];
  });
  const read = fragments.filter((one): one is Fragment => "submission" in one);
  remarks.push(...fragments.filter((one): one is InputRemark => "code" in one));
  if (read.length === 0 && remarks.length === 0) remarks.push(remark("problem", "json-no-submission", { file: input.name, line: 1 }, { found: "[]" }));
  return { encoding: decoded.encoding, fragments: read, remarks };
}

type Document = PlainDocument | JsonTree;

/** One document, or one a line where the first line is a whole one already and another follows. */
function documents(text: string): Document[] {
  const lines = text.split("\n");
  const filled = lines.flatMap((line, index) => (line.trim() === "" ? [] : [{ line, number: index + 1 }]));
  const [first, second] = filled;
  const several = first !== undefined && second !== undefined && /^\s*\{/.test(second.line) && isWhole(first.line);
  return several ? filled.map(({ line, number }) => document(line, number)) : [document(text, 1)];
}

const document = (text: string, line: number): Document => plainDocument(text, line) ?? parseJson(text, line);

function isWhole(line: string): boolean {
  if (!/^\s*\{.*\}\s*$/s.test(line)) return false;
  const { root, mistakes } = parseJson(line);
  return root !== null && mistakes.length === 0;
}

function plainFragments(document: PlainDocument, file: string, context: ReadContext): (Fragment | InputRemark)[] {
  const { data } = document;
  return Array.isArray(data) ? data.map((item, index) => plainFragment(item, segment(index), document, file, context)) : [plainFragment(data, "", document, file, context)];
}

/** The same answers as `fragment`; where there is more to say than that this is a submission, that says it. */
function plainFragment(data: unknown, pointer: string, document: PlainDocument, file: string, context: ReadContext): Fragment | InputRemark {
  const isSubmission = typeof data === "object" && data !== null && !Array.isArray(data) && ["format", "tables", "basicData", "statements"].some((key) => Object.hasOwn(data, key)) && !isOwn((data as { format?: unknown }).format);
  if (isSubmission) {
    notePlaces(data, pointer, document, file, context.places);
    const fragment = shaped(data as Record<string, unknown>, file, [], context.places);
    if (fragment.remarks.length === 0) notePlainPlaces(data, pointer, document, file, context.places);
    return fragment;
  }
  const { root } = parseJson(document.text, document.line);
  const node = pointer === "" ? root : root?.type === "array" ? root.items[Number(pointer.slice(1))] : null;
  return node === null || node === undefined ? remark("problem", "json-no-submission", { file, line: document.line }, { found: "" }) : fragment(node, pointer, file, context);
}

/** Whether it is something that ziping writes beside submissions: a report, a summary, a comparison, a review file. */
function isOwn(format: unknown): format is string {
  return typeof format === "string" && /^ziping\/(?!submission@)[a-z]+@/u.test(format);
}

function fragment(node: JsonNode, pointer: string, file: string, context: ReadContext): Fragment | InputRemark {
  const at = { file, line: node.line, pointer };
  if (node.type !== "object") return remark("problem", "json-no-submission", at, { found: clipped(node.type === "array" ? "[ … ]" : node.text) });
  const format = node.members.get("format");
  if (format?.type === "string" && isOwn(format.text)) return format.text.startsWith("ziping/report@") ? remark("problem", "json-report", at) : remark("problem", "json-own", at, { format: format.text });
  const known = ["format", "tables", "basicData", "statements"].some((key) => node.members.has(key));
  if (!known) return remark("problem", "json-no-submission", at, { found: clipped([...node.members.keys()].join("、") || "{ }") });
  const { data, remarks } = jsonData(node, pointer, file, context.places);
  return shaped(data, file, remarks, context.places);
}

function grammar(file: string, mistake: JsonMistake, tree: JsonTree): InputRemark {
  const code = tree.root === null ? "json-nothing" : `json-${mistake.kind}`;
  return remark("problem", code, { file, line: mistake.line });
}
