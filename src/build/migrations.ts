// src/server/store/migrations -> dist: SQL that the compiler leaves behind. A step of `npm run build`.
import { cpSync } from "node:fs";

cpSync(new URL("../../src/server/store/migrations", import.meta.url), new URL("../server/store/migrations", import.meta.url), { recursive: true });
