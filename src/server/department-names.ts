// What a form calls the department that it is of -> which of those known here it is; a name may be written whole or short, with or without 市 or 县.
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { seesDepartment, type Caller } from "./access.ts";
import { Problem } from "./problem.ts";
import type { Db } from "./store/database.ts";

/** As it stands on the form; null or empty where nothing does. */
export interface Named { name: string | null; code: string | null }

interface Known { id: string; name: string; code: string | null }

/**
 * By id, code or name, among those that the caller sees in that year; null where there is none. Throws Problem 422 where several are called so,
 * or where the code is one's and the name another's: which one was meant is for people to say.
 */
export async function departmentNamed(db: Db, caller: Caller, { name, code }: Named, year: string | null): Promise<string | null> {
  const rows = await db.selectFrom("department").select(COLUMNS).where(seesDepartment(caller, year)).where(calledOrCoded(name, code)).execute();
  const byId = rows.find(({ id }) => id === name);
  if (byId !== undefined) return byId.id;
  return oneOf(rows.filter((row) => isExactly(row, name)), rows.find((row) => isCode(row, code)), { name, code })?.id ?? null;
}

/**
 * A department's person hands in for his own. Throws Problem 422 where the form clearly is another's that is known here, or its name and its code
 * are of different ones. What may be a writing of the own name is taken for it, and what nobody here is called is no reason to refuse.
 */
export async function refuseOthersForm(db: Db, ownId: string, { name, code }: Named): Promise<void> {
  const rows = await db.selectFrom("department").select(COLUMNS).where((eb) => eb.or([eb("id", "=", ownId), calledOrCoded(name, code)])).execute();
  const own = rows.find(({ id }) => id === ownId);
  if (own === undefined) return;
  const exact = rows.filter((row) => isExactly(row, name));
  const isOwn = exact.includes(own) || (exact.length === 0 && isCalled(own, name));
  const others = isOwn || !filled(name) ? [] : exact.length > 0 ? exact : (await db.selectFrom("department").select(COLUMNS).where("id", "<>", ownId).execute()).filter((row) => isCalled(row, name));
  const byCode = rows.find((row) => isCode(row, code));
  if (isOwn && byCode !== undefined && byCode !== own) throw disagree({ name, code }, byCode);
  if (others.length > 0 && byCode === own) throw disagree({ name, code }, own);
  const stated = others.length > 0 ? name : byCode !== undefined && byCode !== own ? byCode.name : null;
  if (stated !== null) throw new Problem(422, "othersForm", { name: stated, own: own.name });
}

const COLUMNS = ["department.id", "department.name", "department.code"] as const;

/** `keyOf` in the store. */
const KEY = sql<string>`lower(regexp_replace(normalize(department.name, NFKC), '\\s', '', 'g'))`;

const calledOrCoded = (name: string | null, code: string | null): RawBuilder<SqlBool> =>
  sql<SqlBool>`(department.id::text = ${name ?? ""} OR (department.code <> '' AND department.code = ${(code ?? "").trim()}) OR ${KEY} = ${keyOf(name ?? "")})`;

function oneOf(byName: readonly Known[], byCode: Known | undefined, named: Named): Known | null {
  const [first, ...others] = byName;
  if (byCode !== undefined && (first === undefined || byName.includes(byCode))) return byCode;
  if (byCode !== undefined) throw disagree(named, byCode);
  if (others.length > 0) throw new Problem(422, "departmentSeveral", { name: named.name ?? "", count: byName.length });
  return first ?? null;
}

const disagree = ({ name, code }: Named, byCode: Known): Problem => new Problem(422, "departmentDisagrees", { name: name ?? "", code: code ?? "", other: byCode.name });

const filled = (text: string | null): text is string => text !== null && text.trim() !== "";

const isCode = (row: Known, code: string | null): boolean => filled(code) && row.code === code.trim();

const isExactly = (row: Known, name: string | null): boolean => filled(name) && keyOf(row.name) === keyOf(name);

/** Whether one of the two is a writing of the other. */
const isCalled = (row: Known, name: string | null): boolean => filled(name) && (writingsOf(row.name).has(keyOf(name)) || writingsOf(name).has(keyOf(row.name)));

/** Space does not count, nor whether brackets and letters are wide. */
const keyOf = (name: string): string => name.normalize("NFKC").replace(/\s/gu, "").toLowerCase();

const PLACE = /^(?:\p{Script=Han}{1,7}?(?:自治区|自治州|自治县|自治旗|地区|省|市|州|盟|县|区|旗))+/u;
const KIND = /自治区|自治州|自治县|自治旗|地区|[省市州盟县区旗]/gu;

/** 甲市司法局（本级）: 甲市司法局, 甲司法局, 市司法局, 司法局. */
function writingsOf(name: string): Set<string> {
  const whole = keyOf(name);
  const plain = whole.replace(/\(?(?:本级|机关)\)?$/u, "");
  const place = PLACE.exec(plain)?.[0] ?? "";
  const office = plain.slice(place.length);
  if (place === "" || office === "") return new Set([whole, plain]);
  const kind = /(?:自治区|自治州|自治县|自治旗|地区|.)$/u.exec(place)?.[0] ?? "";
  return new Set([whole, plain, place.replace(KIND, "") + office, kind + office, office]);
}
