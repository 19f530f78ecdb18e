// A change that a person asks for -> done, told and read again; or why not, in a sentence.
import { ElMessage } from "element-plus/es/components/message/index";
import "element-plus/es/components/message/style/css";
import { onMounted, ref, type Ref } from "vue";
import { sentence } from "../api.ts";
import { say } from "../words.ts";

export interface Asked { problem: Ref<string>; busy: Ref<boolean>; /** False where it was refused. */ ask: (what: () => Promise<unknown>, done?: string) => Promise<boolean>; /** Reads again, and tells nothing but what went wrong. */ reread: () => Promise<boolean> }

/** `after` reads what the page shows: at first, and after each change. */
export function useAsking(after: () => Promise<unknown>): Asked {
  const problem = ref("");
  const busy = ref(false);
  const ask = async (what: () => Promise<unknown>, done = say("admin.saved")): Promise<boolean> => {
    busy.value = true;
    problem.value = "";
    try {
      await what();
      await after();
      if (done !== "") ElMessage.success(done);
      return true;
    } catch (error) {
      problem.value = sentence(error);
      return false;
    } finally {
      busy.value = false;
    }
  };
  const reread = (): Promise<boolean> => ask(() => Promise.resolve(), "");
  onMounted(reread);
  return { problem, busy, ask, reread };
}
