// `npm run bench [-- --quick] [-- --only a,h] [-- --json]`: picks the rows, runs one after the other, prints the table.
import { fork } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { rows } from "./rows.ts";
import { notMeasured, type Line, type Row, type Setting } from "./row.ts";
import { reached, tableOf } from "./table.ts";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string" }, json: { type: "boolean", default: false } } });
const wanted = values.only?.split(",") ?? rows.map(({ letter }) => letter);
const unknown = wanted.filter((letter) => !rows.some((row) => row.letter === letter));
if (unknown.length > 0) throw new Error(`no row ${unknown.join(", ")}; there are ${rows.map(({ letter }) => letter).join(", ")}`);
const setting: Setting = { quick: values.quick, seconds: values.quick ? 2.5 : 30 };

const lines: (Line & { row: string })[] = [];
for (const row of rows.filter(({ letter }) => wanted.includes(letter))) {
  const start = performance.now();
  process.stderr.write(`${row.letter}  ${row.title} … `);
  lines.push(...(await linesOf(row)).map((line) => ({ row: row.letter, ...line })));
  process.stderr.write(`${((performance.now() - start) / 1000).toFixed(0)} s\n`);
}
const machine = { cpu: cpus()[0]?.model ?? "", cores: cpus().length, memoryGB: Math.round(totalmem() / 2 ** 30), node: process.version, date: new Date().toISOString().slice(0, 10), load: loadavg().map((load) => load.toFixed(1)) };
if (values.json) process.stdout.write(`${JSON.stringify({ machine, quick: values.quick, lines: lines.map((line) => ({ ...line, reached: reached(line) })) }, null, 2)}\n`);
else process.stdout.write(`${tableOf(lines)}\n${machine.cores} × ${machine.cpu}, ${machine.memoryGB} GB, Node ${machine.node}, ${machine.date}, load ${machine.load.join(" ")}${values.quick ? ", --quick" : ""}\n`);

/** A row that fails says so in its line; the others go on. */
function linesOf(row: Row): Promise<Line[]> {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL("row-process.js", import.meta.url)), [row.letter, JSON.stringify(setting)], { stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let told: Line[] | null = null;
    let problem = "";
    child.stderr?.on("data", (part: Buffer) => { problem += part.toString(); });
    child.on("message", (message) => { told = message as Line[]; });
    child.on("close", () => { resolve(told ?? [notMeasured(row.title, problem.split("\n").find((line) => /Error/.test(line)) ?? "ended without a result")]); });
  });
}
