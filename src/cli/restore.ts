// `ziping restore FILE`: a backup into an empty store of either kind; all of it or nothing.
import { word } from "../locale.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { Refusal } from "./refusal.ts";
import { data, withStore } from "./store.ts";

export const restore: Command = { name: "restore", arguments: [{ name: "FILE" }], options: [data, language], run: readBackup };

async function readBackup(call: Call, world: World): Promise<Status> {
  const { args: [file = ""], locale } = call;
  return await withStore(call, world, async (store) => {
    const { restoreFrom } = await import("../server/backup.ts");
    try {
      const { rows } = await restoreFrom(store, file);
      await world.out(`${word(locale, "cli", "restore.done", { file, rows })}\n`);
      return 0;
    } catch (problem) {
      throw problem instanceof Refusal ? new Refusal(problem.code, { file, ...problem.values }) : problem;
    }
  }, true);
}
