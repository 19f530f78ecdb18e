// rules/ as it stands -> dist/ready: rule sets read and checked, words by language, schemas as code. The last step of `npm run build`.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { LANGUAGES, sectionsOf } from "../locale.ts";
import { READY, RULES, filesBelow, filesDigest, type Ready } from "../ready.ts";
import { builtInIds, readChain, type ReadySet } from "../rules/files.ts";
import { loadRuleSet } from "../rules/load.ts";
import { validatorModule } from "../schema.ts";
import { codeDigest } from "../tool.ts";

rmSync(READY, { recursive: true, force: true });
const sets = await Promise.all((await builtInIds()).map(readySet));
mkdirSync(READY);
for (const [name, set] of sets) put(`set-${name}`, set);
for (const lang of LANGUAGES) put(`locale-${lang}`, { files: filesDigest(`locales/${lang}`), value: sectionsOf(lang) });
for (const path of filesBelow(`${RULES}schema`)) {
  const { name, code } = validatorModule(JSON.parse(readFileSync(`${RULES}schema/${path}`, "utf8")) as object);
  writeFileSync(READY + name, code);
}
put("code", codeDigest());

/** Loading it refuses a set with mistakes, and the build with it. */
async function readySet(name: string): Promise<[string, Ready<ReadySet>]> {
  const { digest } = await loadRuleSet(name);
  const [set, ...bases] = await readChain(name);
  if (set === undefined) throw new RangeError(`no such rule set: ${name}`);
  const files = set.files.map(({ path, value }) => ({ path, value }));
  return [name, { files: filesDigest(name), value: { id: set.id, extends: set.extends, files, bases: bases.map(({ path }) => filesDigest(basename(path))), digest } }];
}

function put(name: string, value: unknown): void {
  writeFileSync(`${READY}${name}.json`, JSON.stringify(value));
}
