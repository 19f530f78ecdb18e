// Checking off the event loop: what is uploaded is read, checked and written in every format; what takes too long or breaks down costs itself only.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reviewFileOf, reviewFrom, reviewText } from "../../src/server/checking-review.ts";
import { ThreadFailure, threadsOf } from "../../src/server/checking-threads.ts";
import { attachment, cleanName } from "../../src/server/submissions-upload.ts";
import { formOf, serviceFor, type Harness } from "./harness.ts";
import { faultyForm, rightForm } from "./submissions-forms.ts";

const THREADS = new URL("../../dist/server/checking-threads.js", import.meta.url);
const WORKBOOK = readFileSync(new URL("../../fixtures/forms/ministry/form.xlsx", import.meta.url));

describe("threads", () => {
  const CODE = `
    import { parentPort } from "node:worker_threads";
    parentPort.on("message", (task) => {
      if (task === "spin") for (;;);
      if (task === "die") process.exit(3);
      if (task === "throw") { parentPort.postMessage({ failed: "on purpose" }); return; }
      if (task === "fill") { const kept = []; for (;;) kept.push(new Array(1e6).fill(kept.length)); }
      setTimeout(() => parentPort.postMessage({ result: task * 2 }), 20);
    });
    parentPort.postMessage({ ready: true });`;
  const make = (more: Partial<Parameters<typeof threadsOf>[1]> = {}) => threadsOf<number | string, number>(new URL(`data:text/javascript,${encodeURIComponent(CODE)}`), { count: 2, seconds: 1, oldMegabytes: 64, mostWaiting: 100, ...more });
  const codeOf = async (asked: Promise<unknown>): Promise<string> => asked.then(() => "answered", (problem: unknown) => (problem instanceof ThreadFailure ? problem.code : String(problem)));

  test("a task that never ends, one that ends its thread, and one that fills the memory cost themselves only", async () => {
    const threads = make({ seconds: 6 });
    const asked = [threads.run("spin", { seconds: 1 }), threads.run(1), threads.run("die"), threads.run(2), threads.run("throw"), threads.run("fill"), threads.run(3)];
    expect(await Promise.all(asked.map(codeOf))).toEqual(["took-too-long", "answered", "broke-down", "answered", "broke-down", "broke-down", "answered"]);
    expect(await threads.run(21)).toBe(42);
    expect(threads.load()).toEqual({ running: 0, waiting: 0 });
    await threads.close();
    expect(await codeOf(threads.run(1))).toBe("stopped");
  });

  test("who waits for an answer goes first, and where too many wait, the next is told", async () => {
    const threads = make({ count: 1, mostWaiting: 3 });
    const order: number[] = [];
    const note = (number: number) => (): void => { order.push(number); };
    const asked = [threads.run(1).then(note(1)), threads.run(2).then(note(2)), threads.run(3, { first: true }).then(note(3))];
    expect(await codeOf(threads.run(4))).toBe("busy");
    await Promise.all(asked);
    expect(order[0]).toBe(3);
    await threads.close();
  });

  test.skipIf(process.platform === "win32" || !existsSync(THREADS))("while the whole process is held (a machine that sleeps, a container that is paused), no time counts", async () => {
    const busy = `import { parentPort } from "node:worker_threads";
      parentPort.on("message", () => { const begun = process.cpuUsage().user; while (process.cpuUsage().user - begun < 100_000); parentPort.postMessage({ result: "answered" }); });
      parentPort.postMessage({ ready: true });`;
    const program = `import { threadsOf } from ${JSON.stringify(THREADS.href)};
      const threads = threadsOf(new URL("data:text/javascript,${encodeURIComponent(busy)}"), { count: 1, seconds: 10, oldMegabytes: 64, mostWaiting: 10 });
      await threads.run(0);
      console.log("begins");
      const asked = threads.run(0, { seconds: 4 }).catch(({ code }) => code);
      process.kill(process.pid, "SIGSTOP");
      console.log(await asked);
      await threads.close();`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      out += part;
      if (part === "begins\n") setTimeout(() => { child.kill("SIGCONT"); }, 5500);
    });
    await new Promise((resolve) => { child.once("close", resolve); });
    expect(out).toBe("begins\nanswered\n");
  }, 60_000);

  test("a thread that cannot even begin is told, not tried for ever", async () => {
    const threads = threadsOf<number, number>(new URL("data:text/javascript,throw new Error('no')"), { count: 2, seconds: 1, oldMegabytes: 64, mostWaiting: 10 });
    expect(await codeOf(threads.run(1))).toBe("broke-down");
    await threads.close();
  });
});

