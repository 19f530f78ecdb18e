// `ziping completion SHELL`: the commands' tree -> a script that completes commands, options and their values.
import { word } from "../locale.ts";
import type { Call, Command, OptionOf, Status, World } from "./command.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

/** The command for a tree that it is itself part of, which is why the tree comes later. */
export function completionOf(tree: () => Promise<readonly Command[]>): Command {
  return {
    name: "completion",
    arguments: [{ name: "SHELL", choices: SHELLS }],
    options: [{ flags: "--lang <LANG>", choices: ["zh", "en"] }],
    run: async (call, world) => writeScript(await tree(), call, world),
  };
}

async function writeScript(tree: readonly Command[], { args, locale }: Call, world: World): Promise<Status> {
  const spots = spotsOf(tree, "", (key) => word(locale, "cli", key));
  const scripts: Record<string, (spots: readonly Spot[]) => string> = { bash, zsh, fish, powershell };
  await world.out(scripts[args[0] ?? ""]?.(spots) ?? "");
  return 0;
}

interface Word { text: string; about: string }

/** What may follow a command: `path` is `rules list`, empty for the program itself. `values` by option. */
interface Spot { path: string; commands: Word[]; options: Word[]; values: Record<string, readonly string[]>; arguments: readonly string[] }

function spotsOf(tree: readonly Command[], path: string, say: (key: string) => string): Spot[] {
  const key = path.replaceAll(" ", "-");
  const below = tree.map((command): Word => ({ text: command.name, about: say(`${key === "" ? "" : `${key}-`}${command.name}.about`) }));
  const own: Spot = { path, commands: below, options: [{ text: "--help", about: say("option.help") }], values: {}, arguments: [] };
  const deeper = tree.flatMap((command) => {
    const there = path === "" ? command.name : `${path} ${command.name}`;
    if (command.commands !== undefined) return spotsOf(command.commands, there, say);
    return [{ path: there, commands: [], options: optionWords(command.options ?? [], say), values: valuesOf(command.options ?? []), arguments: command.arguments?.[0]?.choices ?? [] }];
  });
  return [own, ...deeper];
}

function optionWords(options: readonly OptionOf[], say: (key: string) => string): Word[] {
  const words = options.flatMap((option) => namesOf(option).map((text) => ({ text, about: say(`option.${longOf(option)}`) })));
  return [...words, { text: "--help", about: say("option.help") }];
}

function valuesOf(options: readonly OptionOf[]): Record<string, readonly string[]> {
  return Object.fromEntries(options.flatMap((option) => (option.choices === undefined ? [] : namesOf(option).map((name) => [name, option.choices ?? []]))));
}

function namesOf(option: OptionOf): string[] {
  return option.flags.split(/[ ,]+/).filter((part) => part.startsWith("-"));
}

function longOf(option: OptionOf): string {
  return (namesOf(option).find((name) => name.startsWith("--")) ?? "").slice(2);
}

function bash(spots: readonly Spot[]): string {
  const cases = spots.map((spot) => {
    const values = Object.entries(spot.values).map(([option, known]) => `      ${option}) COMPREPLY=($(compgen -W "${known.join(" ")}" -- "$current")); return ;;\n`).join("");
    const words = spot.commands.map((each) => each.text).concat(spot.arguments).join(" ");
    const options = spot.options.map((each) => each.text).join(" ");
    return `    "${spot.path}")\n      case "$before" in\n${values}      *) ;;\n      esac\n      words="${words}"; options="${options}" ;;\n`;
  });
  return `# ziping: bash. eval "$(ziping completion bash)"
_ziping() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" path="" words="" options="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${path:+$path }\${COMP_WORDS[i]}" in
      ${pathsOf(spots).map((path) => `"${path}"`).join("|")}) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path" in
${cases.join("")}  esac
  # Options where one was begun; where nothing is offered, bash offers files.
  if [[ "$current" == -* ]]; then words="$options"; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _ziping ziping
`;
}

