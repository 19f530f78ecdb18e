// People: made, changed, disabled; each change with its line of the log.
import { sql } from "kysely";
import type { Language } from "../locale.ts";
import type { Caller } from "./access.ts";
import { audit, digestOf } from "./audit.ts";
import { invite } from "./invitations.ts";
import { Problem } from "./problem.ts";
import { endSessions } from "./sessions.ts";
import type { Settings } from "./settings.ts";
import type { Trx } from "./store/database.ts";
import type { Role } from "./store/tables.ts";

export interface PersonRow { id: string; login: string; name: string; roles: Role[]; department_id: string | null; lang: Language; active: boolean; oidc_subject: string | null; created_at: Date }
export interface Invitation { secret: string; expiresAt: Date }

export const PERSON = ["id", "login", "name", "roles", "department_id", "lang", "active", "oidc_subject", "created_at"] as const;

/** A person who cannot sign in yet, and the secret with which he sets his password. Throws Problem 422 where a role lacks its department. */
export async function addPerson(trx: Trx, caller: Caller | null, given: { login: string; name: string; roles: readonly Role[]; departmentId?: string | null; lang?: Language; oidcSubject?: string | null }, settings: Settings, now: Date): Promise<{ row: PersonRow; invitation: Invitation }> {
  refuseWithoutDepartment(given.roles, given.departmentId ?? null);
  const row = await trx.insertInto("person").values({
    login: given.login, name: given.name.trim(), roles: [...new Set(given.roles)], department_id: given.departmentId ?? null, password_hash: null,
    oidc_subject: given.oidcSubject ?? null, lang: given.lang ?? "zh", created_at: now,
  }).returning(PERSON).executeTakeFirstOrThrow();
  const invitation = await invite(trx, row.id, settings, now);
  await audit(trx, caller, { action: "person.added", subject: { kind: "person", id: row.id }, departmentId: row.department_id, after: stateDigest(row), detail: { login: row.login, roles: row.roles } });
  return { row, invitation };
}

export interface PersonChange { name?: string; login?: string; roles?: readonly Role[]; departmentId?: string | null; lang?: Language; active?: boolean; oidcSubject?: string | null }

/** Null where there is no such person. Throws Problem 409 where nobody could administrate any more. Whoever is disabled is signed out everywhere. */
export async function changePerson(trx: Trx, caller: Caller | null, id: string, change: PersonChange): Promise<PersonRow | null> {
  // All administrators' rows, so that two who disable each other at once wait for one another.
  await trx.selectFrom("person").select("id").where(sql<boolean>`'administrator' = ANY (roles)`).orderBy("id").forUpdate().execute();
  const before = await trx.selectFrom("person").select(PERSON).where("id", "=", id).forUpdate().executeTakeFirst();
  if (before === undefined) return null;
  const after: PersonRow = {
    ...before,
    ...(change.name === undefined ? {} : { name: change.name.trim() }), ...(change.login === undefined ? {} : { login: change.login }),
    ...(change.roles === undefined ? {} : { roles: [...new Set(change.roles)] }), ...(change.departmentId === undefined ? {} : { department_id: change.departmentId }),
    ...(change.lang === undefined ? {} : { lang: change.lang }), ...(change.active === undefined ? {} : { active: change.active }), ...(change.oidcSubject === undefined ? {} : { oidc_subject: change.oidcSubject }),
  };
  refuseWithoutDepartment(after.roles, after.department_id);
  const { login, name, roles, department_id, lang, active, oidc_subject } = after;
  await trx.updateTable("person").set({ login, name, roles, department_id, lang, active, oidc_subject }).where("id", "=", id).execute();
  const left = await trx.selectFrom("person").select("id").where("active", "=", true).where(sql<boolean>`'administrator' = ANY (roles)`).limit(1).executeTakeFirst();
  if (left === undefined) throw new Problem(409, "lastAdministrator");
  if (!active) await endSessions(trx, id);
  await audit(trx, caller, {
    action: before.active && !active ? "person.disabled" : "person.changed", subject: { kind: "person", id }, departmentId: department_id,
    before: stateDigest(before), after: stateDigest(after), detail: { login, roles, active, changed: Object.keys(change) },
  });
  return after;
}

/** A new secret for a forgotten password; the old password holds until it is used. Null where there is no such person, or where he is disabled. */
export async function invitePerson(trx: Trx, caller: Caller | null, id: string, settings: Settings, now: Date): Promise<Invitation | null> {
  const person = await trx.selectFrom("person").select("id").where("id", "=", id).where("active", "=", true).executeTakeFirst();
  if (person === undefined) return null;
  const invitation = await invite(trx, id, settings, now);
  await audit(trx, caller, { action: "person.invited", subject: { kind: "person", id } });
  return invitation;
}

function refuseWithoutDepartment(roles: readonly Role[], departmentId: string | null): void {
  if (roles.includes("department") && departmentId === null) throw new Problem(422, "departmentNeeded");
}

const stateDigest = ({ login, name, roles, department_id, lang, active, oidc_subject }: PersonRow): string => digestOf({ login, name, roles, department_id, lang, active, oidc_subject });
