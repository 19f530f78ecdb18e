// Files and corrected contents -> what the service read and found of them.
import { file, post, save, upload, type Asking } from "./api.ts";
import type { InputRemark, Place, Report, Submission } from "../model.ts";
import { lang } from "./words.ts";

/** One submission as it was read, and the report on it. `places`: where each value stood, by its pointer. */
export interface Read { submission: Submission; report: Report; places: Readonly<Record<string, Place>>; ruleSet: string | null }

export interface Picked { name: string; file: File }

/** What could not be read at all, as sentences. */
export interface Unread { message: string; place: Place | null }

interface Extracted {
  items: { submission: Submission; report?: Report; places?: Record<string, Place> }[];
  remarks: (Partial<InputRemark> & { message?: string; at?: Place | null })[];
}

/** Reads and checks files; nothing is kept by the service. */
export async function checkFiles(picked: readonly Picked[], ruleSet: string | null, onProgress: (share: number) => void, signal: AbortSignal): Promise<{ read: Read[]; unread: Unread[] }> {
  const { items, remarks } = await upload<Extracted>("/check/extract", formOfFiles(picked), onProgress, { query: { report: true, lang: lang.value, rules: ruleSet }, signal });
  const read = await Promise.all(items.map(async ({ submission, report, places }): Promise<Read> => {
    const known = report ?? await checkContent(submission, ruleSet, signal);
    return { submission, report: known, places: places ?? placesOf(known), ruleSet };
  }));
  return { read, unread: remarks.filter(({ message }) => message !== undefined).map(({ message = "", at = null }) => ({ message, place: at })) };
}

/** Checks a content as it stands in the page. */
export async function checkContent(submission: Submission, ruleSet: string | null, signal?: AbortSignal): Promise<Report> {
  const answer = await post<Report | Report[]>("/check", submission, { query: { lang: lang.value, rules: ruleSet }, ...(signal === undefined ? {} : { signal }) });
  const [report] = [answer].flat();
  if (report === undefined) throw new RangeError("no report");
  return report;
}

/** A report on files, or on a content as the file that it is downloaded as, in a format for people, handed to the person. */
export async function saveReport(format: "xlsx" | "docx" | "markdown" | "html", of: readonly Picked[], ruleSet: string | null, name: string): Promise<void> {
  const asking: Asking = { query: { format, lang: lang.value, rules: ruleSet, audience: "department" }, body: formOfFiles(of) };
  const { blob } = await file("POST", "/check", asking);
  save(blob, name);
}

export function formOfFiles(picked: readonly Picked[]): FormData {
  const form = new FormData();
  for (const { name, file: one } of picked) form.append("files", one, name);
  return form;
}

/** The content as the file that `ziping check` and a resubmission take. */
export function contentFile(submission: Submission, name = "submission.json"): File {
  return new File([`${JSON.stringify(submission, null, 2)}\n`], name, { type: "application/json" });
}

/** What was dropped, folders walked; names keep their folders. */
export async function pickedFrom(transfer: DataTransfer): Promise<Picked[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return [...transfer.files].map((one) => ({ name: one.name, file: one }));
  return (await Promise.all(entries.map(walk))).flat();
}

export function pickedOf(list: FileList | null): Picked[] {
  return [...(list ?? [])].map((one) => ({ name: one.webkitRelativePath === "" ? one.name : one.webkitRelativePath, file: one })).filter(({ name }) => isMeant(name));
}

/** Places that a report on the files tells by itself, where the service gave none. */
function placesOf(report: Report): Record<string, Place> {
  const places = [...report.findings.flatMap(({ at }) => at), ...report.tables.flatMap(({ ledger }) => ledger.flatMap(({ at }) => at ?? []))];
  return Object.fromEntries(places.flatMap((place) => (place.pointer === undefined ? [] : [[place.pointer, place]])));
}

async function walk(entry: FileSystemEntry): Promise<Picked[]> {
  if (entry.isFile) {
    const one = await new Promise<File>((resolve, reject) => { (entry as FileSystemFileEntry).file(resolve, reject); });
    const name = entry.fullPath.replace(/^\//, "");
    return isMeant(name) ? [{ name, file: one }] : [];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Picked[] = [];
  // A reader hands out a folder's entries in parts of a hundred; an empty part is the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (part.length === 0) return found;
    for (const one of part) found.push(...await walk(one));
  }
}

/** Not what editors and systems leave lying in folders. */
function isMeant(name: string): boolean {
  const last = name.split("/").at(-1) ?? "";
  return !last.startsWith("~$") && !last.startsWith(".") && last !== "Thumbs.db" && last !== "desktop.ini";
}
