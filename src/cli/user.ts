// `ziping user add|list|disable|enable|reset`: people of the service from its own machine, where no administrator can sign in.
import { word } from "../locale.ts";
import type { Invitation } from "../server/people.ts";
import type { Settings } from "../server/settings.ts";
import type { Store } from "../server/store/database.ts";
import type { Role } from "../server/store/tables.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { isSet, textOf, textsOf } from "./command.ts";
import { Refusal, noSuch } from "./refusal.ts";
import { data, withStore } from "./store.ts";

const ROLES: readonly Role[] = ["administrator", "reviewer", "department"];
const LOGIN = [{ name: "LOGIN" }];
const link = { flags: "--public-url <URL>" };

export const user: Command = {
  name: "user",
  commands: [
    { name: "add", arguments: LOGIN, options: [data, { flags: "--name <NAME>" }, { flags: "--role <ROLE>", repeat: true, choices: ROLES }, { flags: "--department <DEPARTMENT>" }, link, language], run: add },
    { name: "list", options: [data, { flags: "--json" }, language], run: list },
    { name: "disable", arguments: LOGIN, options: [data, language], run: async (call, world) => await setActive(call, world, false) },
    { name: "enable", arguments: LOGIN, options: [data, language], run: async (call, world) => await setActive(call, world, true) },
    { name: "reset", arguments: LOGIN, options: [data, link, language], run: reset },
  ],
};

/** Prints the link with which the person sets a password. A department that is not there yet is made. */
async function add(call: Call, world: World): Promise<Status> {
  const { args: [login = ""], options, locale } = call;
  const roles = textsOf(options, "role").map((given) => ROLES.find((role) => role === given) ?? refuseRole(given, call));
  if (roles.length === 0) throw new Refusal("noRole", { known: ROLES.join(" ") });
  if (/\s/u.test(login) || login.length > 100) throw new Refusal("login", { given: login });
  return await withStore(call, world, async ({ db }) => {
    const [{ transaction }, { addPerson }, { addDepartment }] = await Promise.all([import("../server/store/database.ts"), import("../server/people.ts"), import("../server/departments.ts")]);
    const settings = await settingsFor(call, world);
    const { invitation } = await transaction(db, async (trx) => {
      const named = textOf(options, "department");
      const known = named === null ? null : await trx.selectFrom("department").select("id").where((eb) => eb.or([eb("name", "=", named), eb("code", "=", named)])).executeTakeFirst() ?? null;
      const departmentId = known?.id ?? (named === null ? null : (await addDepartment(trx, null, { name: named })).id);
      return await addPerson(trx, null, { login, name: textOf(options, "name") ?? login, roles, departmentId, lang: locale.lang }, settings, new Date());
    });
    await told(call, world, invitation, settings, login);
    return 0;
  }, true);
}

async function list(call: Call, world: World): Promise<Status> {
  const { options, locale } = call;
  return await withStore(call, world, async ({ db }) => {
    const rows = await db.selectFrom("person").leftJoin("department", "department.id", "person.department_id").select(["person.login", "person.name", "person.roles", "person.active", "department.name as department"]).orderBy("person.login").execute();
    if (isSet(options, "json")) await world.out(`${JSON.stringify(rows, null, 2)}\n`);
    else for (const { login, name, roles, active, department } of rows) await world.out(`${[login, name, roles.join(" "), department ?? "", active ? "" : word(locale, "cli", "user.disabled")].join("\t").trimEnd()}\n`);
    return 0;
  });
}

async function setActive(call: Call, world: World, active: boolean): Promise<Status> {
  const { args: [login = ""], locale } = call;
  return await withStore(call, world, async (store) => {
    const [{ transaction }, { changePerson }] = await Promise.all([import("../server/store/database.ts"), import("../server/people.ts")]);
    const id = await idOf(store, login);
    await transaction(store.db, async (trx) => await changePerson(trx, null, id, { active }));
    await world.out(`${word(locale, "cli", active ? "user.nowEnabled" : "user.nowDisabled", { login })}\n`);
    return 0;
  });
}

async function reset(call: Call, world: World): Promise<Status> {
  const { args: [login = ""] } = call;
  return await withStore(call, world, async (store) => {
    const [{ transaction }, { invitePerson }] = await Promise.all([import("../server/store/database.ts"), import("../server/people.ts")]);
    const settings = await settingsFor(call, world);
    const id = await idOf(store, login);
    const invitation = await transaction(store.db, async (trx) => await invitePerson(trx, null, id, settings, new Date()));
    if (invitation === null) throw new Refusal("userDisabled", { login });
    await told(call, world, invitation, settings, login);
    return 0;
  });
}

async function idOf({ db }: Store, login: string): Promise<string> {
  const person = await db.selectFrom("person").select("id").where("login", "=", login).executeTakeFirst();
  if (person === undefined) throw new Refusal("noUser", { login });
  return person.id;
}

async function settingsFor({ options }: Call, world: World): Promise<Settings> {
  const { settingsFrom } = await import("../server/settings.ts");
  const publicUrl = textOf(options, "publicUrl");
  return settingsFrom(world.env, publicUrl === null ? {} : { publicUrl });
}

async function told({ locale }: Call, world: World, { secret, expiresAt }: Invitation, settings: Settings, login: string): Promise<void> {
  const { invitationPath } = await import("../server/invitations.ts");
  const path = `${settings.publicUrl ?? ""}${invitationPath(secret)}`;
  await world.out(`${word(locale, "cli", settings.publicUrl === null ? "user.path" : "user.link", { login, link: path, until: expiresAt.toISOString().slice(0, 10) })}\n`);
}

function refuseRole(given: string, { locale }: Call): never {
  throw noSuch("choice", given, ROLES, locale);
}