function zsh(spots: readonly Spot[]): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''").replaceAll(":", "\\:")}'`;
  const described = (each: Word): string => `'${each.text.replaceAll(":", "\\:")}:${each.about.replaceAll("'", "'\\''")}'`;
  const cases = spots.map((spot) => {
    const values = Object.entries(spot.values).map(([option, known]) => `      (${option}) compadd -- ${known.map(quote).join(" ")}; return ;;\n`).join("");
    return `    (${quote(spot.path)})\n      case "$before" in\n${values}      esac\n      known=(${[...spot.commands, ...spot.options].map(described).join(" ")} ${spot.arguments.map(quote).join(" ")}) ;;\n`;
  });
  return `#compdef ziping
# ziping: zsh. eval "$(ziping completion zsh)"
_ziping() {
  local before="\${words[CURRENT-1]}" at="" each
  local -a known
  for each in "\${(@)words[2,CURRENT-1]}"; do
    case "\${at:+$at }$each" in
      (${pathsOf(spots).map(quote).join("|")}) at="\${at:+$at }$each" ;;
    esac
  done
  case "$at" in
${cases.join("")}  esac
  _describe 'ziping' known
  _files
}
compdef _ziping ziping
`;
}

function fish(spots: readonly Spot[]): string {
  const quote = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const lines = spots.flatMap((spot) => {
    const when = `-n ${quote(`__ziping_at ${quote(spot.path)}`)}`;
    const options = spot.options.map((each) => {
      const values = spot.values[each.text];
      return `complete -c ziping ${when} ${each.text.startsWith("--") ? `-l ${each.text.slice(2)}` : `-s ${each.text.slice(1)}`}${values === undefined ? "" : ` -x -a ${quote(values.join(" "))}`} -d ${quote(each.about)}`;
    });
    return [
      ...spot.commands.map((each) => `complete -c ziping ${when} -f -a ${each.text} -d ${quote(each.about)}`),
      ...spot.arguments.map((text) => `complete -c ziping ${when} -f -a ${text}`),
      ...options,
    ];
  });
  return `# ziping: fish. ziping completion fish | source
function __ziping_at
  set -l at
  for each in (commandline -opc)[2..-1]
    set -l next (string trim -- "$at $each")
    contains -- $next ${pathsOf(spots).map(quote).join(" ")}; and set at $next
  end
  test "$at" = "$argv[1]"
end
${lines.join("\n")}
`;
}

function powershell(spots: readonly Spot[]): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const list = (texts: readonly string[]): string => `@(${texts.map(quote).join(", ")})`;
  const known = spots.map((spot) => `  ${quote(spot.path)} = ${list([...spot.commands, ...spot.options].map((each) => each.text).concat(spot.arguments))}`);
  const values = spots.flatMap((spot) => Object.entries(spot.values).map(([option, texts]) => `  ${quote(`${spot.path} ${option}`)} = ${list(texts)}`));
  return `# ziping: PowerShell. ziping completion powershell | Out-String | Invoke-Expression
$zipingWords = @{
${known.join("\n")}
}
$zipingValues = @{
${values.join("\n")}
}
Register-ArgumentCompleter -Native -CommandName ziping -ScriptBlock {
  param($current, $tree, $position)
  $given = @($tree.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
  $path = ''
  foreach ($each in $given) { $next = "$path $each".Trim(); if ($zipingWords.ContainsKey($next)) { $path = $next } }
  $before = if ($given.Count -gt 0) { $given[-1] } else { '' }
  $texts = if ($zipingValues.ContainsKey("$path $before")) { $zipingValues["$path $before"] } else { $zipingWords[$path] }
  $texts | Where-Object { $_ -like "$current*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;
}

function pathsOf(spots: readonly Spot[]): string[] {
  return spots.map((spot) => spot.path).filter((path) => path !== "");
}
