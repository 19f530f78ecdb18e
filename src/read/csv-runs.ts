// Rows one after the other, each with its place, year and department -> stretches of the files by department and year.
import { keyOf, type Above } from "./csv-tables.ts";
import { plain } from "./words.ts";
import { readYear } from "./year.ts";

/** Rows of one department that stand together: bytes `offset` to `end`, the first on that line of the file. `above`: year and department as the row before says them. */
export interface Stretch { offset: number; end: number; line: number; above: Above }

/** All rows of one department and year: `file` is the index of the file. */
export interface Group { year: string | null; department: string | null; parts: { file: number; stretches: Stretch[] }[] }

interface Place { offset: number; end: number; line: number }
interface Part extends Above { stretches: Numbers }
interface Misfit extends Place { named: string; above: Above }

export interface Runs {
  parts: Part[];
  byKey: Map<string, Part>;
  misfits: Misfit[];
  add: (at: Place, of: Above) => void;
  addMisfit: (at: Place, names: { named: string; above: Above }) => void;
  interrupt: () => void;
}

/** Offset, end and line of each stretch: three numbers, so that a million scattered rows take 24 MB. */
type Numbers = number[];

export function runsOf(): Runs {
  const parts: Part[] = [];
  const byKey = new Map<string, Part>();
  const misfits: Misfit[] = [];
  let last: { part: Part; year: string; department: string } | null = null;
  const partOf = (of: Above): Part => {
    const key = keyOf(of);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const part: Part = { ...of, stretches: [] };
    byKey.set(key, part);
    parts.push(part);
    return part;
  };
  return {
    parts, byKey, misfits,
    add: ({ offset, end, line }, of) => {
      if (last?.year === of.year && last.department === of.department) last.part.stretches[last.part.stretches.length - 2] = end;
      else {
        const part = partOf(of);
        part.stretches.push(offset, end, line);
        last = { part, ...of };
      }
    },
    addMisfit: (at, { named, above }) => {
      misfits.push({ ...at, named, above });
      last = null;
    },
    interrupt: () => { last = null; },
  };
}

/** What the files hold of each department and year, in the order of first appearance; rows without either go where `gathered` would put them. */
export function grouped(files: readonly Runs[]): Groups {
  const homes = homesOf(files);
  const drafts = new Map<string, Draft[]>();
  files.forEach((runs, file) => {
    const draftOf = (part: Part): Draft => {
      const drafted = drafts.get(homes(part)) ?? [];
      drafts.set(homes(part), drafted);
      const known = drafted.at(-1);
      if (known?.file === file) return known;
      const made: Draft = { file, parts: [], misfits: [] };
      drafted.push(made);
      return made;
    };
    for (const part of runs.parts) draftOf(part).parts.push(part);
    // A row that came apart may name a department wrongly: it counts as one of those that whole rows name.
    for (const { offset, end, line, named, above } of runs.misfits) {
      const part = runs.byKey.get(named) ?? runs.byKey.get(keyOf(above)) ?? runs.parts[0];
      if (part !== undefined) drafts.get(homes(part))?.find((draft) => draft.file === file)?.misfits.push({ offset, end, line, above });
    }
    runs.byKey.clear();
  });
  return { count: drafts.size, each: () => groupsOf(drafts.values()) };
}

/** Made one by one, so that a million scattered rows are no million objects. */
export interface Groups { count: number; each: () => Iterable<Group> }

interface Draft { file: number; parts: Part[]; misfits: Stretch[] }

function* groupsOf(drafts: Iterable<readonly Draft[]>): Generator<Group> {
  for (const drafted of drafts) {
    const first = drafted[0]?.parts[0];
    const parts = drafted.map(({ file, parts: of, misfits }) => ({ file, stretches: [...of.flatMap(stretchesOf), ...misfits].sort((a, b) => a.offset - b.offset) }));
    yield { year: first?.year || null, department: first?.department || null, parts };
  }
}

function stretchesOf({ stretches, year, department }: Part): Stretch[] {
  const above = { year, department };
  return Array.from({ length: stretches.length / 3 }, (_, index) => ({ offset: stretches[3 * index] ?? 0, end: stretches[3 * index + 1] ?? 0, line: stretches[3 * index + 2] ?? 1, above }));
}

/** The group that a part belongs to: its own year and department, or those of the one that fits where it lacks either. */
function homesOf(files: readonly Runs[]): (part: Above) => string {
  const byName = new Map<string, string | null>();
  const byYear = new Map<string, string | null>();
  const all = new Set<string>();
  const noteIn = (index: Map<string, string | null>, key: string, home: string): void => { index.set(key, index.has(key) && index.get(key) !== home ? null : home); };
  for (const { parts } of files) for (const part of parts) {
    const [year, name] = namesOf(part);
    if (year === "" || name === "") continue;
    const home = `${year}\n${name}`;
    noteIn(byName, name, home);
    noteIn(byYear, year, home);
    if (all.size < 2) all.add(home);
  }
  return (part) => {
    const [year, name] = namesOf(part);
    if (year !== "" && name !== "") return `${year}\n${name}`;
    const home = name !== "" ? byName.get(name) : year !== "" ? byYear.get(year) : all.size === 1 ? [...all][0] : undefined;
    return home ?? `\n${year}\n${name}`;
  };
}

const namesOf = ({ year, department }: Above): [string, string] => [readYear(year) ?? "", plain(department)];
