// A tree of JSON values -> plain data: every cell a text, keys without a prototype behind them, each object's place noted.
import type { InputRemark } from "../model.ts";
import type { Places } from "./format.ts";
import type { JsonArray, JsonNode, JsonObject, JsonScalar } from "./json-tree.ts";
import { segment } from "./place.ts";
import { clipped, remark } from "./remark.ts";
import { both } from "./settle.ts";

/** `data`: objects and arrays as in the tree; `cut` ones get `partial: true` where the contract has it. */
export function jsonData(root: JsonObject, pointer: string, file: string, places: Places): { data: Record<string, unknown>; remarks: InputRemark[] } {
  const remarks: InputRemark[] = [];
  const convert = (node: JsonNode, at: string, free: boolean): unknown => {
    if (node.type === "object") return objectData(node, at, free);
    if (node.type === "array") return arrayData(node, at, free);
    return free ? freeScalar(node) : scalarData(node);
  };
  const objectData = (node: JsonObject, at: string, free: boolean): Record<string, unknown> => {
    const data = Object.create(null) as Record<string, unknown>;
    for (const [key, value] of node.members) data[key] = convert(value, at + segment(key), free || (at === pointer && key === "source"));
    for (const again of node.repeated) settle(data, again, at);
    if (node.cut && PARTIAL.test(at.slice(pointer.length))) data["partial"] = true;
    places.set(data, (key) => {
      const value = key === null ? node : node.members.get(key);
      return value === undefined ? null : { file, line: value.line, pointer: key === null ? at : at + segment(key) };
    });
    return data;
  };
  const arrayData = (node: JsonArray, at: string, free: boolean): unknown[] => {
    const data = node.items.map((item, index) => convert(item, at + segment(index), free));
    places.set(data, (key) => {
      const item = key === null ? node : node.items[Number(key)];
      return item === undefined ? null : { file, line: item.line, pointer: key === null ? at : at + segment(key) };
    });
    return data;
  };
  const settle = (data: Record<string, unknown>, { key, first, second }: JsonObject["repeated"][number], at: string): void => {
    const values = { key: clipped(key), first: String(first.line), second: String(second.line) };
    const scalars = "text" in first && "text" in second;
    const present = data[key];
    if (scalars && typeof present === "string") data[key] = both(present, String(scalarData(second) ?? ""));
    else data["partial"] = PARTIAL.test(at.slice(pointer.length)) ? true : data["partial"];
    if (data["partial"] === undefined) delete data["partial"];
    remarks.push(remark("problem", scalars ? "json-duplicate-key" : "json-duplicate-part", { file, line: second.line, pointer: at + segment(key) }, values));
  };
  return { data: objectData(root, pointer, false), remarks };
}

/** Pointers (below the submission) of what can be `partial`. */
const PARTIAL = /^(?:|\/tables\/\d+|\/basicData)$/;

function scalarData(node: JsonScalar): string | boolean | null {
  if (node.type === "null") return null;
  return node.type === "boolean" ? node.text === "true" : node.text;
}

/** In `source`, which is echoed: a number, unless that would lose digits. */
function freeScalar(node: JsonScalar): unknown {
  if (node.type !== "number") return scalarData(node);
  return String(Number(node.text)) === node.text ? Number(node.text) : node.text;
}
