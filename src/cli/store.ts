// --data and DATABASE_URL -> the store that a command works on, and its troubles as sentences.
import { stat } from "node:fs/promises";
import { word, type Locale } from "../locale.ts";
import type { Store, StorePlace } from "../server/store/database.ts";
import type { Call, OptionOf, Status, World } from "./command.ts";
import { textOf } from "./command.ts";
import { Refusal } from "./refusal.ts";

export const data: OptionOf = { flags: "--data <DIR>" };

/** Throws Refusal where neither is given, or both. */
export function placeOf({ options }: Call, world: World): StorePlace {
  const folder = textOf(options, "data");
  const url = world.env["DATABASE_URL"] ?? "";
  if (folder !== null && url !== "") throw new Refusal("twoStores", { folder });
  if (folder !== null) return { folder };
  if (url === "") throw new Refusal("noStore");
  if (!/^postgres(?:ql)?:\/\//u.test(url)) throw new Refusal("databaseUrl");
  return { url };
}

/** Opens the store, lets the work be done and closes it. `make`: the folder may be new. */
export async function withStore(call: Call, world: World, work: (store: Store) => Promise<Status>, make = false): Promise<Status> {
  const place = placeOf(call, world);
  if (!make && "folder" in place && place.folder !== null) await refuseWithoutStore(place.folder);
  return await told(call.locale, world, async () => {
    const { openStore } = await import("../server/store/database.ts");
    const store = await openStore(place);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  });
}

/** What the store or the service refuses, in a sentence on standard error; exit status 2. A Refusal is said as everywhere. */
export async function told(locale: Locale, world: World, work: () => Promise<Status>): Promise<Status> {
  try {
    return await work();
  } catch (problem) {
    const sentence = await sentenceFor(problem, locale);
    if (sentence === null) throw problem;
    world.err(`${sentence}\n`);
    return 2;
  }
}

async function refuseWithoutStore(folder: string): Promise<void> {
  if (await stat(`${folder}/store`).then((found) => found.isDirectory(), () => false)) return;
  throw new Refusal("noStoreThere", { folder });
}

async function sentenceFor(problem: unknown, locale: Locale): Promise<string | null> {
  if (problem instanceof Refusal) return null;
  const { SettingProblem } = await import("../server/settings.ts");
  if (problem instanceof SettingProblem) return word(locale, "service", problem.given === "" ? "setting.missing" : "setting.wrong", { name: problem.setting, given: problem.given });
  const { code } = problem as { code?: unknown };
  if (typeof code === "string" && /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|28\w{3}|3D000|57P03)$/u.test(code)) return word(locale, "cli", "error.store.unreachable", { code });
  // The system's own, about a file: said with its path.
  if (typeof (problem as NodeJS.ErrnoException).path === "string") return null;
  if (isFull(problem)) return word(locale, "cli", "error.store.full");
  const { Problem, answerTo } = await import("../server/problem.ts");
  const answer = answerTo(problem, locale.lang);
  return problem instanceof Problem || answer.status === 409 || answer.status === 400 || answer.status === 507 ? answer.body.detail : null;
}

/** PGlite ends at once where its folder is full, and says so only in its message. */
const isFull = (problem: unknown): boolean => problem instanceof Error && /No space left|ENOSPC|could not (?:extend|write)/u.test(`${problem.message} ${(problem as { code?: string }).code ?? ""}`);
