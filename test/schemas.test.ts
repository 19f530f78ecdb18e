// Our own schemas against the meta schema, once here instead of at every start.
import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, it } from "vitest";

const FOLDER = new URL("../rules/schema/", import.meta.url);

it.each(readdirSync(FOLDER).filter((name) => name.endsWith(".json")))("%s is a schema", (name) => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  const schema = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as object;
  expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
});
