// `ziping template KIND [-o FILE]`: an empty official set to fill in.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { TEMPLATE_KINDS, archived, templateFiles } from "../write/template.ts";
import type { TemplateKind } from "../write/template.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { textOf } from "./command.ts";
import { put, putAll } from "./output.ts";
import { Refusal } from "./refusal.ts";

const MOST_PROJECTS = 200;

export const template: Command = {
  name: "template",
  arguments: [{ name: "KIND", choices: TEMPLATE_KINDS }],
  options: [{ flags: "-o, --output <FILE>" }, { flags: "--projects <COUNT>" }, language],
  run: writeTemplate,
};

/** `csv` goes into a folder, or as one archive to a .zip or standard output; what is no text is never printed on a screen. */
async function writeTemplate({ args, options, locale }: Call, world: World): Promise<Status> {
  const kind = TEMPLATE_KINDS.find((one) => one === args[0]) ?? ("json" satisfies TemplateKind);
  const file = textOf(options, "output");
  const target = file === "-" ? null : file;
  if (target === null && kind !== "json" && world.outIsTerminal) throw new Refusal("binaryToScreen", { format: kind });
  const files = await templateFiles(kind, projectsOf(textOf(options, "projects")), locale);
  if (kind === "csv" && target !== null && !/\.zip$/iu.test(target)) {
    await mkdir(target, { recursive: true });
    return (await putAll(Object.entries(files).map(([name, data]) => ({ file: join(target, name), data: () => Promise.resolve(data) })), world, locale)) ? 0 : 2;
  }
  await put(kind === "csv" ? archived(files) : (Object.values(files)[0] ?? new Uint8Array()), target, world);
  return 0;
}

function projectsOf(given: string | null): number {
  const count = given === null ? 1 : /^\d{1,3}$/u.test(given) ? Number(given) : 0;
  if (count < 1 || count > MOST_PROJECTS) throw new Refusal("projects", { given: given ?? "", most: String(MOST_PROJECTS) });
  return count;
}
