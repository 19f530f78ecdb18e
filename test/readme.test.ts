// The READMEs show what the program really prints, and lead to files that are there.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadLocale } from "../src/locale.ts";
import { write } from "../src/write/write.ts";
import { jsonInputs, reportOn } from "./cases/hengyang.ts";

const ROOT = new URL("../", import.meta.url);
const printed = String(await write("terminal", [await reportOn(jsonInputs)], { locale: loadLocale("zh") }));

describe.each(["README.md", "README.zh-CN.md"])("%s", (name) => {
  const text = readFileSync(new URL(name, ROOT), "utf8");

  it("shows pieces of the output as they are printed", () => {
    const shown = /<!-- output: begin -->\n```\n([\s\S]*?)\n```/.exec(text)?.[1] ?? "";
    const pieces = shown.split("\n\n");
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.filter((piece) => !printed.includes(piece))).toEqual([]);
  });

  it("links to files that exist", () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = ""]) => link).filter((link) => !link.includes("://"));
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((link) => !existsSync(new URL(link, ROOT)))).toEqual([]);
  });
});
