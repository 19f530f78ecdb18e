// Departments: whose a form is, by the name and code on it; what is assigned for a year is seen in that year; a table of many holds up nobody.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TableNode, type KyselyPlugin } from "kysely";
import { importDepartments } from "../../src/server/departments.ts";
import { transaction } from "../../src/server/store/database.ts";
import { formOf, serviceFor, STORES, type As, type Harness } from "./harness.ts";
import { form } from "./submissions-forms.ts";

describe.each(STORES)("on %s", (store) => {
  let on: Harness;
  let year = 1950;
  beforeAll(async () => { on = await serviceFor({ store }); }, 240_000);
  afterAll(async () => { await on.close(); });

  const named = (name: string, code?: string): string => form((made) => { made.department = code === undefined ? { name } : { name, code }; });
  const handIn = async (as: As, bytes: string, fields: Record<string, string> = {}, path = "/submissions") => {
    const { payload, headers } = await formOf([{ name: "自评.json", bytes }], { year: String(year += 1), ...fields });
    return await as.request("POST", path, payload, headers);
  };
  const count = async (): Promise<number> => (await on.store.db.selectFrom("submission").select("id").execute()).length;

  it("a form of another department is refused, with both names, and nothing is stored", async () => {
    const a = await on.as("departmentA");
    const before = await count();
    for (const [name, code] of [["乙市民政局"], ["乙市 民政局"], ["乙民政局"], ["民政局"], ["乙市民政局（本级）"], ["乙市民政局", "102"], ["某处", "102"], ["", "102"]] as const) {
      const { statusCode, json } = await handIn(a, named(name, code));
      const { code: why, detail } = json<{ code: string; detail: string }>();
      expect([name, statusCode, why]).toEqual([name, 422, "othersForm"]);
      expect(detail).toContain("甲市司法局");
      expect(detail).toContain(name === "" || name === "某处" ? "乙市民政局" : name);
    }
    expect((await handIn(a, named("乙市民政局"), { department: "甲市司法局" })).json()).toMatchObject({ code: "othersForm" });
    expect(await count()).toBe(before);
  }, 120_000);

  it("whatever may be a writing of the own name is taken, and so is what nobody here is called", async () => {
    const a = await on.as("departmentA");
    for (const [name, code] of [["甲市司法局"], ["甲市 司法局"], ["甲司法局"], ["司法局"], ["市司法局"], ["甲市司法局(本级)"], ["甲市司法局", "101"], ["甲市司法局", "999"], ["某处", "101"], ["某处"], ["丙市司法局"], [""]] as const) {
      const answer = await handIn(a, named(name, code));
      expect([name, answer.statusCode, answer.json<{ department?: { id: string } }>().department?.id]).toEqual([name, 201, on.departments.A]);
    }
  }, 120_000);

  it("two places that are called alike but for 市 and 县 are two; the whole name of one beats the short one of another", async () => {
    await on.store.db.insertInto("department").values([{ name: "甲县司法局", code: "103", region: null, level: null }, { name: "司法局", code: "104", region: null, level: null }]).execute();
    const a = await on.as("departmentA");
    expect((await handIn(a, named("甲县司法局"))).json()).toMatchObject({ code: "othersForm" });
    expect((await handIn(a, named("司法局"))).json()).toMatchObject({ code: "othersForm" });
    expect((await handIn(a, named("甲司法局"))).statusCode).toBe(201);
    await on.store.db.deleteFrom("department").where("code", "in", ["103", "104"]).execute();
  });

  it("a name and a code that are of different departments are said to disagree", async () => {
    const [a, admin] = [await on.as("departmentA"), await on.as("administrator")];
    for (const as of [a, admin]) for (const [name, code, other] of [["甲市司法局", "102", "乙市民政局"], ["乙市民政局", "101", "甲市司法局"]] as const) {
      const { code: why, detail } = (await handIn(as, named(name, code))).json<{ code: string; detail: string }>();
      expect([why, detail.includes(name), detail.includes(code), detail.includes(other)]).toEqual(["departmentDisagrees", true, true, true]);
    }
  });

  it("a draft is not corrected into another department's form", async () => {
    const a = await on.as("departmentA");
    const { id } = (await handIn(a, named("甲市司法局"), { draft: "true" })).json<{ id: string }>();
    const put = async (name: string) => await a.request("PUT", `/submissions/${id}/content`, JSON.parse(named(name)) as object);
    expect((await put("乙市民政局")).json()).toMatchObject({ status: 422, code: "othersForm" });
    expect((await put("甲市司法局")).statusCode).toBe(200);
  });

  it("a resubmission is held to it as well; who hands in for a department that he chose is not", async () => {
    const [a, admin] = [await on.as("departmentA"), await on.as("administrator")];
    const { id } = (await handIn(a, named("甲市司法局"), { draft: "true" })).json<{ id: string }>();
    expect((await handIn(a, named("乙市民政局"), {}, `/submissions/${id}/resubmissions`)).json()).toMatchObject({ code: "othersForm" });
    expect((await handIn(admin, named("乙市民政局"), { department: "甲市司法局" })).json()).toMatchObject({ department: { id: on.departments.A } });
  });

  it("for the bureau, of several departments with one name none is chosen by chance", async () => {
    const admin = await on.as("administrator");
    await on.store.db.insertInto("department").values([{ name: "丙市财政局", code: "105", region: null, level: null }, { name: "丙市 财政局", code: "106", region: null, level: null }]).execute();
    expect((await handIn(admin, named("丙市财政局"))).json()).toMatchObject({ status: 422, code: "departmentSeveral", detail: expect.stringContaining("2 个单位都叫「丙市财政局」") as string });
    expect((await handIn(admin, named("丙市财政局", "106"))).json()).toMatchObject({ department: { name: "丙市 财政局" } });
    expect((await handIn(admin, named("某处", "105"))).json()).toMatchObject({ department: { code: "105" } });
    const { items } = (await handIn(admin, named("丙市财政局"), {}, "/submissions/batch")).json<{ items: { outcome: string; message: string }[] }>();
    expect(items).toMatchObject([{ outcome: "refused", message: expect.stringContaining("分不清") as string }]);
    await on.store.db.deleteFrom("submission_file").where("submission_id", "in", on.store.db.selectFrom("submission").innerJoin("department", "department.id", "submission.department_id").select("submission.id").where("department.code", "in", ["105", "106"])).execute();
    await on.store.db.deleteFrom("submission").where("department_id", "in", on.store.db.selectFrom("department").select("id").where("code", "in", ["105", "106"])).execute();
    await on.store.db.deleteFrom("department").where("code", "in", ["105", "106"]).execute();
  });

  it("what is assigned for one year is seen, counted and overdue in that year only", async () => {
    const { db } = on.store;
    await db.updateTable("assignment").set({ year: "2023" }).where("person_id", "=", on.people.reviewer).execute();
    await db.insertInto("deadline").values(["2023", "2024"].flatMap((of) => [{ year: of, department_id: on.departments.A, due: "2024-06-01" }, { year: of, department_id: on.departments.B, due: "2024-06-01" }, { year: of, department_id: null, due: "2024-05-01" }])).execute();
    const reviewer = await on.as("reviewer");
    const figures = async (of: string) => (await reviewer.request("GET", `/statistics?year=${of}`)).json<{ departments: number; overdue: number; regions: object[] }>();
    expect(await figures("2023")).toMatchObject({ departments: 1, overdue: 1, regions: [{ region: "甲市", departments: 1 }] });
    expect(await figures("2024")).toMatchObject({ departments: 0, overdue: 0, regions: [] });
    const { items } = (await reviewer.request("GET", "/deadlines")).json<{ items: { year: string; departmentId: string | null }[] }>();
    expect(items.filter(({ departmentId }) => departmentId !== null)).toEqual([{ year: "2023", departmentId: on.departments.A, due: "2024-06-01" }]);
    expect(items.filter(({ departmentId }) => departmentId === null)).toHaveLength(2);
    const departments = async (query: string) => (await reviewer.request("GET", `/departments${query}`)).json<{ items: { id: string }[] }>().items.map(({ id }) => id);
    expect([await departments(""), await departments("?year=2023"), await departments("?year=2024")]).toEqual([[on.departments.A], [on.departments.A], []]);
    expect((await handIn(reviewer, named("甲市司法局"), { year: "2024" })).json()).toMatchObject({ status: 422, code: "departmentUnknown" });
    expect((await handIn(reviewer, named("甲市司法局"), { year: "2023" })).statusCode).toBe(201);
    await db.updateTable("assignment").set({ year: null }).where("person_id", "=", on.people.reviewer).execute();
  });

  it("a table of departments is taken over before the log is held for its lines", async () => {
    const { caller } = await on.as("administrator");
    const written: string[] = [];
    const watch: KyselyPlugin = {
      transformQuery: ({ node }) => {
        const into = node.kind === "InsertQueryNode" ? node.into : node.kind === "UpdateQueryNode" ? node.table : undefined;
        if (into !== undefined && TableNode.is(into)) written.push(into.table.identifier.name);
        return node;
      },
      transformResult: async ({ result }) => await Promise.resolve(result),
    };
    const csv = ["单位名称,单位编码,地区", "丁局,201,甲市", "戊局,202,乙市", "乙市民政局,102,丙市", "甲市司法局,101,甲市"].join("\n");
    const result = await transaction(on.store.db, async (trx) => await importDepartments(trx.withPlugin(watch), caller, new TextEncoder().encode(csv)));
    expect(result).toEqual({ added: 2, changed: 1, same: 1, problems: [] });
    expect(written).toEqual(["department", "department", "department", "audit"]);
    const lines = await on.store.db.selectFrom("audit").select(["action", "person_id"]).where("action", "in", ["department.added", "department.changed"]).orderBy("id").execute();
    expect(lines).toEqual(["department.added", "department.added", "department.changed"].map((action) => ({ action, person_id: on.people.administrator })));
    expect((await (await on.as("administrator")).request("GET", "/audit/verify")).json()).toMatchObject({ broken: null });
  });
});
