// Files of many departments -> a submission of each, by the department that the form names; and what became of each file.
import { loadLocale, type Language } from "../locale.ts";
import { word } from "../word.ts";
import type { Caller } from "./access.ts";
import type { FileIn, ReadOne } from "./checking-work.ts";
import { departmentNamed } from "./department-names.ts";
import { answerTo, Problem } from "./problem.ts";
import type { Service } from "./service.ts";
import { storeRead } from "./submissions-make.ts";
import { readUpload } from "./submissions-read.ts";

export interface BatchItem { files: string[]; department: string | null; year: string | null; submissionId: string | null; outcome: "created" | "resubmitted" | "refused" | "unread"; message: string }

export interface Batch { files: readonly FileIn[]; year: string | null; draft: boolean; lang: Language }

/**
 * One that is refused does not keep the others from being handed in. Where the store is away or full midway, what was handed in stays, the rest is
 * said not to have been: throws only where nothing was.
 */
export async function handInBatch(service: Service, caller: Caller, { files, year, draft, lang }: Batch): Promise<BatchItem[]> {
  const read = await readUpload(service, files, lang);
  const bytesOf = new Map(read.files.map((file) => [file.name, file]));
  const items: BatchItem[] = [];
  let stopped: Error | null = null;
  for (const one of read.submissions) {
    const own = one.files.flatMap(({ name }) => bytesOf.get(name) ?? []);
    if (stopped !== null) items.push(notDone(one, year, word(loadLocale(lang), "service", "batch.notDone")));
    else {
      const { item, failed } = await handInOne(service, caller, one, own, { year, draft, lang });
      // Nothing was done yet: the whole is refused, and may be sent again as it is.
      if (failed !== null && !items.some(({ submissionId }) => submissionId !== null)) throw failed;
      stopped = failed;
      items.push(item);
    }
  }
  const used = new Set(read.submissions.flatMap((one) => one.files.map(({ name }) => name)));
  const unread = read.files.filter(({ name }) => !used.has(name));
  const told = new Set<string>();
  for (const { kind, message, at } of read.remarks) {
    if (kind !== "problem") continue;
    told.add(at?.file ?? "");
    items.push({ files: at === null ? [] : [at.file], department: null, year: null, submissionId: null, outcome: "unread", message });
  }
  for (const { name } of unread) if (!told.has(name)) items.push({ files: [name], department: null, year: null, submissionId: null, outcome: "unread", message: word(loadLocale(lang), "service", "batch.unread") });
  return items;
}

async function handInOne(service: Service, caller: Caller, one: ReadOne, files: readonly FileIn[], { year, draft, lang }: Omit<Batch, "files">): Promise<{ item: BatchItem; failed: Error | null }> {
  const item = itemOf(one, year);
  try {
    const departmentId = await departmentNamed(service.db, caller, { name: one.department, code: one.code }, item.year);
    if (departmentId === null) throw new Problem(422, (one.department ?? "") === "" ? "departmentMissing" : "departmentUnknown", { name: one.department ?? "" });
    const there = await service.db.selectFrom("submission").select(["id", "state"]).where("department_id", "=", departmentId).where("year", "=", item.year ?? "").where("current", "=", true).executeTakeFirst();
    // A file in which several departments stand (a bureau's CSV) would be another's, too: the submission keeps what was read of it for this one.
    const own = one.shares.length === 0 ? files : [{ name: "submission.json", bytes: new TextEncoder().encode(one.content) }];
    const id = await storeRead(service, caller, { files: own, department: departmentId, year: item.year, draft, previous: there?.id ?? null, lang }, own, one);
    return { item: { ...item, submissionId: id, outcome: there === undefined ? "created" : "resubmitted", message: word(loadLocale(lang), "service", there === undefined ? "batch.created" : "batch.resubmitted") }, failed: null };
  } catch (problem) {
    const { status, body } = answerTo(problem, lang);
    if (status >= 500) service.log.error({ err: problem }, "batch");
    return { item: notDone(one, year, body.detail), failed: status > 500 && problem instanceof Error ? problem : null };
  }
}

const itemOf = (one: ReadOne, year: string | null) => ({ files: one.files.map(({ name }) => name), department: one.department, year: year ?? one.year });

const notDone = (one: ReadOne, year: string | null, message: string): BatchItem => ({ ...itemOf(one, year), submissionId: null, outcome: "refused", message });
