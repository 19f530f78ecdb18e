// A change that a person asks for -> done, told and read again; or why not, in a sentence.
import { ElMessage } from "element-plus/es/components/message/index";
import "element-plus/es/components/message/style/css";
import { ref, type Ref } from "vue";
import { sentence } from "../api.ts";
import { say } from "../words.ts";

export interface Asked { problem: Ref<string>; busy: Ref<boolean>; /** False where it was refused. */ ask: (what: () => Promise<unknown>, done?: string) => Promise<boolean> }

/** `after` reads again what the page shows. */
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
  return { problem, busy, ask };
}
