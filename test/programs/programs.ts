// The programs beside Node that some tests need -> where they are on this machine, or null.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

export interface Program { name: string; commands: readonly string[]; folders: readonly string[]; packages: readonly string[]; variable: string }

/** Debian's packages bring each; a variable names another place. */
export const programs = {
  chromium: { name: "Chromium", commands: ["chromium", "chromium-browser", "google-chrome", "chrome"], folders: ["/Applications/Google Chrome.app/Contents/MacOS"], packages: ["chromium", "fonts-noto-cjk"], variable: "CHROMIUM" },
  office: { name: "LibreOffice", commands: ["soffice", "libreoffice"], folders: ["/Applications/LibreOffice.app/Contents/MacOS"], packages: ["libreoffice-calc-nogui", "libreoffice-writer-nogui", "fonts-noto-cjk"], variable: "SOFFICE" },
} satisfies Record<string, Program>;

/** Path of a program; null where this machine has none. A test that needs it is then skipped by name. */
export function pathOf({ commands, folders, variable }: Program): string | null {
  const named = process.env[variable];
  if (named !== undefined && named !== "") return named;
  const places = [...(process.env["PATH"] ?? "").split(delimiter), ...folders];
  return commands.flatMap((command) => places.map((place) => join(place, command))).find((path) => existsSync(path)) ?? null;
}
