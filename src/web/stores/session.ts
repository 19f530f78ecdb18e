// Who is signed in, as the service says, and what signing in looks like here.
import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { get, post, remove, useCsrf, whenSignedOut } from "../api.ts";
import { lang } from "../words.ts";

export type Role = "administrator" | "reviewer" | "department";
export interface Person { id: string; login: string; name: string; roles: Role[]; departmentId: string | null; departmentName?: string | null; lang: "zh" | "en" }
export interface Session { person: Person | null; csrf: string | null; publicCheck?: boolean; oidc?: string | null; first?: boolean }

export const useSession = defineStore("session", () => {
  const person = ref<Person | null>(null);
  const known = ref(false);
  /** Whether anyone may check a file. */
  const publicCheck = ref(true);
  /** What single sign-on is called here; null where there is none. */
  const oidc = ref<string | null>(null);
  /** Nobody can administrate yet. */
  const first = ref(false);
  const roles = computed((): readonly Role[] => person.value?.roles ?? []);

  const take = (session: Session | null): void => {
    person.value = session?.person ?? null;
    useCsrf(session?.csrf ?? null);
    if (session?.publicCheck !== undefined) publicCheck.value = session.publicCheck;
    if (session?.oidc !== undefined) oidc.value = session.oidc;
    first.value = session?.first ?? false;
    known.value = true;
  };
  whenSignedOut(() => { take(null); });

  /** Asked once a page load; a service that cannot be reached is told by whatever is asked next. */
  const load = async (): Promise<void> => {
    if (!known.value) await get<Session>("/session").then(take, () => { known.value = true; });
  };
  /** From the answer to signing in, whichever way it was. The language of the page is the one that he sees. */
  const enter = async (session: Session): Promise<void> => {
    take(session);
    if (session.person !== null && session.person.lang !== lang.value) await keepLanguage();
  };
  const signIn = async (login: string, password: string): Promise<void> => { await enter(await post<Session>("/session", { login, password })); };
  const signOut = async (): Promise<void> => {
    await remove("/session").catch(() => undefined);
    take(null);
  };
  /** The service's sentences follow the page's language. */
  const keepLanguage = async (): Promise<void> => {
    if (person.value !== null) await post("/session/language", { lang: lang.value }).then(() => { if (person.value !== null) person.value.lang = lang.value; }, () => undefined);
  };
  return { person, known, roles, publicCheck, oidc, first, load, take, enter, signIn, signOut, keepLanguage };
});
