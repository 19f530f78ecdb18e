// Changes of a submission -> made one after the other, each upon the state that the page shows; who was overtaken is told by whom, and sees the newer state.
import { ElMessage } from "element-plus/es/components/message/index";
import "element-plus/es/components/message/style/css";
import { get, newKey, Problem, type Asking } from "../api.ts";
import { say, sayCode } from "../words.ts";
import type { HistoryLine } from "./review.ts";

/**
 * `send` asks for the change with what it is given. False where somebody else was quicker: that is told already. Throws Problem where it was refused.
 * `about`: what the change rests on, where that is less than the whole submission; as long as that stays as it was, others' changes do not stand in its way.
 */
export type Change = (send: (asking: Asking) => Promise<unknown>, about?: () => unknown) => Promise<boolean>;

/** `shown`: id and revision on the page; `read` brings the page to the state that is now. */
export function useChanges(shown: () => { id: string; revision: number } | null, read: () => Promise<void>): Change {
  let before: Promise<unknown> = Promise.resolve();
  const make: Change = async (send, about = () => shown()?.revision) => {
    for (;;) {
      const ifMatch = shown()?.revision;
      const rested = JSON.stringify(about());
      try {
        await send({ idempotencyKey: newKey(), ...(ifMatch === undefined ? {} : { ifMatch }) });
        await read();
        return true;
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 409) throw error;
        await read();
        if (shown()?.revision === ifMatch) throw error;
        if (JSON.stringify(about()) !== rested) {
          await tell(shown()?.id ?? "");
          return false;
        }
      }
    }
  };
  return (send, about) => {
    const mine = before.then(() => make(send, about));
    before = mine.catch(() => undefined);
    return mine;
  };
}

/** Who did what: the newest line of the history. It stays until it is read, since the page below it is another one. */
async function tell(id: string): Promise<void> {
  const [line] = await get<{ items: HistoryLine[] }>(`/submissions/${id}/history`).then(({ items }) => items.filter(({ action }) => action !== "submission.rechecked"), () => []);
  const message = line === undefined ? say("changed.somebody") : say("changed.by", { name: line.person?.name ?? say("review.history.system"), action: sayCode("admin.action", line.action) });
  ElMessage({ message, type: "warning", duration: 15_000, showClose: true });
}