describe("what was said, as a review file", () => {
  const at = (minute: number): Date => new Date(Date.UTC(2024, 2, 1, 9, minute));

  test("the newest word on a finding counts, whoever said it; an override is a waiver by the reviewer without a last day", () => {
    const file = reviewFileOf(
      [{ id: "1", findingId: "a/b#1", words: "旧", author: "甲", at: at(1) }, { id: "2", findingId: "a/b#1", words: "新", author: "乙", at: at(2) }],
      [
        { findingId: "a/b#1", decision: "rejected", reason: "不够", until: null, words: "旧", author: "丙", at: at(3) }, { findingId: "a/b#1", decision: "accepted", reason: null, until: null, words: "新", author: "丁", at: at(4) },
        { findingId: "c/d#2", decision: "overridden", reason: "系统原因", until: null, words: null, author: "丙", at: at(5) }, { findingId: "e/f#3", decision: "waived", reason: "下年更正", until: "2024-12-31", words: null, author: "丙", at: at(6) },
      ], "2024-03-01");
    expect(file).toEqual({
      format: "ziping/review@1", date: "2024-03-01",
      explanations: [{ about: "a/b#1", text: "新", author: "乙", date: "2024-03-01T09:02:00.000Z" }],
      waivers: [{ scope: { finding: "c/d#2" }, requester: "丙", approver: "丙", reason: "系统原因", date: "2024-03-01T09:05:00.000Z" }],
      decisions: [
        { scope: { finding: "a/b#1" }, decision: "accepted", author: "丁", date: "2024-03-01T09:04:00.000Z", explanation: "新" },
        { scope: { finding: "e/f#3" }, decision: "waived", author: "丙", date: "2024-03-01T09:06:00.000Z", reason: "下年更正", until: "2024-12-31" },
      ],
    });
    expect(reviewFrom(reviewText(file!)).asOf).toBe("2024-03-01");
    expect(reviewFileOf([], [], "2024-03-01")).toBeNull();
  });
});

