// The service's API -> typed answers; a refusal becomes a Problem that holds its sentence.
import { lang, say } from "./words.ts";

const PREFIX = "/api/v1";

/** What the service refused and why: `message` is a sentence for people, `code` tells programs. Status 0: the service was not reached. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** All members of the problem+json. */
  readonly details: Readonly<Record<string, unknown>>;
  constructor(status: number, code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** A page of a list. */
export interface Page<T> { items: T[]; next: string | null }

export interface Asking {
  query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  /** JSON, or FormData for files. */
  body?: unknown;
  signal?: AbortSignal;
  /** Sent with a POST that makes something, so that a second press makes nothing twice. */
  idempotencyKey?: string;
  /** The revision that a change is meant for: what somebody else changed meanwhile is refused with 409, not overwritten. */
  ifMatch?: number;
  accept?: string;
}

let csrf: string | null = null;
let onSignedOut: () => void = () => undefined;

/** Of the session: sent with every call that changes something. */
export function useCsrf(token: string | null): void {
  csrf = token;
}

/** What to do when the service says that nobody is signed in. */
export function whenSignedOut(then: () => void): void {
  onSignedOut = then;
}

export const get = <T>(path: string, asking: Asking = {}): Promise<T> => json<T>("GET", path, asking);
export const post = <T>(path: string, body?: unknown, asking: Asking = {}): Promise<T> => json<T>("POST", path, { ...asking, body });
export const put = <T>(path: string, body: unknown, asking: Asking = {}): Promise<T> => json<T>("PUT", path, { ...asking, body });
export const patch = <T>(path: string, body: unknown, asking: Asking = {}): Promise<T> => json<T>("PATCH", path, { ...asking, body });
export const remove = <T = void>(path: string, asking: Asking = {}): Promise<T> => json<T>("DELETE", path, asking);

/** Every item of a list, part after part; `limit` null: a list that comes whole. */
export async function all<T>(path: string, query: Asking["query"] = {}, limit: number | null = 200): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    // A list that comes whole has no `next`.
    const page: Pick<Page<T>, "items"> & Partial<Page<T>> = await get(path, { query: { limit, ...query, cursor } });
    items.push(...page.items);
    cursor = page.next ?? null;
  } while (cursor !== null);
  return items;
}

/** A file that the service writes (a report, an original), with its name. */
export async function file(method: "GET" | "POST", path: string, asking: Asking = {}): Promise<{ blob: Blob; name: string | null }> {
  const answer = await ask(method, path, { accept: "*/*", ...asking });
  return { blob: await answer.blob(), name: fileName(answer.headers.get("content-disposition")) };
}

/** Hands a file to the person. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 10_000);
}

/** Files up to the service, with how far it is (0 to 1; the service's own work comes after 1). */
export function upload<T>(path: string, form: FormData, onProgress: (share: number) => void, asking: Asking = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address(path, asking.query));
    for (const [name, value] of Object.entries(headersOf("POST", { ...asking, body: form }))) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => { onProgress(total === 0 ? 0 : loaded / total); };
    request.onerror = () => { reject(unreached()); };
    request.onabort = () => { reject(new DOMException("", "AbortError")); };
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else reject(problemOf(request.status, body));
    };
    asking.signal?.addEventListener("abort", () => { request.abort(); });
    request.send(form);
  });
}

/** For `Idempotency-Key`; works in older browsers and without https, too. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The sentence of whatever went wrong. */
export function sentence(error: unknown): string {
  return error instanceof Problem ? error.message : say("problem.unexpected", { reason: error instanceof Error ? error.message : String(error) });
}

async function json<T>(method: string, path: string, asking: Asking): Promise<T> {
  const answer = await ask(method, path, asking);
  const text = await answer.text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

async function ask(method: string, path: string, asking: Asking): Promise<Response> {
  const { body, signal } = asking;
  const sent = body === undefined ? null : body instanceof FormData ? body : JSON.stringify(body);
  const answer = await fetch(address(path, asking.query), { method, headers: headersOf(method, asking), body: sent, credentials: "same-origin", ...(signal === undefined ? {} : { signal }) })
    .catch((error: unknown) => { throw error instanceof DOMException && error.name === "AbortError" ? error : unreached(); });
  if (!answer.ok) throw problemOf(answer.status, parsed(await answer.text()));
  return answer;
}

function address(path: string, query: Asking["query"] = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined || value === null || value === "" ? [] : [[name, String(value)]]));
  return `${PREFIX}${path}${given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`}`;
}

function headersOf(method: string, { body, accept, idempotencyKey, ifMatch }: Asking): Record<string, string> {
  return {
    accept: accept ?? "application/json",
    "accept-language": lang.value,
    ...(body === undefined || body instanceof FormData ? {} : { "content-type": "application/json" }),
    ...(method === "GET" || csrf === null ? {} : { "x-csrf-token": csrf }),
    ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
    ...(ifMatch === undefined ? {} : { "if-match": `"${ifMatch}"` }),
  };
}

function problemOf(status: number, body: unknown): Problem {
  const details = typeof body === "object" && body !== null ? body as Record<string, unknown> : {};
  const text = (name: string): string | null => (typeof details[name] === "string" && details[name] !== "" ? details[name] : null);
  const code = text("code") ?? text("type") ?? String(status);
  const problem = new Problem(status, code, text("detail") ?? text("title") ?? say("problem.status", { status }), details);
  if (status === 401) onSignedOut();
  return problem;
}

const unreached = (): Problem => new Problem(0, "unreached", say("problem.unreached"));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `attachment; filename*=UTF-8''%E8%A1%A8.xlsx` -> 表.xlsx. */
function fileName(disposition: string | null): string | null {
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (coded !== undefined) return decodeURIComponent(coded);
  return /filename="?([^";]+)"?/i.exec(disposition ?? "")?.[1] ?? null;
}
