// Shapes of signing in.
import { maybeUuid, roles, title, uuid } from "./common.ts";

export const signedPerson = {
  type: "object", required: ["id", "name", "login", "roles", "departmentId", "departmentName", "lang"], additionalProperties: false,
  properties: { id: uuid, name: { type: "string" }, login: { type: "string" }, roles, departmentId: maybeUuid, departmentName: { type: ["string", "null"] }, lang: { type: "string", enum: ["zh", "en"] } },
} as const;

/** `csrf` goes into X-CSRF-Token of every request that changes something. */
export const sessionAnswer = { type: "object", required: ["person", "csrf"], additionalProperties: false, properties: { person: signedPerson, csrf: { type: "string" } } } as const;

export const sessionNow = {
  type: "object", required: ["person", "csrf", "publicCheck", "oidc", "first"], additionalProperties: false,
  properties: {
    person: { anyOf: [signedPerson, { type: "null" }] }, csrf: { type: ["string", "null"] },
    publicCheck: { type: "boolean", description: "Whether anyone may check a file." },
    oidc: { type: ["string", "null"], description: "What single sign-on is called here; null where there is none." },
    first: { type: "boolean", description: "Whether nobody can administrate yet: the link that the start printed makes the first." },
  },
} as const;

export const password = { type: "string", minLength: 1, maxLength: 1000 } as const;
export const login = { type: "string", minLength: 1, maxLength: 100, pattern: "^[^\\s\\u0000-\\u001f]+$" } as const;
export const credentials = { type: "object", required: ["login", "password"], additionalProperties: false, properties: { login: { type: "string", minLength: 1, maxLength: 200 }, password } } as const;
export const passwordChange = { type: "object", required: ["old", "new"], additionalProperties: false, properties: { old: password, new: password } } as const;
export const secretWord = { type: "string", minLength: 20, maxLength: 200 } as const;
export const firstAdministrator = { type: "object", required: ["token", "login", "name", "password"], additionalProperties: false, properties: { token: secretWord, login, name: title(100), password } } as const;
export const acceptance = { type: "object", required: ["token", "password"], additionalProperties: false, properties: { token: secretWord, password } } as const;
export const languageChange = { type: "object", required: ["lang"], additionalProperties: false, properties: { lang: { type: "string", enum: ["zh", "en"] } } } as const;
