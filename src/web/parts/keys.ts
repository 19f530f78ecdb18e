// Keys pressed on a page -> what they stand for there, unless somebody is typing or a dialog is open.
import { onBeforeUnmount, onMounted } from "vue";

/** `keys`: what each key does, by the character it gives (`n`, `?`). Single keys only, so that those of the browser stay the browser's. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const pressed = (event: KeyboardEvent): void => {
    const action = keys[event.key];
    if (action === undefined || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target) || isAsked()) return;
    event.preventDefault();
    action();
  };
  onMounted(() => { window.addEventListener("keydown", pressed); });
  onBeforeUnmount(() => { window.removeEventListener("keydown", pressed); });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

/** Whether a dialog waits for an answer. */
function isAsked(): boolean {
  return [...document.querySelectorAll<HTMLElement>(".el-overlay")].some((overlay) => overlay.offsetParent !== null || getComputedStyle(overlay).display !== "none");
}
