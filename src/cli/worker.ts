// `ziping worker`: takes checking jobs from the PostgreSQL of DATABASE_URL, beside any number of others, until it is stopped.
import { word } from "../locale.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { Refusal } from "./refusal.ts";
import { tellBroken, whenStopped } from "./serve.ts";
import { placeOf, told } from "./store.ts";

export const worker: Command = { name: "worker", options: [language], run: runWorker };

async function runWorker(call: Call, world: World): Promise<Status> {
  const { locale } = call;
  if ((world.env["DATABASE_URL"] ?? "") === "") throw new Refusal("workerStore");
  const place = placeOf(call, world);
  if (!("url" in place)) throw new Refusal("workerStore");
  return await told(locale, world, async () => {
    const { settingsFrom } = await import("../server/settings.ts");
    const { work } = await import("../server/start.ts");
    const stopped = whenStopped(world);
    const settings = settingsFrom(world.env);
    await tellBroken(settings, call, world);
    const stop = await work(place.url, settings);
    await world.out(`${word(locale, "cli", "worker.ready")}\n`);
    await stopped;
    world.err(`${word(locale, "cli", "serve.stopping")}\n`);
    await stop();
    return 0;
  });
}
