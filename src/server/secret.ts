// Random words that let somebody in, and what is kept of them: their digest alone.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 bits as text for cookies, links and headers. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** What the store keeps of it: nobody who reads the store gets in. */
export const secretDigest = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(secretDigest(a)), Buffer.from(secretDigest(b))];
  return timingSafeEqual(one, other);
}
