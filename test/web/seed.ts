// A bureau's year through the API: departments of four counties, reviewers, due days, and hand-ins of every kind of outcome and state.
import { readFileSync } from "node:fs";
import { formOf, type As, type Harness } from "../server/harness.ts";

const REGIONS = ["青峦县", "松坪县", "临江区", "石桥县"] as const;
const BUREAUS = ["教育局", "财政局", "水利局", "民政局", "交通运输局", "文化和旅游局"] as const;
/** Which fixture stands for which department; the others have handed in nothing. */
const KINDS = ["hengyang-2023", "central-form-with-deviations", "explained-deviations", "no-weight-column", "money-in-yuan", "right-in-every-figure", "blank-is-not-zero", "waived-and-expired"] as const;

export interface Seeded { departments: { id: string; name: string }[]; submissions: { id: string; department: { id: string; name: string }; state: string; verdict: string | null }[]; reviewer: As }

/** `year`: all hand-ins are of it. The harness's reviewer is assigned everything; the first `handedIn` departments have handed in and are checked. */
export async function seedYear(harness: Harness, { year = "2023", handedIn = 17 } = {}): Promise<Seeded> {
  const admin = await harness.as("administrator");
  const table = ["名称,编码,地区,级次", ...REGIONS.flatMap((region, r) => BUREAUS.map((bureau, b) => `${region}${bureau},${r + 4}0${b + 1},${region},县级`))].join("\n");
  await done(admin, "POST", "/departments/import", table, { "content-type": "text/csv" });
  await done(admin, "POST", "/assignments", { personId: harness.people.reviewer });
  await done(admin, "PUT", "/deadlines", { year, departmentId: null, due: `${Number(year) + 1}-03-31` });
  const departments = (await done<{ items: Seeded["departments"] }>(admin, "GET", "/departments?limit=1000")).items.filter(({ name }) => REGIONS.some((region) => name.startsWith(region)));
  const files = departments.slice(0, handedIn).map(({ name }, at) => ({ name: `${name}.json`, bytes: formAs(KINDS[at % KINDS.length] ?? KINDS[0], name, year) }));
  const form = await formOf(files, { year });
  await done(admin, "POST", "/submissions/batch", form.payload, form.headers);
  return { departments, submissions: await settled(admin, year, files.length), reviewer: await harness.as("reviewer") };
}

/** A fixture's form, handed in by another department. */
export function formAs(kind: string, department: string, year: string): string {
  const form = JSON.parse(readFileSync(new URL(`../../fixtures/${kind}/submission.json`, import.meta.url), "utf8")) as Record<string, unknown>;
  const tables = (form["tables"] as { kind: string; name?: string }[]).map((one) => (one.kind === "department" ? { ...one, name: department } : one));
  return JSON.stringify({ ...form, year, department: { name: department }, tables });
}

/** All that were handed in, once each is checked or could not be. */
export async function settled(as: As, year: string, count: number): Promise<Seeded["submissions"]> {
  for (let tries = 0; tries < 600; tries++) {
    const { items } = await done<{ items: (Seeded["submissions"][number] & { problem: string | null })[] }>(as, "GET", `/submissions?year=${year}&limit=1000`);
    if (items.length >= count && items.every(({ state, problem }) => state !== "submitted" || problem !== null)) return items;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error("they were not checked within a minute");
}

/** The answer's body; throws where it was refused. */
export async function done<T = unknown>(as: Pick<As, "request">, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
  const answer = await as.request(method, path, body, headers);
  if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`);
  return (answer.body === "" ? undefined : JSON.parse(answer.body)) as T;
}
