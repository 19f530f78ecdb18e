// package.json -> the name and version that reports carry.
import { readFileSync } from "node:fs";

const described = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { name: string; version: string };

export const TOOL: { name: string; version: string } = { name: described.name, version: described.version };
