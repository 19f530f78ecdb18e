// An indicator's name as printed -> the name itself.
import { remembered } from "../memo.ts";

/** Without serial prefixes (`指标1：`, `1.`, `（2）`), without a trailing bracket (`（%）`) and without spaces. */
export const cleanName = (printed: string): string => (PLAIN.test(printed) ? printed : cleaned(printed));

/** Nothing but characters of which none is folded or stripped; what is cut off has a sign in it. */
const PLAIN = /^[\u4e00-\u9fffA-Za-z\d]*$/;

const cleaned = remembered((printed: string): string => {
  const plain = printed.normalize("NFKC").replace(/\s/g, "");
  const bare = plain.replace(/^指标\d*[:：]/u, "").replace(/^(?:[(（]?\d{1,2}[)）、.．:：](?!\d)|[①-⑳])/u, "");
  const short = bare.replace(/[(（][^()（）]{1,8}[)）]$/u, "");
  return short === "" ? bare : short;
});
