// Environment and options of the command -> the settings of the service.
import { isIP } from "node:net";
import { availableParallelism } from "node:os";
import { delimiter } from "node:path";

export interface Settings {
  host: string;
  port: number;
  /** The address under which people reach the service, without a slash at the end; null: the one it listens on. */
  publicUrl: string | null;
  /** Whose `X-Forwarded-For` is believed: nobody's (false) or that of these addresses. */
  trustProxy: boolean | string;
  /** Whether anyone may check a file without signing in. */
  publicCheck: boolean;
  limits: {
    /** Bytes of a JSON body. */ body: number;
    /** Bytes of one uploaded file. */ file: number;
    /** Files of one upload. */ files: number;
    /** Bytes of all files of one upload, and of all uploads that are under way in a process. */ upload: number; uploads: number;
    /** Requests an address may make in a minute, in each server's own count. */ requests: number;
    /** Checks without storing an address may ask for in a minute. */ checks: number;
    /** Attempts to sign in an address may make in a minute. */ logins: number;
  };
  /** Milliseconds. */
  session: { idle: number; absolute: number; rotate: number };
  /** A password is long, or shorter with signs of three kinds. */
  password: { least: number; leastMixed: number; most: number };
  /** Failed attempts that are borne within the window (milliseconds), of one login and from one address. */
  login: { window: number; perLogin: number; perAddress: number };
  /** Milliseconds that a link to set a password holds. */
  invitation: number;
  /** Days that an API token may live at most. */
  tokenDays: number;
  /** Milliseconds until an answer is given up waiting for when the service stops. */
  stopAfter: number;
  /** Checking what people hand in: threads, how long one submission may take (seconds), the memory of a thread (MB), how many may wait, how often a job is tried, how often the queue is asked (milliseconds). */
  checking: { threads: number; seconds: number; megabytes: number; waiting: number; attempts: number; poll: number };
  /** `allowInside`: webhooks may point into the own network; `seconds`: how long a receiver may take; `poll`: how often due deliveries are looked for (milliseconds). */
  webhooks: { allowInside: boolean; seconds: number; poll: number };
  /** Folders of rule sets of one's own, beside the built-in ones. */
  ruleSets: readonly string[];
  logLevel: string;
  /** The bearer that /metrics asks for; null: only this machine itself may ask. */
  metricsToken: string | null;
  oidc: Oidc | null;
}

export interface Oidc {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  /** What the button on the page says after "sign in with". */
  name: string;
  scope: string;
  /** The claim that names a person's login here. */
  loginClaim: string;
  /** Makes people who are not there yet, with the role `department`, of the department that this claim names; null: nobody is ever made. */
  departmentClaim: string | null;
  /** Whether an issuer without TLS is used all the same: in tests and behind one's own wall. */
  insecure: boolean;
}

/** What was set and makes no sense; `name` is the variable's. */
export class SettingProblem extends Error {
  readonly setting: string;
  readonly given: string;

