// A submission's state and a step -> its state after it, or why not. Pure: who may take which step from where, and what it needs, is data.
import type { Role, State } from "./store/tables.ts";

/** `unchecked`: submitted, and checking came to nothing. */
export type Stand = State | "unchecked";

export type Step = "edit" | "submit" | "check" | "fail" | "retry" | "explain" | "take" | "decide" | "opine" | "return" | "accept" | "close" | "reopen" | "resubmit";

/** Why a step is not taken: a key of the locales' `service` section (`flow.<code>`). */
export type FlowRefusal = "not-current" | "role" | "state" | "files" | "reason" | "due" | "due-past" | "open-findings" | "waiver-expired";

/** What a step needs to be known or given. */
export type Need = "files" | "reason" | "due" | "nothing-open";

interface StepRule {
  /** `checking` is the program itself. */
  who: readonly (Role | "checking")[];
  from: readonly Stand[];
  /** Null: the submission stays where it is. */
  to: State | null;
  /** Where a waiver or an override is in force. */
  toWaived?: State;
  needs: readonly Need[];
}

const ALL: readonly Role[] = ["department", "reviewer", "administrator"];
const BUREAU: readonly Role[] = ["reviewer", "administrator"];

export const FLOW: Readonly<Record<Step, StepRule>> = {
  edit: { who: ALL, from: ["draft"], to: null, needs: [] },
  submit: { who: ALL, from: ["draft"], to: "submitted", needs: ["files"] },
  check: { who: ["checking"], from: ["submitted", "unchecked"], to: "checked", needs: [] },
  fail: { who: ["checking"], from: ["submitted"], to: "submitted", needs: [] },
  retry: { who: ALL, from: ["unchecked"], to: "submitted", needs: [] },
  explain: { who: ["department", "administrator"], from: ["checked", "under-review", "returned"], to: null, needs: [] },
  take: { who: BUREAU, from: ["checked"], to: "under-review", needs: [] },
  decide: { who: BUREAU, from: ["checked", "under-review"], to: null, needs: [] },
  opine: { who: BUREAU, from: ["checked", "under-review"], to: null, needs: [] },
  return: { who: BUREAU, from: ["checked", "under-review", "unchecked"], to: "returned", needs: ["reason", "due"] },
  accept: { who: BUREAU, from: ["under-review"], to: "accepted", toWaived: "accepted-with-waivers", needs: ["nothing-open"] },
  close: { who: BUREAU, from: ["accepted", "accepted-with-waivers"], to: "closed", needs: [] },
  reopen: { who: ["administrator"], from: ["closed"], to: "under-review", needs: [] },
  resubmit: { who: ALL, from: ["draft", "checked", "returned", "unchecked"], to: null, needs: ["files"] },
};

export const STEPS = Object.keys(FLOW) as Step[];

/** What a step is judged by. Days are `YYYY-MM-DD`. */
export interface Situation {
  stand: Stand;
  current: boolean;
  roles: readonly (Role | "checking")[];
  today: string;
  reason?: string | null;
  due?: string | null;
  files?: number;
  /** Must-fix findings that nobody waived or overrode. */
  mustFix?: number;
  waived?: number;
  /** Waivers among the decisions whose last day is over. */
  expired?: number;
}

export type Move = { to: State | null } | { refused: FlowRefusal };

/** Where the step leads; the first thing that stands in its way otherwise. */
export function move(step: Step, situation: Situation): Move {
  const rule = FLOW[step];
  if (!situation.roles.some((role) => rule.who.includes(role))) return { refused: "role" };
  if (!situation.current) return { refused: "not-current" };
  if (!rule.from.includes(situation.stand)) return { refused: "state" };
  const refused = rule.needs.map((need) => NEEDED[need](situation)).find((code) => code !== null);
  if (refused !== undefined) return { refused };
  return { to: (situation.waived ?? 0) > 0 ? (rule.toWaived ?? rule.to) : rule.to };
}

/** The steps that somebody may take, whatever they need: for the buttons of a page. */
export function stepsFrom(stand: Stand, current: boolean, roles: readonly (Role | "checking")[]): Step[] {
  return current ? STEPS.filter((step) => FLOW[step].from.includes(stand) && roles.some((role) => FLOW[step].who.includes(role))) : [];
}

export function standOf({ state, problem }: { state: State; problem: string | null }): Stand {
  return state === "submitted" && problem !== null ? "unchecked" : state;
}

const NEEDED: Readonly<Record<Need, (situation: Situation) => FlowRefusal | null>> = {
  files: ({ files = 0 }) => (files > 0 ? null : "files"),
  reason: ({ reason }) => ((reason ?? "").trim() === "" ? "reason" : null),
  due: ({ due, today }) => ((due ?? "") === "" ? "due" : (due ?? "") < today ? "due-past" : null),
  "nothing-open": ({ mustFix = 0, expired = 0 }) => (expired > 0 ? "waiver-expired" : mustFix > 0 ? "open-findings" : null),
};
