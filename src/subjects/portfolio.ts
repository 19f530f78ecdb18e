// A submission beside those of other departments -> subjects `projectPeer` and `textPeer`.
import { isZero, times, toText } from "../decimal.ts";
import { known, missing, numberOf } from "../fact.ts";
import type { Subject, SubmissionRows, TableRows } from "../model.ts";
import { MONEY_UNITS } from "../normalize/amounts.ts";
import { explanationsOf, subject, tableIdentity, type SubjectContext } from "./context.ts";
import { cleanText } from "./names.ts";

/** What the departments of one call have in common: built once, asked for each of them. */
export interface Portfolio {
  /** Projects under that code, and under that name with that budget and spending, by year. */
  projects: ReadonlyMap<string, readonly Peer[]>;
  /** Departments whose goals or explanations hold that text. */
  texts: ReadonlyMap<string, readonly Department[]>;
}

interface Department { code: string; name: string; shown: string }
interface Peer { department: Department; code: string | null }

/** The index over all submissions of a call. */
export function portfolioOf(all: readonly SubmissionRows[], longText: number): Portfolio {
  const projects = new Map<string, Peer[]>();
  const texts = new Map<string, Department[]>();
  for (const rows of all) {
    const department = departmentOf(rows);
    for (const { code, keys } of projectsIn(rows)) for (const { key } of keys) put(projects, key, { department, code });
    for (const { key } of longTexts(rows, longText)) put(texts, key, department);
  }
  return { projects, texts };
}

/** One subject for each project that can be told from others and each long text of the submission; none where only one was handed in. */
export function portfolioSubjects(context: SubjectContext): Subject[] {
  const { portfolio, rows } = context;
  if (portfolio === null) return [];
  const own = departmentOf(rows);
  return [
    ...projectsIn(rows).filter(({ keys }) => keys.length > 0).map((project) => projectSubject(context, portfolio, own, project)),
    ...longTexts(rows, context.longText).map((text) => textSubject(portfolio, own, text)),
  ];
}

function put<T>(index: Map<string, T[]>, key: string, entry: T): void {
  const held = index.get(key);
  if (held === undefined) index.set(key, [entry]);
  else held.push(entry);
}

function departmentOf({ submission: { department } }: SubmissionRows): Department {
  const [code, name] = [department?.code?.trim() ?? "", department?.name?.trim() ?? ""];
  return { code: cleanText(code), name: cleanText(name), shown: name === "" ? code : name };
}

/** Names of the others among them, each once; the code instead where the name is the asker's own. One that cannot be told apart is no other. */
function othersOf(found: readonly Department[], own: Department): string[] {
  const apart = found.filter(({ code, name }) => (code !== "" && own.code !== "" ? code !== own.code : name !== "" && own.name !== "" && name !== own.name));
  return [...new Set(apart.map(({ code, name, shown }) => (name === own.name ? code : shown)))];
}

interface Project { table: TableRows; code: string | null; keys: { by: "code" | "amounts"; key: string; at: readonly string[] }[] }

/** A project is one by its code; where one of two has none, by name, budget and spending together: names alone (办公设备购置) are too common. */
function projectsIn(rows: SubmissionRows): Project[] {
  return rows.tables.filter(({ table }) => table.kind === "project").map((table) => {
    const [code, name, amounts] = [codeOf(table), cleanText(table.name), amountsOf(table)];
    const year = rows.year ?? "";
    return { table, code, keys: [
      ...(code === null ? [] : [{ by: "code" as const, key: `${year}#${code}`, at: [`${table.pointer}/code`] }]),
      ...(name === "" || amounts === null ? [] : [{ by: "amounts" as const, key: `${year}|${name}|${amounts.text}`, at: [`${table.pointer}/name`, ...amounts.at] }]),
    ] };
  });
}

/** The code of a project; a bare serial number (3, 012) or a dash is none. */
function codeOf({ table }: TableRows): string | null {
  const code = cleanText(table.code ?? "");
  return /\d/.test(code) && !/^\d{1,3}$/.test(code) ? code : null;
}

