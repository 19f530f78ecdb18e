// What the service tells its operator: a line of JSON each, without secrets, contents of forms or what people are called. Owns pino.
import { pino, type DestinationStream } from "pino";
import type { Log } from "./service.ts";

/** To standard error unless a stream is given: standard output is the command's. */
export function makeLog(level: string, stream: DestinationStream = pino.destination({ fd: 2, sync: true })): Log {
  return pino({
    level, base: null, messageKey: "message", timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: problemShown, req: () => undefined, res: () => undefined },
    redact: { paths: ["*.password", "*.token", "*.secret", "*.cookie", "*.authorization", "password", "token", "secret", "cookie", "authorization"], censor: "…" },
  }, stream);
}

/** Where and what kind, never the words: messages of databases and parsers quote values. */
export function problemShown(problem: unknown): Record<string, unknown> {
  if (!(problem instanceof Error)) return { kind: typeof problem };
  const { code, table, constraint, routine } = problem as { code?: unknown; table?: unknown; constraint?: unknown; routine?: unknown };
  const frames = (problem.stack ?? "").split("\n").filter((line) => /^\s+at /u.test(line)).slice(0, 12).map((line) => line.trim());
  return { kind: problem.name, ...Object.fromEntries(Object.entries({ code, table, constraint, routine }).filter(([, value]) => typeof value === "string")), frames };
}
