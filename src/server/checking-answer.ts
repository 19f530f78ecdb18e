// What a checking thread answers, or why it does not -> the answer, or a problem for people.
import { ThreadFailure } from "./checking-threads.ts";
import type { Answer, Unanswered } from "./checking-work.ts";
import { Problem } from "./problem.ts";

/** Throws Problem 422 for what lies in the files, 503 for what lies in the service's load. */
export async function answered(asked: Promise<Answer>): Promise<Exclude<Answer, Unanswered>> {
  const answer = await asked.catch((problem: unknown) => { throw failureOf(problem); });
  if (answer.kind !== "problem") return answer;
  const why = answer.remarks.filter(({ kind }) => kind === "problem").slice(0, 5).map(({ message }) => message).join(" ");
  throw new Problem(422, `checking.${answer.code}`, { ...answer.values, why });
}

function failureOf(problem: unknown): unknown {
  if (!(problem instanceof ThreadFailure)) return problem;
  if (problem.code === "busy" || problem.code === "stopped") return new Problem(503, "checking.busy", {}, { "retry-after": "10" });
  return new Problem(422, `checking.${problem.code}`, { seconds: problem.message.replace(/\D.*$/, "").replace(/000$/, "") });
}

/** The same for what asks and writes at once. */
export async function checked<T>(made: Promise<T>): Promise<T> {
  return await made.catch((problem: unknown) => { throw failureOf(problem); });
}