describe("without storing", () => {
  let house: Harness;
  beforeAll(async () => { house = await serviceFor(); }, 60_000);
  afterAll(async () => { await house.close(); });

  const ask = async (url: string, files: { name: string; bytes: Uint8Array | string }[]) => {
    const { payload, headers } = await formOf(files);
    return await house.nobody("POST", url, payload, headers);
  };

  test("anybody checks a form; one submission is one report, several are a list, as on the command line", async () => {
    const one = await house.nobody("POST", "/check", JSON.parse(faultyForm()) as object);
    expect(one.json<{ verdict: string; ruleSet: { chosenBy: string } }>()).toMatchObject({ verdict: "return", ruleSet: { id: "national", chosenBy: "default" } });
    const two = await ask("/check?rules=hunan&year=2023&lang=en", [{ name: "甲.json", bytes: rightForm("甲局") }, { name: "乙.json", bytes: faultyForm("乙局") }]);
    expect(two.json<{ lang: string; submission: { department: string }; ruleSet: object }[]>().map(({ lang, submission, ruleSet }) => [lang, submission.department, ruleSet])).toMatchObject([["en", "乙局", { id: "hunan", year: "2023", chosenBy: "option" }], ["en", "甲局", { id: "hunan" }]]);
    expect((await house.service.db.selectFrom("submission").select("id").execute())).toHaveLength(0);
  });

  test("every format comes as a file with the form's own Chinese name, the workbook marked where its cells are wrong", async () => {
    for (const [format, ending] of [["html", "html"], ["xlsx", "xlsx"], ["docx", "docx"], ["markdown", "md"], ["csv", "csv"], ["sarif", "sarif"], ["junit", "xml"]] as const) {
      const answer = await ask(`/check?format=${format}`, [{ name: "绩效自评表（定稿）.xlsx", bytes: WORKBOOK }]);
      expect(answer.statusCode, answer.body.slice(0, 200)).toBe(200);
      expect(answer.headers["content-disposition"]).toBe(attachment(`绩效自评表（定稿）.${ending}`));
      if (format === "xlsx") expect(answer.rawPayload.length).toBeGreaterThan(WORKBOOK.length);
    }
  });

  test("what was read comes with the place of every value; corrected, it is checked as JSON; what cannot be read is told, not refused", async () => {
    const answer = await ask("/check/extract?report=true", [{ name: "绩效自评表.xlsx", bytes: WORKBOOK }, { name: "说明.txt", bytes: "你好" }]);
    const { items, remarks } = answer.json<{ items: { submission: { tables: { name: string }[] }; places: Record<string, { file: string; sheet?: string; cell?: string }>; report: { findings: unknown[] }; files: { name: string }[] }[]; remarks: { kind: string; at: { file: string } }[] }>();
    expect([items.length, items[0]?.files[0]?.name, remarks.map(({ at }) => at.file)]).toEqual([1, "绩效自评表.xlsx", ["说明.txt"]]);
    expect(Object.values(items[0]!.places).every(({ file, cell }) => file === "绩效自评表.xlsx" && cell !== undefined)).toBe(true);
    expect(Object.keys(items[0]!.places).length).toBeGreaterThan(20);
    expect((await house.nobody("POST", "/check", items[0]!.submission)).statusCode).toBe(200);
    expect((await ask("/check/extract", [{ name: "说明.txt", bytes: "你好" }])).json()).toMatchObject({ items: [], remarks: [{ kind: "problem" }] });
    expect((await ask("/check", [{ name: "说明.txt", bytes: "你好" }])).json()).toMatchObject({ status: 422, code: "checking.nothing-read" });
  });

  test("a zip is a folder of forms; files of one name are told apart; long numerals keep their digits", async () => {
    const zip = zipSync({ "甲局/自评.json": new TextEncoder().encode(rightForm("甲局")), "乙局/自评.json": new TextEncoder().encode(rightForm("乙局")) });
    const read = (await ask("/check/extract", [{ name: "全部.zip", bytes: zip }])).json<{ items: { files: { name: string }[] }[] }>();
    expect(read.items.map(({ files }) => files[0]?.name).sort()).toEqual(["乙局/自评.json", "甲局/自评.json"]);
    const twice = (await ask("/check/extract", [{ name: "自评.json", bytes: rightForm("甲局") }, { name: "自评.json", bytes: rightForm("乙局") }])).json<{ items: { files: { name: string }[] }[] }>();
    expect(twice.items.map(({ files }) => files[0]?.name).sort()).toEqual(["自评 (2).json", "自评.json"]);
    const long = JSON.stringify(JSON.parse(rightForm())).replace("\"1870.00\"", "12345678901234567.89");
    const { payload, headers } = { payload: long, headers: { "content-type": "application/json" } };
    expect((await house.nobody("POST", "/check/extract", payload, headers)).body).toContain("12345678901234567.89");
  });

  test("a rule set is named by its id and never by a path; nonsense is refused with a sentence", async () => {
    expect((await ask("/check?rules=..%2F..%2Fetc", [{ name: "a.json", bytes: rightForm() }])).statusCode).toBe(400);
    expect((await ask("/check?rules=nowhere", [{ name: "a.json", bytes: rightForm() }])).json()).toMatchObject({ status: 422, code: "ruleSetUnknown" });
    const own = JSON.parse(rightForm()) as Record<string, unknown>;
    expect((await house.nobody("POST", "/check", { ...own, ruleSet: "/etc" })).json()).toMatchObject({ status: 422, code: "checking.rule-set-unknown" });
    expect((await house.nobody("POST", "/check", { ...own, ruleSet: "hunan" })).json()).toMatchObject({ ruleSet: { id: "hunan", chosenBy: "submission" } });
    expect((await house.nobody("POST", "/check", "", { "content-type": "multipart/form-data; boundary=x" })).statusCode).toBeLessThan(500);
    expect((await ask("/check", [])).statusCode).toBe(422);
  });

  test("names of files are cleaned of paths and of what no file's name holds", () => {
    expect(["C:\\甲\\自评.xlsx", "../../etc/passwd", "a\u0000b\u202Ec.pdf", "...", "", `${"长".repeat(400)}.xlsx`].map((name) => cleanName(name))).toEqual(["自评.xlsx", "passwd", "abc.pdf", "file", "file", `${"长".repeat(180)}.xlsx`]);
  });
});
