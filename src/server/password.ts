// A password -> what is kept of it, and whether another is the same. Owns argon2.
import { hash, verify, type Options } from "@node-rs/argon2";
import { Problem } from "./problem.ts";
import type { Settings } from "./settings.ts";

// The package's enum exists for the compiler alone: 2 is Argon2id.
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- there is no other way to say it
const ARGON2ID: NonNullable<Options["algorithm"]> = 2;
/** OWASP's least for Argon2id: 19 MiB, two passes. */
const OPTIONS: Options = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = async (password: string): Promise<string> => await hash(password.normalize("NFC"), OPTIONS);

/** Takes the same time where there is nothing to compare with, so that nobody learns who exists. */
export async function isPassword(kept: string | null, given: string): Promise<boolean> {
  if (kept !== null) return await verify(kept, given.normalize("NFC"), OPTIONS);
  await verify(await nobodys(), given.normalize("NFC"), OPTIONS);
  return false;
}

/** Throws Problem 422 where it is too short, or shorter than it may be with signs of one kind, or holds the login. */
export function refuseWeak(password: string, login: string, settings: Settings): void {
  const { least, leastMixed, most } = settings.password;
  const signs = Array.from(password.normalize("NFC"));
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u].filter((kind) => kind.test(password)).length;
  const enough = signs.length >= least || (signs.length >= leastMixed && kinds >= 3);
  if (!enough) throw new Problem(422, "passwordShort", { least, leastMixed });
  if (signs.length > most) throw new Problem(422, "passwordLong", { most });
  if (new Set(signs).size < 5 || (login !== "" && password.toLowerCase().includes(login.toLowerCase()) && signs.length < login.length + 8)) throw new Problem(422, "passwordSimple");
}

let kept: Promise<string> | null = null;
const nobodys = async (): Promise<string> => await (kept ??= hashPassword("nobody's"));
