// `ziping serve --data DIR`: the service with its pages, on PGlite in the folder or on the PostgreSQL of DATABASE_URL, until it is stopped.
import { word } from "../locale.ts";
import type { Settings } from "../server/settings.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { textOf } from "./command.ts";
import { Refusal, sentenceOf } from "./refusal.ts";
import { data, placeOf, told } from "./store.ts";

export const serve: Command = {
  name: "serve",
  options: [data, { flags: "--port <PORT>" }, { flags: "--host <HOST>" }, { flags: "--public-url <URL>" }, { flags: "--no-work" }, language],
  run: runService,
};

async function runService(call: Call, world: World): Promise<Status> {
  const { options, locale } = call;
  const place = placeOf(call, world);
  return await told(locale, world, async () => {
    const { settingsFrom } = await import("../server/settings.ts");
    const given = { port: textOf(options, "port"), host: textOf(options, "host"), publicUrl: textOf(options, "publicUrl") };
    const settings = settingsFrom(world.env, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)));
    await tellBroken(settings, call, world);
    const service = await import("../server/start.ts");
    const stopped = whenStopped(world);
    // The first start makes the database, which takes some seconds.
    if (world.errIsTerminal) world.err(`${word(locale, "cli", "serve.opening")}\n`);
    const serving = await service.serve(place, settings, options["work"] !== false).catch((problem: unknown) => { throw refusalOf(problem, settings.port, settings.host); });
    const lines = [word(locale, "cli", "serve.listening", { url: serving.url }), ...(serving.firstLink === null ? [] : [word(locale, "cli", "serve.first", { link: serving.firstLink })])];
    await world.out(`${lines.join("\n")}\n`);
    await stopped;
    world.err(`${word(locale, "cli", "serve.stopping")}\n`);
    await serving.stop();
    return 0;
  });
}

/** Rule sets of one's own that cannot be used, each with what is wrong: said once, and the others go on. */
export async function tellBroken(settings: Settings, { locale }: Call, world: World): Promise<void> {
  const { brokenRuleSets } = await import("../server/rule-sets.ts");
  for (const { folder, problem } of await brokenRuleSets(settings)) world.err(`${word(locale, "cli", "serve.brokenRuleSet", { folder, why: sentenceOf(problem, locale, folder) })}\n`);
}

/** Resolves at the first signal to stop; the second ends the process at once, as ever. */
export async function whenStopped(world: World): Promise<void> {
  await new Promise<void>((resolve) => { world.onStop?.(resolve); });
}

function refusalOf(problem: unknown, port: number, host: string): unknown {
  const { code, syscall } = problem as NodeJS.ErrnoException;
  if (syscall !== "listen") return problem;
  if (code === "EADDRINUSE") return new Refusal("portTaken", { port: String(port) });
  if (code === "EACCES") return new Refusal("portForbidden", { port: String(port) });
  return code === "EADDRNOTAVAIL" ? new Refusal("noAddress", { host }) : problem;
}
