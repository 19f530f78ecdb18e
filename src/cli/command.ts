// What a command is, as data: program.ts makes commander's tree of it, completion.ts the shells' words.
import type { Locale } from "../locale.ts";

/** 0 nothing at or above --fail-on · 1 findings at or above it · 2 the question could not be put · 130 stopped (Ctrl-C). */
export type Status = 0 | 1 | 2 | 130;

/** The machine as commands see it, so that tests can stand in for it. */
export interface World {
  env: Readonly<Record<string, string | undefined>>;
  stdin: () => Promise<Uint8Array>;
  out: (data: string | Uint8Array) => Promise<void>;
  err: (text: string) => void;
  outIsTerminal: boolean;
  errIsTerminal: boolean;
  columns: number | null;
  /** Milliseconds that only grow: for progress. */
  clock: () => number;
  /** Standard input as it comes, where it may be longer than can be held; `stdin` where it is left out. */
  stdinParts?: () => AsyncIterable<Uint8Array>;
  /** Calls where the work is to end (Ctrl-C); gives how to listen no longer. */
  onStop?: (stop: () => void) => () => void;
  /** Whether nobody reads standard output any more. */
  outClosed?: () => boolean;
}

export interface OptionOf {
  /** As commander reads them: `-f, --format <FORMAT>`; `--no-screen`. The description is the word `option.<long name>`. */
  flags: string;
  repeat?: boolean;
  choices?: readonly string[];
}

export interface ArgumentOf { name: string; many?: boolean; optional?: boolean; choices?: readonly string[] }

/** Descriptions are the words `<path>.about` and `<path>.examples` (`rules-list.about`). */
export interface Command {
  name: string;
  arguments?: readonly ArgumentOf[];
  options?: readonly OptionOf[];
  commands?: readonly Command[];
  run?: (call: Call, world: World) => Promise<Status>;
}

export interface Call { args: readonly string[]; options: Options; locale: Locale }

export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** The option's text; null where it was not given. */
export function textOf(options: Options, name: string): string | null {
  const value = options[name];
  return typeof value === "string" ? value : null;
}

/** All texts of an option that may be repeated. */
export function textsOf(options: Options, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? (value as readonly string[]) : typeof value === "string" ? [value] : [];
}

export function isSet(options: Options, name: string): boolean {
  return options[name] === true;
}

/** The worse of two exit statuses. */
export function worse(a: Status, b: Status): Status {
  return a > b ? a : b;
}
