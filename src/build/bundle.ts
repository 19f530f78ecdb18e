// dist/cli.js and the modules that a check loads -> two files, and one more for each part that is loaded when asked for: few files to open at a start.
import { chmodSync, readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const DIST = fileURLToPath(new URL("../", import.meta.url));
/** Loaded by every check of JSON that is shown on a screen. */
const STARTS = ["cli.js", "cli/check.js", "write/terminal.js"].map((path) => DIST + path.replaceAll("/", sep));
/** Stands for the folder dist/ in code that moves to another place in it. */
const HERE = "__DIST__";

const { dependencies } = JSON.parse(readFileSync(`${DIST}../package.json`, "utf8")) as { dependencies: Record<string, string> };
const start = new Set<string>();

await build({
  input: { cli: `${DIST}cli.js` },
  platform: "node",
  external: (id) => id.startsWith("node:") || Object.keys(dependencies).some((name) => id === name || id.startsWith(`${name}/`)),
  plugins: [{
    name: "places",
    transform: (code, id) => code.replaceAll("import.meta.url", `new URL(${JSON.stringify(relative(DIST, id).split(sep).join("/"))}, ${HERE}).href`),
    renderChunk: (code, { fileName }) => code.replaceAll(HERE, `new URL(${JSON.stringify(fileName.includes("/") ? "../" : "./")}, import.meta.url)`),
    buildEnd() {
      const add = (id: string): void => {
        if (start.has(id)) return;
        start.add(id);
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) add(imported);
      };
      for (const id of STARTS) add(id);
    },
  }],
  output: { dir: DIST, chunkFileNames: "ready/[name]-[hash].js", codeSplitting: { groups: [{ name: "start", test: (id) => start.has(id) && id !== STARTS[0] }] }, comments: { legal: true, annotation: false, jsdoc: false } },
  // What every check loads stands in one file, whoever else asks for it.
  checks: { ineffectiveDynamicImport: false },
  logLevel: "warn",
});
chmodSync(`${DIST}cli.js`, 0o755);
