// A submission's whole way, from a draft to closed, on both stores: every step by who may take it, and what is kept of it.
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { submissionQuery } from "../../src/server/schemas/submissions.ts";
import { formOf, serviceFor, STORES, type As, type Harness } from "./harness.ts";
import { faultyForm, rightForm, unexplainedForm } from "./submissions-forms.ts";

interface Finding { id: string; rule: string; severity: string; outcome: string; at: { pointer?: string }[]; explanation?: { text: string; author?: string } }
interface Shown { id: string; state: string; ordinal: number; previousId: string | null; current: boolean; verdict: string | null; counts: { mustFix: number; explain: number; waived: number }; revision: number; actions: string[]; problem: string | null; problemText: string | null; returnDue: string | null; opinion: string | null; claimedScore: string | null; recomputedScore: string | null; files: { name: string; sha256: string; size: number }[]; earlier: { id: string }[] }

describe.each(STORES)("the flow on %s", (store) => {
  let house: Harness;
  let a: As;
  let reviewer: As;
  let admin: As;
  beforeAll(async () => {
    house = await serviceFor({ store, jobs: "real" });
    [a, reviewer, admin] = [await house.as("departmentA"), await house.as("reviewer"), await house.as("administrator")];
  }, 120_000);
  afterAll(async () => { await house.close(); });

  const handIn = async (text: string, fields: Record<string, string> = {}, url = "/submissions", name = "甲局 2024 自评（定稿）.json", who = a): Promise<Shown> => {
    const { payload, headers } = await formOf([{ name, bytes: text }], fields);
    const answer = await who.request("POST", url, payload, headers);
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<Shown>();
  };
  const until = async (id: string, done: (row: Shown) => boolean, who = a): Promise<Shown> => {
    for (let tries = 0; tries < 300; tries++) {
      const row = (await who.request("GET", `/submissions/${id}`)).json<Shown>();
      if (done(row)) return row;
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
    throw new Error("it takes too long");
  };
  const checked = (id: string): Promise<Shown> => until(id, ({ state, problem }) => state !== "submitted" || problem !== null);
  const findings = async (id: string): Promise<Finding[]> => (await a.request("GET", `/submissions/${id}/findings`)).json<{ items: Finding[] }>().items;
  const step = async (who: As, id: string, name: string, body: object = {}, status = 200): Promise<Shown & { code: string; detail: string }> => {
    const answer = await who.request("POST", `/submissions/${id}/${name}`, body);
    expect(answer.statusCode, answer.body).toBe(status);
    return answer.json();
  };

  test("from a draft to closed: returned, handed in again, explained, decided, accepted; what was said goes along by finding", async () => {
    const draft = await handIn(faultyForm(), { draft: "true", year: "2024" });
    expect([draft.state, draft.ordinal, draft.files[0]?.name]).toEqual(["draft", 1, "甲局 2024 自评（定稿）.json"]);
    expect((await reviewer.request("GET", `/submissions/${draft.id}`)).statusCode).toBe(404);
    await step(a, draft.id, "submit");
    const first = await checked(draft.id);
    expect([first.state, first.verdict, first.counts.mustFix > 0, first.counts.explain]).toEqual(["checked", "return", true, 1]);
    expect((await step(a, draft.id, "submit", {}, 409)).code).toBe("flow.state");

    const rate = (await findings(draft.id)).find(({ rule }) => rule === "execution/rate")!;
    const over = (await findings(draft.id)).find(({ rule }) => rule === "deviation/overachievement")!;
    expect([rate.severity, over.outcome]).toEqual(["must-fix", "fail"]);
    const said = await a.request("POST", `/submissions/${draft.id}/explanations`, { finding: over.id, words: "扩大供水范围，新增两个乡镇的受益人口" });
    expect(said.statusCode, said.body).toBe(201);
    expect((await findings(draft.id)).find(({ id }) => id === over.id)).toMatchObject({ outcome: "explained", explanation: { text: "扩大供水范围，新增两个乡镇的受益人口", author: "甲局经办" } });

    await step(reviewer, draft.id, "take");
    expect((await step(reviewer, draft.id, "accept", {}, 409)).code).toBe("flow.open-findings");
    expect((await step(reviewer, draft.id, "return", { due: "2099-01-31" }, 422)).code).toBe("flow.reason");
    const returned = await step(reviewer, draft.id, "return", { reason: "请更正预算执行率", due: "2099-01-31" });
    expect([returned.state, returned.returnDue, returned.opinion]).toEqual(["returned", "2099-01-31", "请更正预算执行率"]);

    const notice = await a.request("GET", `/submissions/${draft.id}/report?format=docx`);
    const written = strFromU8(unzipSync(notice.rawPayload)["word/document.xml"]!);
    expect(written).toContain("请更正预算执行率");
    expect(written.replace(/\s|<[^>]*>/g, "")).toContain("2099年1月31日前");

    const second = await handIn(unexplainedForm(), {}, `/submissions/${draft.id}/resubmissions`);
    expect([second.ordinal, second.previousId, second.earlier.map(({ id }) => id)]).toEqual([2, draft.id, [draft.id]]);
    const again = await checked(second.id);
    expect([again.state, again.verdict, again.counts.mustFix, again.counts.explain]).toEqual(["checked", "accept", 0, 0]);
    expect((await findings(second.id)).find(({ rule }) => rule === "deviation/overachievement")).toMatchObject({ outcome: "explained", explanation: { author: "甲局经办" } });
    expect((await a.request("GET", `/submissions/${draft.id}`)).json<Shown>()).toMatchObject({ current: false, actions: [], state: "returned" });
    const compared = (await a.request("GET", `/submissions/${second.id}/comparison`)).json<{ fixed: { rule: string }[]; remaining: unknown[] }>();
    expect(compared.fixed.map(({ rule: id }) => id)).toContain("execution/rate");

    await step(reviewer, second.id, "take");
    const rejected = await reviewer.request("POST", `/submissions/${second.id}/decisions`, { finding: over.id, decision: "rejected", reason: "没有依据" });
    expect(rejected.statusCode, rejected.body).toBe(201);
    expect((await until(second.id, () => true)).counts.explain).toBe(1);
    const waived = await reviewer.request("POST", `/submissions/${second.id}/decisions`, { finding: over.id, decision: "waived", reason: "已核实", until: "2099-12-31" });
    expect(waived.statusCode, waived.body).toBe(201);
    const opinion = await reviewer.request("PUT", `/submissions/${second.id}/opinion`, { opinion: "总体较好" });
    expect(opinion.json<Shown>()).toMatchObject({ opinion: "总体较好", counts: { waived: 1, explain: 0 } });
    expect((await step(reviewer, second.id, "accept")).state).toBe("accepted-with-waivers");
    expect((await step(reviewer, second.id, "reopen", {}, 403)).code).toBe("role");
    expect((await step(reviewer, second.id, "close")).state).toBe("closed");
    expect((await step(admin, second.id, "reopen", { reason: "复查" })).state).toBe("under-review");

    const history = (await a.request("GET", `/submissions/${second.id}/history`)).json<{ items: { action: string; person: { name: string } | null; beforeDigest: string | null; afterDigest: string | null }[] }>().items;
    expect(history.map(({ action }) => action)).toEqual(["submission.reopened", "submission.closed", "submission.accepted", "submission.opinion", "submission.finding-waived", "submission.finding-rejected", "submission.taken", "submission.checked", "submission.submitted", "submission.resubmitted"]);
    expect(history.find(({ action }) => action === "submission.finding-waived")).toMatchObject({ person: { name: "复核人甲" }, beforeDigest: expect.stringMatching(/^[0-9a-f]{64}$/) as string, afterDigest: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    const verified = (await admin.request("GET", "/audit/verify")).json<{ broken: number | null }>();
    expect(verified.broken).toBeNull();
  }, 60_000);

  test("a department's other year: the report in every format and language, the content, the file byte for byte, the review file that makes the same report", async () => {
    const made = await handIn(faultyForm(), { year: "2023" });
    await checked(made.id);
    const get = async (path: string) => await a.request("GET", `/submissions/${made.id}/${path}`);
    const report = (await get("report")).json<{ findings: Finding[]; lang: string; ruleSet: { year: string } }>();
    expect([report.lang, report.ruleSet.year]).toEqual(["zh", "2023"]);
    const english = (await get("report?lang=en")).json<{ findings: (Finding & { title: string })[]; lang: string }>();
    expect([english.lang, english.findings.map(({ id }) => id)]).toEqual(["en", report.findings.map(({ id }) => id)]);
    for (const [format, sign] of [["html", "<!doctype html>"], ["xlsx", "PK"], ["docx", "PK"], ["markdown", "#"], ["csv", "\uFEFF"], ["sarif", "{"], ["junit", "<?xml"], ["terminal", ""]] as const) {
      const answer = await get(`report?format=${format}&document=notice&due=2099-01-31`);
      expect(answer.statusCode, `${format} ${answer.body.slice(0, 200)}`).toBe(200);
      expect(answer.rawPayload.toString("utf8").toLowerCase().startsWith(sign.toLowerCase()), format).toBe(true);
    }
    expect((await get("files/1")).body).toBe(faultyForm());
    expect((await get("files/1")).headers["content-disposition"]).toContain(encodeURIComponent("甲局 2024 自评（定稿）").replaceAll("(", "%28"));
    expect((await get("files/2")).statusCode).toBe(404);
    expect((await get("content")).json<{ tables: unknown[] }>().tables).toHaveLength(JSON.parse(faultyForm()).tables.length);
    const over = report.findings.find(({ rule }) => rule === "deviation/overachievement")!;
    await a.request("POST", `/submissions/${made.id}/explanations`, { finding: over.id, words: "扩大供水范围，新增两个乡镇的受益人口" });
    const review = (await get("review")).body;
    const { check, read, loadRuleSet, readReview } = await import("../../src/index.ts");
    const { createHash } = await import("node:crypto");
    const { inOrder } = await import("../../src/write/json.ts");
    const parsed = readReview(JSON.parse(review), { name: "review.json", sha256: createHash("sha256").update(review).digest("hex") }, null);
    if (!("review" in parsed)) throw new Error("no review file");
    const [one] = (await read([{ name: "甲局 2024 自评（定稿）.json", bytes: new TextEncoder().encode(faultyForm()) }])).submissions;
    const own = await check(one!, await loadRuleSet("national"), { year: "2023", review: parsed.review, chosenBy: "option" });
    // All but the digest of the program, which runs compiled in the one case and as sources in the other.
    const plain = (made: unknown): unknown => ({ ...(made as object), tool: null });
    expect(plain((await get("report")).json())).toEqual(plain(JSON.parse(JSON.stringify(inOrder(own)))));
  }, 60_000);

  test("what is not right about a hand-in is said at once, and nothing is stored", async () => {
    const before = (await a.request("GET", "/submissions?all=true")).json<{ items: unknown[] }>().items.length;
    const refused = async (text: string | Uint8Array, fields: Record<string, string>, name = "自评.json"): Promise<string> => {
      const { payload, headers } = await formOf([{ name, bytes: text }], fields);
      const answer = await a.request("POST", "/submissions", payload, headers);
      expect(answer.statusCode, answer.body).toBeGreaterThanOrEqual(400);
      return answer.json<{ code: string }>().code;
    };
    expect(await refused("这不是一张表", {}, "说明.txt")).toBe("unreadable");
    expect(await refused(rightForm(), { year: "24" })).toBe("yearMissing");
    expect(await refused(rightForm(), { year: "2024" })).toBe("submissionThere");
    expect(await refused(`[${rightForm()},${rightForm("另一个局")}]`, { year: "2022" })).toBe("severalDepartments");
    expect(await refused(rightForm(), { department: house.departments.B, year: "2022" })).toBe("departmentUnknown");
    expect((await a.request("POST", "/submissions", "x", { "content-type": "text/plain" })).statusCode).toBe(415);
    expect((await a.request("GET", "/submissions?all=true")).json<{ items: unknown[] }>().items).toHaveLength(before);
  });

  test("a draft is corrected in the page, and the content is then checked instead of the file", async () => {
    const draft = await handIn(faultyForm(), { draft: "true", year: "2021" });
    const put = await a.request("PUT", `/submissions/${draft.id}/content`, JSON.parse(rightForm()) as object, { "if-match": `"${draft.revision}"` });
    expect([put.statusCode, put.json<{ corrected: boolean }>().corrected]).toEqual([200, true]);
    expect((await a.request("PUT", `/submissions/${draft.id}/content`, JSON.parse(rightForm()) as object, { "if-match": `"${draft.revision}"` })).json<{ code: string }>().code).toBe("changed");
    await step(a, draft.id, "submit");
    expect(await checked(draft.id)).toMatchObject({ state: "checked", counts: { mustFix: 0 } });
  });

  test("two who decide at the same time: one is told that the other was quicker", async () => {
    const made = await handIn(faultyForm(), { year: "2020" });
    const row = await checked(made.id);
    const rate = (await findings(made.id)).find(({ rule }) => rule === "execution/rate")!;
    const decide = (): Promise<number> => reviewer.request("POST", `/submissions/${made.id}/decisions`, { finding: rate.id, decision: "overridden", reason: "系统四舍五入方式不同" }, { "if-match": `"${row.revision}"` }).then(({ statusCode }) => statusCode);
    expect((await Promise.all([decide(), decide()])).sort()).toEqual([201, 409]);
    expect((await a.request("GET", `/submissions/${made.id}/decisions`)).json<{ items: unknown[] }>().items).toHaveLength(1);
    expect((await reviewer.request("POST", `/submissions/${made.id}/decisions`, { finding: rate.id, decision: "accepted" })).json<{ code: string }>().code).toBe("decisionMustFix");
    expect((await reviewer.request("POST", `/submissions/${made.id}/decisions`, { finding: "no/such#0", decision: "overridden", reason: "x" })).json<{ code: string }>().code).toBe("findingUnknown");
  });

  test("a list by filter and in every order, a part at a time, gives each once", async () => {
    const bureau = await house.as("administrator");
    const texts = Array.from({ length: 7 }, (_, index) => rightForm(`第${index + 1}单位`));
    for (let index = 1; index <= 7; index++) await house.store.db.insertInto("department").values({ name: `第${index}单位`, code: null, region: index < 4 ? "东区" : "西区", level: null }).execute();
    const { payload, headers } = await formOf([...texts.map((bytes, index) => ({ name: `${index}.json`, bytes })), { name: "没有单位.json", bytes: rightForm("不认识的单位") }, { name: "说明.txt", bytes: "你好" }], { year: "2024" });
    const batch = await bureau.request("POST", "/submissions/batch", payload, headers);
    const { items } = batch.json<{ items: { outcome: string; department: string | null; submissionId: string | null }[] }>();
    expect(items.map(({ outcome }) => outcome).sort(), batch.body).toEqual(["created", "created", "created", "created", "created", "created", "created", "refused", "unread"]);
    for (const { submissionId } of items) if (submissionId !== null) await until(submissionId, ({ state }) => state === "checked", bureau);
    const listed = async (query: string, limit: number): Promise<string[]> => {
      const found: string[] = [];
      for (let cursor = ""; ;) {
        const part = (await bureau.request("GET", `/submissions?year=2024&limit=${limit}&${query}${cursor}`)).json<{ items: Shown[]; next: string | null }>();
        found.push(...part.items.map(({ id }) => id));
        if (part.next === null) return found;
        cursor = `&cursor=${part.next}`;
      }
    };
    for (const sort of submissionQuery.properties.sort.enum) {
      const all = await listed(`sort=${sort}`, 100);
      expect(all, sort).toHaveLength(8);
      expect(await listed(`sort=${sort}`, 3), sort).toEqual(all);
    }
    expect(await listed("region=%E4%B8%9C%E5%8C%BA", 2)).toHaveLength(3);
    expect(await listed("q=%E7%AC%AC3", 2)).toHaveLength(1);
    expect(await listed("state=checked,accepted&verdict=accept", 5)).toHaveLength(7);
    const figures = (await bureau.request("GET", "/statistics?year=2024")).json<{ handedIn: number; departments: number; verdicts: Record<string, number>; regions: { region: string | null; handedIn: number }[]; scores: { claimed: { count: number }[] } }>();
    expect([figures.handedIn, figures.departments, figures.verdicts["accept"]]).toEqual([8, 9, 8]);
    expect(figures.regions.find(({ region }) => region === "东区")?.handedIn).toBe(3);
    expect(figures.scores.claimed.reduce((sum, { count }) => sum + count, 0)).toBe(8);
    for (const format of ["xlsx", "html", "json", "csv"]) expect((await bureau.request("GET", `/statistics/summary?year=2024&format=${format}`)).statusCode, format).toBe(200);
    const across = (await bureau.request("GET", "/findings?year=2020&limit=1")).json<{ items: { rule: string; title: string }[]; next: string | null }>();
    expect(across.next).not.toBeNull();
    expect(across.items[0]?.title).not.toBe(across.items[0]?.rule);
  }, 60_000);

  test("a request with the same key is done once and answered the same; another body is refused", async () => {
    const { payload, headers } = await formOf([{ name: "自评.json", bytes: rightForm() }], { year: "2019" });
    const key = { ...headers, "idempotency-key": "k-1" };
    const both = await Promise.all([a.request("POST", "/submissions", payload, key), a.request("POST", "/submissions", payload, key)]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
    const first = both.find(({ statusCode }) => statusCode === 201)!;
    const again = await a.request("POST", "/submissions", payload, key);
    expect([again.statusCode, again.body, again.headers["idempotency-replayed"]]).toEqual([201, first.body, "true"]);
    const other = await formOf([{ name: "自评.json", bytes: faultyForm() }], { year: "2019" });
    const refused = await a.request("POST", "/submissions", other.payload, { ...other.headers, "idempotency-key": "k-1" });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([422, "idempotencyBody"]);
    expect((await a.request("GET", "/submissions?year=2019&all=true")).json<{ items: unknown[] }>().items).toHaveLength(1);
  });

  test("a submission that no rule set can check stands there with the reason, and can be checked again", async () => {
    const made = await handIn(rightForm(), { year: "2018", draft: "true" });
    await house.store.db.insertInto("rule_set_in_force").values({ year: "2018", rule_set: "gone", set_by: house.people.administrator }).execute();
    await step(a, made.id, "submit");
    const stuck = await checked(made.id);
    expect([stuck.state, stuck.problem, stuck.actions]).toEqual(["submitted", "rule-set-unknown", ["retry", "resubmit"]]);
    expect(stuck.problemText).toContain("gone");
    await house.store.db.updateTable("submission").set({ rule_set: "national" }).where("id", "=", made.id).execute();
    await step(a, made.id, "retry");
    expect((await checked(made.id)).state).toBe("checked");
  });
});
