// What one PDF page paints → its characters and its straight rules, in points from the top left corner.
import { apply, multiply, type Matrix } from "./matrix.ts";
import { plainCharacter } from "./characters.ts";

/** A character: its box along the baseline `y`, which runs to the right once the page stands upright. `run` numbers the drawing commands. */
export interface Glyph { text: string; x0: number; x1: number; y: number; size: number; run: number; space: boolean }

/** A painted rule: horizontal where y0 = y1, vertical where x0 = x1. */
export interface Rule { x0: number; y0: number; x1: number; y1: number }

export interface Content { glyphs: Glyph[]; rules: Rule[]; images: number; /** Characters painted in no colour: the text layer of a scan. */ invisible: number; /** Characters by the way their line runs. */ turned: { level: number; up: number; down: number } }

/** Codes of the operators that matter here, by the library's names. */
export type Codes = Readonly<Record<string, number>>;
export interface Operators { fnArray: readonly number[]; argsArray: readonly unknown[] }
export interface Font { fontMatrix: readonly number[]; vertical: boolean }

interface State {
  ctm: Matrix; font: Font; size: number; direction: number; characterSpacing: number; wordSpacing: number;
  scale: number; leading: number; rise: number; mode: number; stroke: string; fill: string;
}

/** Walk over a page's operators. */
interface Walk extends Content { state: State; stack: State[]; text: Matrix; x: number; y: number; lineX: number; lineY: number; run: number }

/** `base` takes the page's own coordinates to points from the top left, its rotation included. */
export function contentOf(operators: Operators, codes: Codes, base: Matrix, font: (name: string) => Font): Content {
  const walk: Walk = {
    glyphs: [], rules: [], images: 0, invisible: 0, stack: [], text: identity, x: 0, y: 0, lineX: 0, lineY: 0, run: 0, turned: { level: 0, up: 0, down: 0 },
    state: { ctm: base, font: noFont, size: 0, direction: 1, characterSpacing: 0, wordSpacing: 0, scale: 1, leading: 0, rise: 0, mode: 0, stroke: "#000000", fill: "#000000" },
  };
  const steps = new Map<number, Step>(Object.entries(stepsByName(font)).map(([name, step]) => [codes[name] ?? -1, step]));
  const paints = paintsOf(codes);
  for (const [index, code] of operators.fnArray.entries()) {
    const given = operators.argsArray[index];
    const step = steps.get(code);
    if (step !== undefined) step(walk, Array.isArray(given) ? given : []);
    else if (code === codes["constructPath"] && Array.isArray(given)) addPath(walk, given, paints);
  }
  return { glyphs: walk.glyphs, rules: walk.rules, images: walk.images, invisible: walk.invisible, turned: walk.turned };
}

const identity: Matrix = [1, 0, 0, 1, 0, 0];
const noFont: Font = { fontMatrix: [0.001, 0, 0, 0.001, 0, 0], vertical: false };

type Step = (walk: Walk, values: readonly unknown[]) => void;

