// Arguments -> the command that they name, run. With cli.ts, owns commander; its English errors are said in the user's language.
import { Command as Commander, CommanderError, Option } from "commander";
import type { Language, Locale } from "../locale.ts";
import { LANGUAGES, hasWord, loadLocale, word } from "../locale.ts";
import { TOOL } from "../tool.ts";
import { measureFor, wrap } from "../write/text-layout.ts";
import type { Command, OptionOf, Status, World } from "./command.ts";
import { noSuch, sentenceOf } from "./refusal.ts";

/** In the order help lists them. A new command is a file and a line here; what a call does not name is not loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import("./check.ts")).check,
  extract: async () => (await import("./extract.ts")).extract,
  template: async () => (await import("./template.ts")).template,
  compare: async () => (await import("./compare.ts")).compare,
  verify: async () => (await import("./verify.ts")).verify,
  review: async () => (await import("./review.ts")).review,
  rules: async () => (await import("./rules.ts")).rules,
  serve: async () => (await import("./serve.ts")).serve,
  worker: async () => (await import("./worker.ts")).worker,
  user: async () => (await import("./user.ts")).user,
  backup: async () => (await import("./backup.ts")).backup,
  restore: async () => (await import("./restore.ts")).restore,
  completion: async () => (await import("./completion.ts")).completionOf(allCommands),
};

/** All commands, in the order help lists them. */
export async function allCommands(): Promise<Command[]> {
  return await Promise.all(Object.values(COMMANDS).map((load) => load()));
}

/** Runs what the arguments say. Never throws: what goes wrong is told in one sentence on standard error, exit status 2. */
export async function run(args: readonly string[], world: World): Promise<Status> {
  const locale = loadLocale(languageOf(args));
  try {
    return await dispatch(args, world, locale);
  } catch (problem) {
    if (problem instanceof CommanderError) return usage(problem, args, world, locale, await commandsFor(args));
    world.err(`${sentenceOf(problem, locale)}\n`);
    if (world.env["ZIPING_DEBUG"] === "1" && problem instanceof Error) world.err(`${problem.stack ?? ""}\n`);
    return 2;
  }
}

async function dispatch(args: readonly string[], world: World, locale: Locale): Promise<Status> {
  const given: { status: Status; written: Promise<void>[] } = { status: 0, written: [] };
  const program = new Commander("ziping");
  settle(program, world, locale, given.written);
  program.description(word(locale, "cli", "about")).usage(word(locale, "cli", "usage.command"));
  program.version(TOOL.version, "-V, --version", word(locale, "cli", "option.version")).addHelpText("after", `\n${folded(word(locale, "cli", "examples"), world)}`);
  for (const command of await commandsFor(args)) add(program, command, "", world, locale, given);
  try {
    await program.parseAsync(args, { from: "user" });
  } finally {
    await Promise.all(given.written);
  }
  return given.status;
}

/** The one that the call names; all of them where it names none, for help and for what was meant. */
async function commandsFor([name = ""]: readonly string[]): Promise<Command[]> {
  if (name === "--version" || name === "-V") return [];
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return load === undefined ? await allCommands() : [await load()];
}

function add(parent: Commander, command: Command, above: string, world: World, locale: Locale, given: { status: Status; written: Promise<void>[] }): void {
  const path = above === "" ? command.name : `${above}-${command.name}`;
  const child = parent.command(command.name).description(word(locale, "cli", `${path}.about`));
  settle(child, world, locale, given.written);
  if (hasWord(locale, "cli", `${path}.examples`)) child.addHelpText("after", `\n${folded(word(locale, "cli", `${path}.examples`), world)}`);
  for (const argument of command.arguments ?? []) child.argument(termOf(argument));
  for (const option of command.options ?? []) child.addOption(optionFor(option, locale));
  for (const below of command.commands ?? []) add(child, below, path, world, locale, given);
  const takes = (command.arguments ?? []).map((argument) => termOf(argument).replace(/^<(.*)>$/, "$1")).join(" ");
  child.usage([word(locale, "cli", command.commands === undefined ? "usage.options" : "usage.command"), takes].filter((text) => text !== "").join(" "));
  const { run: act } = command;
  if (act === undefined) return;
  child.action(async () => {
    const options = child.opts<Record<string, string | boolean | string[] | undefined>>();
    refuseUnknownChoices(command, options, child.args, locale);
    given.status = await act({ args: child.args, options, locale }, world);
  });
}

const helpWidth = (world: World): number => Math.min(world.columns ?? 80, 100);

