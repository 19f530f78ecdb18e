// A new password typed twice -> sent once; what keeps it from being taken is a sentence.
import { ref, type Ref } from "vue";
import { sentence } from "./api.ts";
import { say } from "./words.ts";

export interface NewPasswordForm { password: Ref<string>; again: Ref<string>; problem: Ref<string>; busy: Ref<boolean>; submit: () => Promise<void> }

/** The state of a form that sets a password. `send` gives it to the service; what it throws is said on the page. */
export function newPasswordForm(send: (password: string) => Promise<void>): NewPasswordForm {
  const [password, again, problem, busy] = [ref(""), ref(""), ref(""), ref(false)];
  const submit = async (): Promise<void> => {
    if (busy.value) return;
    problem.value = password.value === again.value ? "" : say("password.differs");
    if (problem.value !== "") return;
    busy.value = true;
    try {
      await send(password.value);
    } catch (error) {
      problem.value = sentence(error);
    }
    busy.value = false;
  };
  return { password, again, problem, busy, submit };
}

/** The token of a one-time link's address: `?token=…` or `#token=…`; empty where there is none. */
export function tokenOf({ query, hash }: { query: Readonly<Record<string, unknown>>; hash: string }): string {
  return typeof query["token"] === "string" ? query["token"] : hash.replace(/^#(?:token=)?/, "");
}