function stepsByName(font: (name: string) => Font): Record<string, Step> {
  const save: Step = (walk) => { if (walk.stack.length < 10_000) walk.stack.push({ ...walk.state }); };
  const restore: Step = (walk) => { walk.state = walk.stack.pop() ?? walk.state; };
  const move = (walk: Walk, dx: number, dy: number): void => {
    walk.x = walk.lineX += dx;
    walk.y = walk.lineY += dy;
  };
  const image: Step = (walk) => { walk.images += 1; };
  return {
    save,
    restore,
    transform: (walk, values) => { walk.state.ctm = multiply(walk.state.ctm, matrixOf(values)); },
    paintFormXObjectBegin: (walk, values) => {
      save(walk, values);
      if (values[0] !== null && values[0] !== undefined) walk.state.ctm = multiply(walk.state.ctm, matrixOf([values[0]]));
    },
    paintFormXObjectEnd: restore,
    setStrokeRGBColor: (walk, values) => { walk.state.stroke = String(values[0]); },
    setFillRGBColor: (walk, values) => { walk.state.fill = String(values[0]); },
    beginText: (walk) => { Object.assign(walk, { text: identity, x: 0, y: 0, lineX: 0, lineY: 0 }); },
    setCharSpacing: (walk, values) => { walk.state.characterSpacing = numberOf(values[0]); },
    setWordSpacing: (walk, values) => { walk.state.wordSpacing = numberOf(values[0]); },
    setHScale: (walk, values) => { walk.state.scale = numberOf(values[0]) / 100; },
    setLeading: (walk, values) => { walk.state.leading = -numberOf(values[0]); },
    setTextRise: (walk, values) => { walk.state.rise = numberOf(values[0]); },
    setTextRenderingMode: (walk, values) => { walk.state.mode = numberOf(values[0]); },
    setFont: (walk, values) => {
      const size = numberOf(values[1]);
      Object.assign(walk.state, { font: font(String(values[0])), size: Math.abs(size), direction: size < 0 ? -1 : 1 });
    },
    setTextMatrix: (walk, values) => { Object.assign(walk, { text: matrixOf(values), x: 0, y: 0, lineX: 0, lineY: 0 }); },
    moveText: (walk, values) => { move(walk, numberOf(values[0]), numberOf(values[1])); },
    setLeadingMoveText: (walk, values) => {
      walk.state.leading = numberOf(values[1]);
      move(walk, numberOf(values[0]), numberOf(values[1]));
    },
    nextLine: (walk) => { move(walk, 0, walk.state.leading); },
    showText: (walk, values) => { if (Array.isArray(values[0])) showText(walk, values[0]); },
    paintImageXObject: image,
    paintInlineImageXObject: image,
    paintImageMaskXObject: (walk) => { addThinBox(walk, boxOf([[0, 0], [1, 1]], walk.state.ctm)); walk.images += 1; },
    paintSolidColorImageMask: (walk) => { addThinBox(walk, boxOf([[0, 0], [1, 1]], walk.state.ctm)); },
  };
}

function showText(walk: Walk, glyphs: readonly unknown[]): void {
  const { state } = walk;
  const toPage = multiply(state.ctm, walk.text);
  const along = state.scale * state.direction;
  walk.run += 1;
  let advance = 0;
  for (const glyph of glyphs) {
    if (typeof glyph === "number") {
      advance += ((state.font.vertical ? 1 : -1) * glyph * state.size) / 1000;
      continue;
    }
    if (!isPdfGlyph(glyph)) continue;
    const width = (state.font.vertical ? glyph.vmetric?.[0] ?? -1000 : glyph.width) * state.size * (state.font.fontMatrix[0] ?? 0.001);
    const spacing = ((glyph.isSpace ? state.wordSpacing : 0) + state.characterSpacing) * state.direction;
    addGlyph(walk, toPage, glyph.unicode, advance, width, along);
    advance += state.font.vertical ? width - spacing : width + spacing;
  }
  if (state.font.vertical) walk.y += advance;
  else walk.x += advance * along;
}

interface PdfGlyph { unicode: string; width: number; isSpace: boolean; vmetric?: readonly number[] }

function isPdfGlyph(glyph: unknown): glyph is PdfGlyph {
  return typeof glyph === "object" && glyph !== null && "unicode" in glyph && typeof glyph.unicode === "string";
}

function addGlyph(walk: Walk, toPage: Matrix, unicode: string, advance: number, width: number, along: number): void {
  const { state } = walk;
  const rise = walk.y + state.rise;
  const [start, end] = state.font.vertical
    ? [[walk.x - state.size / 2, rise + advance + width], [walk.x + state.size / 2, rise + advance + width]] as const
    : [[walk.x + advance * along, rise], [walk.x + (advance + width) * along, rise]] as const;
  const [x0, y0] = apply(toPage, start[0], start[1]);
  const [x1, y1] = apply(toPage, end[0], end[1]);
  const size = state.size * Math.hypot(toPage[2], toPage[3]);
  const level = Math.abs(y1 - y0) <= 0.1 * Math.abs(x1 - x0);
  // Slanted text is a watermark; text that runs upwards keeps its place, one character above the other.
  if (!level && Math.abs(x1 - x0) > 0.1 * Math.abs(y1 - y0)) return;
  const text = plainCharacter(unicode);
  if (text === "") return;
  walk.turned[level || state.font.vertical ? "level" : y1 < y0 ? "up" : "down"] += 1;
  if (state.mode === 3 || state.mode === 7) walk.invisible += 1;
  const box = level ? { x0: Math.min(x0, x1), x1: Math.max(x0, x1), y: y0 } : { x0: x0 - size / 2, x1: x0 + size / 2, y: Math.max(y0, y1) };
  walk.glyphs.push({ text, ...box, size, run: walk.run, space: text.trim() === "" });
}