/** Sentences in lines of the screen's width; commands, which are indented, stay whole so that they can be copied. */
function folded(text: string, world: World): string {
  return text.split("\n").flatMap((line) => (line.startsWith(" ") ? [line] : wrap(line, helpWidth(world), measureFor(false)))).join("\n");
}

function settle(command: Commander, world: World, locale: Locale, written: Promise<void>[]): void {
  const measure = measureFor(false);
  command.exitOverride().helpOption("-h, --help", word(locale, "cli", "option.help")).helpCommand(false).showSuggestionAfterError(true);
  command.configureOutput({
    writeOut: (text) => { written.push(world.out(text)); },
    writeErr: (text) => { world.err(text); },
    outputError: () => undefined,
    getOutHelpWidth: () => helpWidth(world),
    getErrHelpWidth: () => helpWidth(world),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
  command.configureHelp({
    displayWidth: measure,
    boxWrap: (text, width) => wrap(text, width, measure).join("\n"),
    styleTitle: (title) => word(locale, "cli", `help.${title.replace(":", "").toLowerCase()}`),
    subcommandTerm: (sub) => [sub.name(), ...sub.registeredArguments.map((argument) => (argument.required ? argument.name() : `[${argument.name()}]`) + (argument.variadic ? "..." : ""))].join(" "),
    optionDescription: (option) => option.description,
    visibleArguments: () => [],
  });
}

function optionFor(option: OptionOf, locale: Locale): Option {
  const made = new Option(option.flags);
  made.description = word(locale, "cli", `option.${made.long?.replace(/^--/, "") ?? ""}`);
  if (option.choices !== undefined) made.description += word(locale, "cli", "help.choices", { choices: option.choices.join(" ") });
  return option.repeat === true ? made.argParser((value: string, before: unknown) => [...(Array.isArray(before) ? (before as string[]) : []), value]) : made;
}

function termOf(argument: { name: string; many?: boolean; optional?: boolean }): string {
  const name = argument.many === true ? `${argument.name}...` : argument.name;
  return argument.optional === true ? `[${name}]` : `<${name}>`;
}

function refuseUnknownChoices(command: Command, options: Readonly<Record<string, unknown>>, args: readonly string[], locale: Locale): void {
  for (const option of command.options ?? []) {
    const value = options[new Option(option.flags).attributeName()];
    if (option.repeat === true || option.choices === undefined || typeof value !== "string" || option.choices.includes(value)) continue;
    throw noSuch("choice", value, option.choices, locale);
  }
  for (const [i, argument] of (command.arguments ?? []).entries()) {
    const value = args[i];
    if (argument.choices !== undefined && value !== undefined && !argument.choices.includes(value)) throw noSuch("choice", value, argument.choices, locale);
  }
}

/** Commander's codes -> sentences of ours; help that was asked for is no error. */
function usage(problem: CommanderError, args: readonly string[], world: World, locale: Locale, commands: readonly Command[]): Status {
  if (problem.code === "commander.helpDisplayed" || problem.code === "commander.version") return 0;
  if (problem.code === "commander.help") return 2;
  const quoted = /'([^']*)'/.exec(problem.message)?.[1] ?? "";
  const near = /\(Did you mean (?:one of )?(.+?)\?\)/.exec(problem.message)?.[1];
  const hint = near === undefined ? "" : word(locale, "cli", "didYouMean", { name: near });
  const code = problem.code.replace("commander.", "usage.");
  const sentence = hasWord(locale, "cli", `error.${code}`) ? word(locale, "cli", `error.${code}`, { given: quoted, hint }) : word(locale, "cli", "error.usage", { message: problem.message.replace(/^error: /, "") });
  world.err(`${sentence}\n${word(locale, "cli", "seeHelp", { command: ["ziping", ...pathOf(args, commands)].join(" ") })}\n`);
  return 2;
}

/** The commands that the arguments begin with: `rules`, `list`. */
function pathOf(args: readonly string[], commands: readonly Command[]): string[] {
  const path: string[] = [];
  let known: readonly Command[] | undefined = commands;
  for (const arg of args) {
    const next: Command | undefined = known?.find((command) => command.name === arg);
    if (next === undefined) break;
    path.push(next.name);
    known = next.commands;
  }
  return path;
}

/** --lang is needed before the arguments are understood, to say what is wrong with them. */
function languageOf(args: readonly string[]): Language {
  const at = args.findIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  const given = args[at]?.startsWith("--lang=") === true ? args[at].slice("--lang=".length) : args[at + 1];
  return at < 0 ? "zh" : (LANGUAGES.find((lang) => lang === given) ?? "zh");
}
