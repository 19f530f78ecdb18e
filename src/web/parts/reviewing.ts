// The id of a submission -> all that its page shows of it, read again whenever it changes and while it is being checked.
import { computed, onBeforeUnmount, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from "vue";
import type { Finding, Report, Submission as Form } from "../../model.ts";
import { get, Problem, sentence } from "../api.ts";
import { lang } from "../words.ts";
import { useChanges, type Change } from "./changes.ts";
import type { Decision, Explanation, Submission } from "./review.ts";

export interface Reviewing {
  submission: ShallowRef<Submission | null>;
  form: ShallowRef<Form | null>;
  report: ShallowRef<Report | null>;
  findings: ComputedRef<readonly Finding[]>;
  explanations: ShallowRef<Explanation[]>;
  decisions: ShallowRef<Decision[]>;
  problem: Ref<string>;
  /** Counts readings: what reads for itself reads again. */
  readings: Ref<number>;
  change: Change;
}

export function useReviewing(id: ComputedRef<string>): Reviewing {
  const submission = shallowRef<Submission | null>(null);
  const form = shallowRef<Form | null>(null);
  const report = shallowRef<Report | null>(null);
  const explanations = shallowRef<Explanation[]>([]);
  const decisions = shallowRef<Decision[]>([]);
  const problem = ref("");
  const readings = ref(0);
  const findings = computed(() => report.value?.findings ?? []);
  let asked = 0;
  let polling = 0;

  /** Of two readings the one begun last wins. `whole`: the form, too, which decisions leave as it is. */
  async function read(whole: boolean): Promise<void> {
    const mine = ++asked;
    window.clearTimeout(polling);
    const path = `/submissions/${id.value}`;
    try {
      const told = await get<Submission>(path);
      if (mine !== asked) return;
      const [written, reported, said, decided] = await Promise.all([
        whole || form.value === null ? get<Form>(`${path}/content`).catch(noneYet) : Promise.resolve(form.value),
        told.verdict === null ? null : get<Report>(`${path}/report`, { query: { format: "json", lang: lang.value } }),
        get<{ items: Explanation[] }>(`${path}/explanations`), get<{ items: Decision[] }>(`${path}/decisions`),
      ]);
      if (mine !== asked) return;
      [submission.value, form.value, report.value, explanations.value, decisions.value] = [told, written, reported, said.items, decided.items];
      readings.value += 1;
      problem.value = "";
      if (told.state === "submitted" && told.problem === null) polling = window.setTimeout(() => { void read(true); }, 2000);
    } catch (error) {
      if (mine === asked) problem.value = sentence(error);
    }
  }

  watch(id, () => {
    [submission.value, form.value, report.value] = [null, null, null];
    void read(true);
  }, { immediate: true });
  watch(lang, () => { void read(false); });
  onBeforeUnmount(() => {
    asked += 1;
    window.clearTimeout(polling);
  });
  return { submission, form, report, findings, explanations, decisions, problem, readings, change: useChanges(() => submission.value, () => read(false)) };
}

/** What could not be read has no content. */
function noneYet(error: unknown): null {
  if (error instanceof Problem && error.status === 409) return null;
  throw error;
}
