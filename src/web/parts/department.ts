// Who is signed in, and the address -> all that the department's page shows, read again whenever it changes and while it is being checked.
import { computed, onUnmounted, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from "vue";
import { useRoute } from "vue-router";
import type { Report } from "../../model.ts";
import { all, get, sentence } from "../api.ts";
import { useSession } from "../stores/session.ts";
import { lang } from "../words.ts";
import type { Deadline } from "./board-rows.ts";
import { useChanges, type Change } from "./changes.ts";
import type { Decision, Explanation, HistoryLine, Submission } from "./review.ts";
import type { SubmissionRow } from "./submission.ts";

export interface Mine {
  rows: ShallowRef<SubmissionRow[]>;
  /** Years that are asked for and have nothing yet. */
  missing: ComputedRef<Deadline[]>;
  whole: ShallowRef<Submission | null>;
  report: ShallowRef<Report | null>;
  explanations: ShallowRef<Explanation[]>;
  decisions: ShallowRef<Decision[]>;
  /** Why it was sent back. */
  returned: Ref<string | null>;
  problem: Ref<string>;
  loaded: Ref<boolean>;
  load: () => Promise<void>;
  change: Change;
}

export function useMine(): Mine {
  const session = useSession();
  const route = useRoute();
  const rows = shallowRef<SubmissionRow[]>([]);
  const deadlines = shallowRef<Deadline[]>([]);
  const whole = shallowRef<Submission | null>(null);
  const report = shallowRef<Report | null>(null);
  const explanations = shallowRef<Explanation[]>([]);
  const decisions = shallowRef<Decision[]>([]);
  const returned = ref<string | null>(null);
  const problem = ref("");
  const loaded = ref(false);
  const id = computed(() => (typeof route.query.id === "string" ? route.query.id : (rows.value[0]?.id ?? null)));
  const missing = computed(() => deadlines.value.filter(({ year, departmentId }) => (departmentId === null || departmentId === session.person?.departmentId) && !rows.value.some((row) => row.year === year))
    .sort((a, b) => Number(b.departmentId !== null) - Number(a.departmentId !== null)).filter(({ year }, at, list) => list.findIndex((one) => one.year === year) === at).sort((a, b) => b.year.localeCompare(a.year)));
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function loadWhole(): Promise<void> {
    clearTimeout(timer);
    const wanted = id.value;
    if (wanted === null) {
      whole.value = null;
      return;
    }
    const one = await get<Submission>(`/submissions/${wanted}`);
    const [found, said, judged, history] = await Promise.all([
      one.verdict === null ? null : get<Report>(`/submissions/${wanted}/report`, { query: { format: "json", lang: lang.value } }),
      all<Explanation>(`/submissions/${wanted}/explanations`, {}, null), all<Decision>(`/submissions/${wanted}/decisions`, {}, null), all<HistoryLine>(`/submissions/${wanted}/history`, {}, null),
    ]);
    if (id.value !== wanted) return;
    [whole.value, report.value, explanations.value, decisions.value] = [one, found, said, judged];
    const reason = history.find(({ action }) => action === "submission.returned")?.detail.reason;
    returned.value = one.state === "returned" && typeof reason === "string" ? reason : null;
    // Checking goes on without the page; it looks again until it is done.
    if (one.state === "submitted" && one.problem === null) timer = setTimeout(() => { void load(); }, 2000);
  }

  async function load(): Promise<void> {
    problem.value = "";
    try {
      [rows.value, deadlines.value] = await Promise.all([all<SubmissionRow>("/submissions", { current: true, sort: "-year" }), all<Deadline>("/deadlines", {}, null)]);
      loaded.value = true;
      await loadWhole();
    } catch (error) {
      problem.value = sentence(error);
      loaded.value = true;
    }
  }

  watch([() => route.query.id, lang], () => { if (route.name === "Mine") void load(); }, { immediate: true });
  onUnmounted(() => { clearTimeout(timer); });
  return { rows, missing, whole, report, explanations, decisions, returned, problem, loaded, load, change: useChanges(() => whole.value, load) };
}
