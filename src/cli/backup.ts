// `ziping backup FILE`: all that the store holds, in one file that either kind of store takes.
import { stat } from "node:fs/promises";
import { word } from "../locale.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { Refusal } from "./refusal.ts";
import { data, withStore } from "./store.ts";

export const backup: Command = { name: "backup", arguments: [{ name: "FILE" }], options: [data, language], run: writeBackup };

async function writeBackup(call: Call, world: World): Promise<Status> {
  const { args: [file = ""], locale } = call;
  if (await stat(file).then(() => true, () => false)) throw new Refusal("backupThere", { file });
  return await withStore(call, world, async (store) => {
    const { backupTo } = await import("../server/backup.ts");
    const { rows, audit } = await backupTo(store, file);
    await world.out(`${word(locale, "cli", "backup.done", { file, rows, head: audit?.digest.slice(0, 16) ?? "-" })}\n`);
    return 0;
  });
}
