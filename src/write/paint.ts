// Text -> coloured text, or the text itself. Owns picocolors.
import { createColors } from "picocolors";
import type { Part } from "./select.ts";

export interface Paint { bold: (text: string) => string; faint: (text: string) => string; part: (part: Part, text: string) => string; verdict: (verdict: string, text: string) => string }

export function paintFor(colour: boolean): Paint {
  const { bold, dim, red, yellow, cyan, magenta, green } = createColors(colour);
  const parts: Record<Part, (text: string) => string> = { "must-fix": red, explain: yellow, note: cyan, "cannot-tell": magenta, explained: green, waived: green };
  const verdicts: Record<string, (text: string) => string> = { return: red, undetermined: magenta, explain: yellow, accept: green };
  return {
    bold,
    faint: dim,
    part: (part, text) => bold(parts[part](text)),
    verdict: (verdict, text) => bold((verdicts[verdict] ?? bold)(text)),
  };
}
