// Who is signed in, as the service says.
import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { get, post, Problem, remove, useCsrf, whenSignedOut } from "../api.ts";

export type Role = "administrator" | "reviewer" | "department";
export interface Person { id: string; login: string; name: string; roles: Role[]; departmentId: string | null; lang: "zh" | "en" }
interface Session { person: Person | null; csrf: string | null }

export const useSession = defineStore("session", () => {
  const person = ref<Person | null>(null);
  const known = ref(false);
  const roles = computed((): readonly Role[] => person.value?.roles ?? []);

  const take = (session: Session | null): void => {
    person.value = session?.person ?? null;
    useCsrf(session?.csrf ?? null);
    known.value = true;
  };
  whenSignedOut(() => { take(null); });

  /** Asked once a page load; a service that cannot be reached is told by whatever is asked next. */
  const load = async (): Promise<void> => {
    if (known.value) return;
    await get<Session>("/session").then(take, (error: unknown) => {
      if (!(error instanceof Problem) || error.status !== 401) known.value = true;
    });
  };
  const signIn = async (login: string, password: string): Promise<void> => { take(await post<Session>("/session", { login, password })); };
  const signOut = async (): Promise<void> => {
    await remove("/session").catch(() => undefined);
    take(null);
  };
  return { person, known, roles, load, take, signIn, signOut };
});
