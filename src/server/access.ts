// Who may do what, as data, and which rows a caller sees, as conditions of the query.
import { sql, type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool } from "kysely";
import type { Language } from "../locale.ts";
import { Problem } from "./problem.ts";
import type { Role, Tables } from "./store/tables.ts";

export const SCOPES = ["check", "submissions:read", "submissions:write", "review", "rules:read", "statistics:read", "admin"] as const;
export type Scope = (typeof SCOPES)[number];
export const ROLES = ["administrator", "reviewer", "department"] as const satisfies readonly Role[];

/** What a route asks of its caller. `scope`: what a token must hold besides; null: tokens are not let in. */
export interface Access { roles: readonly Role[] | "anyone" | "signed-in"; scope: Scope | null }

export interface Caller {
  person: { id: string; name: string; login: string; roles: readonly Role[]; departmentId: string | null; lang: Language };
  token: { id: string; scopes: readonly Scope[] } | null;
  session: { csrf: string; digest: string } | null;
}

export const hasRole = (caller: Caller, role: Role): boolean => caller.person.roles.includes(role);
export const isAdministrator = (caller: Caller): boolean => hasRole(caller, "administrator");

/** Throws Problem 401 or 403 where the caller may not use a route at all. */
export function admit(access: Access, caller: Caller | null): void {
  if (caller === null) {
    if (access.roles !== "anyone") throw new Problem(401, "signIn");
    return;
  }
  if (caller.token !== null) {
    if (access.scope === null && access.roles !== "anyone") throw new Problem(403, "noTokens");
    if (access.scope !== null && !caller.token.scopes.includes(access.scope)) throw new Problem(403, "scope", { scope: access.scope });
  }
  if (access.roles === "anyone" || access.roles === "signed-in") return;
  if (!access.roles.some((role) => hasRole(caller, role))) throw new Problem(403, "role");
}

/** Rows of `submission` that the caller sees: `.where(visible(caller))`. What is still a draft is its department's and its maker's alone. */
export function visible(caller: Caller): (eb: ExpressionBuilder<Tables, "submission">) => Expression<SqlBool> {
  const { id, departmentId } = caller.person;
  return (eb) => {
    if (isAdministrator(caller)) return sql<SqlBool>`true`;
    const own: Expression<SqlBool>[] = [];
    if (hasRole(caller, "department") && departmentId !== null) own.push(eb("submission.department_id", "=", departmentId));
    if (hasRole(caller, "reviewer")) {
      own.push(sql<SqlBool>`(submission.state <> 'draft' OR submission.created_by = ${id}) AND EXISTS (SELECT FROM assignment WHERE assignment.person_id = ${id}
        AND (assignment.department_id IS NULL OR assignment.department_id = submission.department_id) AND (assignment.year IS NULL OR assignment.year = submission.year))`);
    }
    return own.length === 0 ? sql<SqlBool>`false` : eb.or(own);
  };
}

/** Rows of `department` that the caller sees: all, those assigned to him, or the own one. `year`: only what is assigned in it (a year, or the column that names it); null: in any. */
export function seesDepartment(caller: Caller, year: string | RawBuilder<string> | null): (eb: ExpressionBuilder<Tables, "department">) => Expression<SqlBool> {
  const { id, departmentId } = caller.person;
  return (eb) => {
    if (isAdministrator(caller)) return sql<SqlBool>`true`;
    const own: Expression<SqlBool>[] = [];
    if (hasRole(caller, "department") && departmentId !== null) own.push(eb("department.id", "=", departmentId));
    if (hasRole(caller, "reviewer")) {
      const then = year === null ? sql`true` : sql`(assignment.year IS NULL OR assignment.year = ${year})`;
      own.push(sql<SqlBool>`EXISTS (SELECT FROM assignment WHERE assignment.person_id = ${id} AND (assignment.department_id IS NULL OR assignment.department_id = department.id) AND ${then})`);
    }
    return own.length === 0 ? sql<SqlBool>`false` : eb.or(own);
  };
}
