// A paragraph of WordprocessingML → the text a reader sees, and what was left out of it.
import { attribute, child, isOn, type Element } from "./tree.ts";

/** What the walk over runs gathers beside the text. */
export interface Gathered {
  /** Deleted or moved-away text was met, and inserted text. */
  deleted: number;
  inserted: number;
  hiddenText: number;
  /** Ids of comments that the text carries. */
  comments: string[];
  /** Contents of text boxes, each a container of paragraphs and tables. */
  boxes: Element[];
  /** Embedded objects (a worksheet in the text), which are not read. */
  objects: number;
}

export function nothingGathered(): Gathered {
  return { deleted: 0, inserted: 0, hiddenText: 0, comments: [], boxes: [], objects: 0 };
}

/**
 * Text of a paragraph as displayed with all revisions accepted: insertions kept, deletions and field codes left out,
 * line breaks `\n`, tabs `\t`. Text boxes are handed to `gathered`, not mixed into the text.
 */
export function paragraphText(paragraph: Element, gathered: Gathered): string {
  const pieces: string[] = [];
  collect(paragraph, pieces, gathered);
  return pieces.join("");
}

function collect(parent: Element, pieces: string[], gathered: Gathered): void {
  for (const element of parent.children) collectOne(element, pieces, gathered);
}

function collectOne(element: Element, pieces: string[], gathered: Gathered): void {
  const { name } = element;
  const fixed = fixedText[name];
  if (fixed !== undefined) {
    pieces.push(fixed);
    return;
  }
  if (leftOut.has(name)) return;
  switch (name) {
    case "t": pieces.push(element.text); return;
    case "br": pieces.push(attribute(element, "type") === "page" ? "" : "\n"); return;
    case "sym": pieces.push(symbol(attribute(element, "font") ?? "", attribute(element, "char") ?? "")); return;
    case "del": case "moveFrom": if (element.children.length > 0) gathered.deleted += 1; return;
    case "ins": case "moveTo": if (element.children.length > 0) gathered.inserted += 1; break;
    case "r": if (isOn(child(child(element, "rPr"), "vanish"))) { gathered.hiddenText += 1; return; } break;
    case "commentReference": gathered.comments.push(attribute(element, "id") ?? ""); return;
    case "txbxContent": gathered.boxes.push(element); return;
    case "OLEObject": gathered.objects += 1; return;
    case "AlternateContent": collect(child(element, "Choice") ?? child(element, "Fallback") ?? element, pieces, gathered); return;
    default: break;
  }
  collect(element, pieces, gathered);
}

const fixedText: Partial<Record<string, string>> = { tab: "\t", ptab: "\t", cr: "\n", noBreakHyphen: "-", softHyphen: "" };

/** Properties, field codes, ruby readings: never shown as text of the line. */
const leftOut = new Set(["pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText", "rt", "footnoteReference", "endnoteReference", "annotationRef"]);

/** Signs that Word keeps as a code of a symbol font: comparisons and boxes to tick. */
const symbols: Record<string, Record<string, string>> = {
  symbol: { a3: "≤", b3: "≥", b9: "≠", b4: "×", b8: "÷", b1: "±", "3c": "<", "3d": "=", "3e": ">", "25": "%" },
  wingdings: { fe: "☑", fd: "☒", a8: "□", "6f": "□", fc: "√" },
  "wingdings 2": { "52": "☑", "53": "☒", a3: "□", "50": "√" },
};

function symbol(font: string, code: string): string {
  const point = Number.parseInt(code, 16);
  if (Number.isNaN(point)) return "";
  const low = (point & 0xff).toString(16);
  return symbols[font.toLowerCase()]?.[low] ?? (point >= 0xe000 && point <= 0xf8ff ? "\uFFFD" : String.fromCodePoint(point));
}
