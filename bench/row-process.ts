// One row in a process of its own, so that no other row's code or memory is in its way: its letter as argument, its lines as message.
import { rows } from "./rows.ts";
import type { Setting } from "./row.ts";

const [letter = "", setting = "{}"] = process.argv.slice(2);
const row = rows.find((one) => one.letter === letter);
if (row === undefined) throw new Error(`no row ${letter}`);
const lines = await row.run(JSON.parse(setting) as Setting);
process.send?.(lines, () => { process.disconnect(); });