  constructor(setting: string, given: string) {
    super(setting);
    this.name = "SettingProblem";
    this.setting = setting;
    this.given = given;
  }
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MEGABYTE = 1024 * 1024;

/** All settings with what they are unless set otherwise. Throws SettingProblem. */
export function settingsFrom(env: Readonly<Record<string, string | undefined>>, given: { host?: string; port?: string; publicUrl?: string } = {}): Settings {
  const whole = (name: string, usual: number, least = 1, most = 1_000_000_000): number => {
    const text = env[name] ?? "";
    if (text === "") return usual;
    const number = /^\d{1,12}$/u.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most)) throw new SettingProblem(name, text);
    return number;
  };
  const yes = (name: string, usual: boolean): boolean => {
    const text = env[name] ?? "";
    if (text === "") return usual;
    if (!["true", "false", "1", "0"].includes(text)) throw new SettingProblem(name, text);
    return text === "true" || text === "1";
  };
  const text = (name: string): string | null => (env[name] === undefined || env[name] === "" ? null : env[name]);
  const port = given.port ?? text("ZIPING_PORT") ?? "8080";
  if (!/^\d{1,5}$/u.test(port) || Number(port) > 65_535) throw new SettingProblem("--port", port);
  const level = text("ZIPING_LOG") ?? "info";
  if (!["fatal", "error", "warn", "info", "debug", "trace", "silent"].includes(level)) throw new SettingProblem("ZIPING_LOG", level);
  return {
    host: given.host ?? text("ZIPING_HOST") ?? "127.0.0.1",
    port: Number(port),
    publicUrl: publicUrl(given.publicUrl ?? text("ZIPING_PUBLIC_URL")),
    trustProxy: proxies(text("ZIPING_TRUST_PROXY")),
    publicCheck: yes("ZIPING_PUBLIC_CHECK", true),
    limits: {
      body: whole("ZIPING_BODY_MB", 8, 1, 512) * MEGABYTE, file: whole("ZIPING_FILE_MB", 32, 1, 2048) * MEGABYTE, files: whole("ZIPING_FILES", 500),
      upload: whole("ZIPING_UPLOAD_MB", 128, 1, 4096) * MEGABYTE, uploads: whole("ZIPING_UPLOADS_MB", 512, 1, 65_536) * MEGABYTE,
      requests: whole("ZIPING_REQUESTS_PER_MINUTE", 3000), checks: whole("ZIPING_CHECKS_PER_MINUTE", 120), logins: whole("ZIPING_LOGINS_PER_MINUTE", 30),
    },
    session: { idle: whole("ZIPING_SESSION_IDLE_HOURS", 12, 1, 720) * HOUR, absolute: whole("ZIPING_SESSION_DAYS", 7, 1, 90) * DAY, rotate: HOUR },
    password: { least: whole("ZIPING_PASSWORD_LEAST", 12, 8, 128), leastMixed: whole("ZIPING_PASSWORD_LEAST_MIXED", 10, 8, 128), most: 256 },
    login: { window: 15 * MINUTE, perLogin: whole("ZIPING_LOGIN_FAILURES", 8), perAddress: whole("ZIPING_ADDRESS_FAILURES", 60) },
    invitation: whole("ZIPING_INVITATION_DAYS", 7, 1, 60) * DAY,
    tokenDays: whole("ZIPING_TOKEN_DAYS", 366, 1, 3660),
    stopAfter: whole("ZIPING_STOP_SECONDS", 20, 0, 600) * 1000,
    checking: {
      threads: whole("ZIPING_CHECK_THREADS", Math.max(1, Math.min(8, availableParallelism() - 1)), 1, 64), seconds: whole("ZIPING_CHECK_SECONDS", 60, 1, 600), megabytes: whole("ZIPING_CHECK_MB", 768, 64, 16_384),
      waiting: whole("ZIPING_CHECKS_WAITING", 200), attempts: whole("ZIPING_CHECK_ATTEMPTS", 3, 1, 20), poll: whole("ZIPING_QUEUE_POLL_MS", 500, 50, 60_000),
    },
    webhooks: { allowInside: yes("ZIPING_WEBHOOKS_INSIDE", false), seconds: whole("ZIPING_WEBHOOK_SECONDS", 10, 1, 120), poll: whole("ZIPING_WEBHOOK_POLL_MS", 2000, 50, 60_000) },
    ruleSets: (text("ZIPING_RULE_SETS") ?? "").split(delimiter).filter((folder) => folder !== ""),
    logLevel: level,
    metricsToken: text("ZIPING_METRICS_TOKEN"),
    oidc: oidc(text, yes),
  };
}

function publicUrl(given: string | null): string | null {
  if (given === null) return null;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol) || (url.pathname !== "/" && url.pathname !== "")) throw new SettingProblem("--public-url", given);
  return url.origin;
}

/** Addresses, networks, or their names `loopback`, `linklocal`, `uniquelocal`: to believe everybody would be to believe whoever writes the header. */
function proxies(given: string | null): string | false {
  if (given === null || given === "false") return false;
  const right = given.split(",").map((part) => part.trim()).every((part) => {
    if (["loopback", "linklocal", "uniquelocal"].includes(part)) return true;
    const [address = "", bits, ...more] = part.split("/");
    const family = isIP(address);
    return family !== 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/u.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
  });
  if (!right) throw new SettingProblem("ZIPING_TRUST_PROXY", given);
  return given;
}

function oidc(text: (name: string) => string | null, yes: (name: string, usual: boolean) => boolean): Oidc | null {
  const issuer = text("ZIPING_OIDC_ISSUER");
  if (issuer === null) return null;
  if (!URL.canParse(issuer)) throw new SettingProblem("ZIPING_OIDC_ISSUER", issuer);
  const clientId = text("ZIPING_OIDC_CLIENT_ID");
  if (clientId === null) throw new SettingProblem("ZIPING_OIDC_CLIENT_ID", "");
  return {
    issuer, clientId, clientSecret: text("ZIPING_OIDC_CLIENT_SECRET"), name: text("ZIPING_OIDC_NAME") ?? new URL(issuer).hostname, scope: text("ZIPING_OIDC_SCOPE") ?? "openid profile",
    loginClaim: text("ZIPING_OIDC_LOGIN_CLAIM") ?? "preferred_username", departmentClaim: text("ZIPING_OIDC_DEPARTMENT_CLAIM"), insecure: yes("ZIPING_OIDC_INSECURE", false),
  };
}
