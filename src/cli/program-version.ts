// package.json -> the version of this program.
import { readFileSync } from "node:fs";

export function version(): string {
  const described = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
  return described.version;
}