/** Budget and spending in 元; null where one is not known or nothing was budgeted. */
function amountsOf({ totalFund, moneyUnit }: TableRows): { text: string; at: readonly string[] } | null {
  if (totalFund === null) return null;
  const [budget, executed] = [numberOf(totalFund.adjustedBudget), numberOf(totalFund.executed)];
  if (budget === null || executed === null || isZero(budget)) return null;
  const inYuan = [budget, executed].map((amount) => toText(times(amount, MONEY_UNITS[moneyUnit])));
  return { text: inYuan.join("|"), at: [...totalFund.adjustedBudget.at, ...totalFund.executed.at] };
}

function projectSubject(context: SubjectContext, portfolio: Portfolio, own: Department, { table, code, keys }: Project): Subject {
  const alike = keys.map(({ by, key, at }) => ({ by, at, also: othersOf((portfolio.projects.get(key) ?? []).filter((peer) => by === "code" || peer.code === null || code === null).map((peer) => peer.department), own) }));
  const { by, at, also } = alike.find((entry) => entry.also.length > 0) ?? alike[0] ?? { by: "amounts", at: [], also: [] };
  const fund = table.totalFund;
  return subject({
    each: "projectPeer", table: table.name, label: table.name, identity: [...tableIdentity(table), "peer"], pointer: table.pointer,
    // What the table says of its results is no reason why two departments report it.
    explanations: explanationsOf(context, null, table, []).filter(({ where }) => !where.startsWith(table.pointer)),
    facts: {
      alone: known(also.length === 0, at), also: known(also, at), sameBy: known(by, at), name: known(table.name, [`${table.pointer}/name`]),
      code: code === null ? missing() : known(table.table.code ?? code, [`${table.pointer}/code`]),
      adjustedBudget: fund?.adjustedBudget ?? missing(), executed: fund?.executed ?? missing(),
    },
  });
}

interface LongText { key: string; identity: readonly string[]; text: string; cell: "goal" | "explanation"; table: string; label: string; pointers: string[] }

/** Goals and explanations of some length, each once, without the department's own name. */
function longTexts(rows: SubmissionRows, least: number): LongText[] {
  const { name } = departmentOf(rows);
  const found = new Map<string, LongText>();
  for (const { pointer, ...entry } of rows.tables.flatMap(textsIn)) {
    const plain = cleanText(entry.text);
    const key = name === "" ? plain : plain.replaceAll(name, "");
    if (key.length < least) continue;
    const held = found.get(key);
    if (held === undefined) found.set(key, { ...entry, key, pointers: [pointer] });
    else held.pointers.push(pointer);
  }
  return [...found.values()];
}

function textsIn(rows: TableRows): (Pick<LongText, "identity" | "text" | "cell" | "table" | "label"> & { pointer: string })[] {
  const { table, pointer, name, indicators, funds } = rows;
  const goals = (table.goals ?? []).flatMap((goal, index) => (["expected", "achieved"] as const).map((cell) => ({ text: goal[cell], label: name, cell: "goal" as const, pointer: `${pointer}/goals/${index}/${cell}` })));
  const answers = indicators.map((row) => ({ text: row.indicator.explanation, label: row.indicator.name ?? name, cell: "explanation" as const, pointer: `${row.pointer}/explanation` }));
  const amounts = funds.map((row) => ({ text: row.fund.explanation, label: row.fund.source, cell: "explanation" as const, pointer: `${row.pointer}/explanation` }));
  const whole = (["reason", "measures"] as const).map((cell) => ({ text: table[cell], label: name, cell: "explanation" as const, pointer: `${pointer}/${cell}` }));
  return [...goals, ...amounts, ...answers, ...whole].flatMap(({ text, ...rest }) => (text === undefined ? [] : [{ ...rest, text, table: name, identity: [...tableIdentity(rows), rest.cell, rest.label] }]));
}

function textSubject(portfolio: Portfolio, own: Department, { key, identity, text, cell, table, label, pointers }: LongText): Subject {
  const also = othersOf(portfolio.texts.get(key) ?? [], own);
  return subject({
    each: "textPeer", table, label, identity: [...identity, "peer"], pointer: pointers[0] ?? "",
    facts: { alone: known(also.length === 0, pointers), also: known(also, pointers), text: known(text, pointers), cell: known(cell), start: known(startOf(text)) },
  });
}

/** Enough of a text to find it by. */
function startOf(text: string): string {
  const plain = Array.from(text.replace(/\s+/gu, ""));
  return plain.length <= 24 ? plain.join("") : `${plain.slice(0, 20).join("")}…`;
}