type Points = readonly (readonly [number, number])[];
interface Box { x0: number; y0: number; x1: number; y1: number }

function boxOf(points: Points, matrix: Matrix): Box {
  const moved = points.map(([x, y]) => apply(matrix, x, y));
  const xs = moved.map(([x]) => x);
  const ys = moved.map(([, y]) => y);
  return { x0: Math.min(...xs), x1: Math.max(...xs), y0: Math.min(...ys), y1: Math.max(...ys) };
}

/** A filled box this thin is a rule. */
const thin = 2.5;

function addThinBox(walk: Walk, box: Box): void {
  const { x0, y0, x1, y1 } = box;
  if (y1 - y0 <= thin && x1 - x0 > thin) walk.rules.push({ x0, x1, y0: (y0 + y1) / 2, y1: (y0 + y1) / 2 });
  else if (x1 - x0 <= thin && y1 - y0 > thin) walk.rules.push({ y0, y1, x0: (x0 + x1) / 2, x1: (x0 + x1) / 2 });
}

interface Paints { stroke: ReadonlySet<number>; fill: ReadonlySet<number> }

function paintsOf(codes: Codes): Paints {
  const set = (...names: string[]): ReadonlySet<number> => new Set(names.map((name) => codes[name] ?? -1));
  return {
    stroke: set("stroke", "closeStroke", "fillStroke", "eoFillStroke", "closeFillStroke", "closeEOFillStroke"),
    fill: set("fill", "eoFill", "fillStroke", "eoFillStroke", "closeFillStroke", "closeEOFillStroke"),
  };
}

const white = /^#f{6}$/iu;

function addPath(walk: Walk, given: readonly unknown[], paints: Paints): void {
  const paint = numberOf(given[0]);
  const path: unknown = Array.isArray(given[1]) ? given[1][0] : null;
  if (!isNumbers(path)) return;
  const strokes = paints.stroke.has(paint) && !white.test(walk.state.stroke);
  const fills = paints.fill.has(paint) && !white.test(walk.state.fill);
  if (!strokes && !fills) return;
  for (const points of subpaths(path)) {
    if (fills) addThinBox(walk, boxOf(points, walk.state.ctm));
    if (strokes) addSegments(walk, points);
  }
}

/** How many numbers follow each drawing command: move, line, curve, quadratic curve, close. */
const operandCounts = [2, 2, 6, 4, 0];

function subpaths(path: ArrayLike<number>): [number, number][][] {
  const done: [number, number][][] = [];
  let open: [number, number][] = [];
  for (let at = 0; at < path.length;) {
    const command = path[at] ?? 0;
    const operands = operandCounts[command] ?? 0;
    if (command === 0) done.push(open = []);
    const point: [number, number] = [path[at + operands - 1] ?? 0, path[at + operands] ?? 0];
    if (command === 4) open.push(open[0] ?? [0, 0]);
    else open.push(point);
    at += 1 + operands;
  }
  return done.filter((points) => points.length > 1);
}

function addSegments(walk: Walk, points: Points): void {
  for (let index = 1; index < points.length; index += 1) {
    const [from, to] = [points[index - 1], points[index]];
    if (from === undefined || to === undefined) continue;
    const [x0, y0] = apply(walk.state.ctm, from[0], from[1]);
    const [x1, y1] = apply(walk.state.ctm, to[0], to[1]);
    const box = { x0: Math.min(x0, x1), x1: Math.max(x0, x1), y0: Math.min(y0, y1), y1: Math.max(y0, y1) };
    if (Math.min(box.x1 - box.x0, box.y1 - box.y0) < 0.5) addThinBox(walk, box);
  }
}

function isNumbers(value: unknown): value is ArrayLike<number> {
  return value instanceof Float32Array || value instanceof Float64Array || (Array.isArray(value) && value.every((item) => typeof item === "number"));
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

/** A matrix as one list or as six numbers. */
function matrixOf(values: readonly unknown[]): Matrix {
  const list: unknown = values.length === 1 ? values[0] : values;
  const numbers = isNumbers(list) ? Array.from(list) : [];
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
  return [a, b, c, d, e, f];
}
