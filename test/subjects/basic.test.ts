// 基础数据表 -> subjects: what adds up to what, what each line and rate comes to. Blank is never zero.
import { describe, expect, it } from "vitest";
import { subjectsIn } from "../../src/check.ts";
import { isDecimal, round, toText } from "../../src/decimal.ts";
import { factOf } from "../../src/fact.ts";
import type { BasicData, BasicLine, Subject } from "../../src/model.ts";
import { readInputs } from "../../src/read/read.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const national = await loadRuleSet("national");

async function subjectsFrom(basicData: BasicData, prior?: BasicData): Promise<Subject[]> {
  const read = await submissionOf(basicData);
  return subjectsIn(read, national, prior === undefined ? {} : { prior: await submissionOf(prior) });
}

async function submissionOf(basicData: BasicData): ReturnType<typeof first> {
  return first(JSON.stringify({ format: "ziping/submission@1", year: 2023, department: { name: "示例局" }, tables: [], basicData }));
}

async function first(text: string): Promise<Awaited<ReturnType<typeof readInputs>>["submissions"][number]> {
  const [read] = (await readInputs([{ name: "submission.json", bytes: new TextEncoder().encode(text) }])).submissions;
  if (read === undefined) throw new RangeError("not read");
  return read;
}

/** A fact in a word: its value (to four decimals), or why there is none. */
function told(subject: Subject | undefined, name: string): string {
  if (subject === undefined) return "no subject";
  const fact = factOf(subject, name);
  if (fact.state === "missing") return fact.blank ? "blank" : "missing";
  if (fact.state !== "known") return fact.state;
  return isDecimal(fact.value) ? toText(round(fact.value, 4)) : String(fact.value);
}

const tellAll = (subject: Subject | undefined, ...names: string[]): string => names.map((name) => told(subject, name)).join(" ");

/** `sanGong 22.86`: a line with that actual. */
function actuals(...lines: string[]): BasicLine[] {
  return lines.map((line) => {
    const [item = "", actual = ""] = line.split(" ");
    return { item, actual };
  });
}

async function partsOf(whole: string, lines: BasicLine[], column = "actual"): Promise<Subject | undefined> {
  const subjects = await subjectsFrom({ lines });
  return subjects.find((subject) => subject.each === "partsColumn" && subject.label === whole && told(subject, "column") === `line.${column}`);
}

const sumOf = async (whole: string, lines: BasicLine[]): Promise<string> => tellAll(await partsOf(whole, lines), "sum", "addsUp");

describe("parts of 三公", () => {
  it("are travel abroad, vehicles and receptions; purchase and operation are parts of vehicles, not counted again", async () => {
    const lines = actuals("sanGong 22.86", "vehicles 17.37", "vehiclePurchase 0", "vehicleOperation 17.37", "overseas 0", "reception 5.49");
    expect(await sumOf("sanGong", lines)).toBe("22.86 true");
    expect(await sumOf("vehicles", lines)).toBe("17.37 true");
  });

  it("are taken in each of the three columns", async () => {
    const lines = [
      { item: "sanGong", prior: "24.55", budget: "71", actual: "22.86" },
      { item: "vehicles", prior: "18", budget: "33", actual: "17.37" },
      { item: "overseas", prior: "0", budget: "6", actual: "0" },
      { item: "reception", prior: "6.55", budget: "31", actual: "5.49" },
    ];
    const sums = await Promise.all(["prior", "budget", "actual"].map(async (column) => tellAll(await partsOf("sanGong", lines, column), "total", "sum", "gap", "addsUp")));
    expect(sums).toEqual(["24.55 24.55 0 true", "71 70 1 false", "22.86 22.86 0 true"]);
  });

  it("are purchase and operation where no line stands for all vehicles", async () => {
    const subject = await partsOf("sanGong", actuals("sanGong 30", "vehiclePurchase 18", "vehicleOperation 9", "overseas 0", "reception 3"));
    expect(tellAll(subject, "sum", "addsUp", "allListed", "complete")).toBe("30 true true true");
  });

  it("need not make up the total where the form lists some of them only", async () => {
    const withoutTravel = await partsOf("sanGong", actuals("sanGong 30", "vehicles 18", "reception 3"));
    const withoutPurchase = await partsOf("vehicles", actuals("vehicles 20", "vehicleOperation 18"));
    const operationAlone = await partsOf("sanGong", actuals("sanGong 30", "vehicleOperation 18", "overseas 0", "reception 3"));
    expect([withoutTravel, withoutPurchase, operationAlone].map((subject) => tellAll(subject, "addsUp", "allListed", "complete"))).toEqual(["false false false", "false false false", "false false false"]);
  });

  it("say nothing where only the total is listed, or no total", async () => {
    expect(await partsOf("sanGong", actuals("sanGong 30"))).toBeUndefined();
    expect(await partsOf("sanGong", actuals("vehicles 18", "overseas 0", "reception 3"))).toBeUndefined();
  });
});

describe("a blank part", () => {
  it.each(["", "/", "-", "—", "无"])("%j is no addend", async (blank) => {
    const lines = [...actuals("sanGong 22.86", "vehicles 17.37", "reception 5.49"), { item: "overseas", actual: blank }];
    expect(tellAll(await partsOf("sanGong", lines), "sum", "parts", "addsUp")).toBe("22.86 17.37,5.49 true");
  });

  it("does not make a sum of 0 where all parts are blank", async () => {
    const lines = [...actuals("sanGong 0"), { item: "vehicles", actual: "" }, { item: "overseas", actual: "/" }, { item: "reception", actual: "" }];
    expect(await sumOf("sanGong", lines)).toBe("missing missing");
  });

  it("is told from 0", async () => {
    expect(await sumOf("sanGong", actuals("sanGong 0", "vehicles 0", "overseas 0", "reception 0"))).toBe("0 true");
    expect(await sumOf("sanGong", actuals("sanGong 5", "vehicles 0", "overseas 0", "reception 0"))).toBe("0 false");
  });

  it("total is not a total of 0", async () => {
    const lines = [{ item: "sanGong", actual: "" }, ...actuals("vehicles 17.37", "overseas 0", "reception 5.49")];
    expect(tellAll(await partsOf("sanGong", lines), "total", "sum", "addsUp")).toBe("blank 22.86 blank");
  });

  it("that cannot be read leaves the sum open", async () => {
    expect(await sumOf("sanGong", actuals("sanGong 22.86", "vehicles 17.37", "overseas 0", "reception 约5"))).toBe("underivable underivable");
  });
});

describe("rounding of parts", () => {
  it.each([
    ["17.37", "1.01", "4.48", "22.87", true], // three with two decimals: 0.015
    ["17.37", "1.01", "4.48", "22.88", false],
    ["17.37", "0.00", "4.48", "21.86", true], // two that are not 0: 0.01
    ["17.37", "0.00", "4.48", "21.87", false],
    ["33", "6", "32", "72", false], // integers agree exactly
    ["17.37", "1.01", "4.48", "23", true], // 22.86 printed without decimals
  ])("%s + %s + %s printed as %s: agrees is %s", async (vehicles, overseas, reception, sanGong, agrees) => {
    const lines = actuals(`sanGong ${sanGong}`, `vehicles ${vehicles}`, `overseas ${overseas}`, `reception ${reception}`);
    expect(told(await partsOf("sanGong", lines), "addsUp")).toBe(String(agrees));
  });
});

describe("parts of 项目支出 and 公用经费", () => {
  const projects = actuals("projectExpenditure 500", "businessWork 200", "operationMaintenance 100", "specialFunds 200");

  it("projects are business, maintenance and special funds", async () => {
    expect(tellAll(await partsOf("projectExpenditure", projects), "sum", "addsUp", "complete")).toBe("500 true true");
  });

  it("a line for each special fund below their heading is a part where the heading is blank", async () => {
    const lines = [...projects.slice(0, 3), { item: "specialFunds", actual: "" }, ...actuals("人民调解专项 120", "普法宣传专项 80", "operatingFunds 900")];
    expect(await sumOf("projectExpenditure", lines)).toBe("500 true");
  });

  it("and is not counted twice where the heading holds their sum", async () => {
    expect(await sumOf("projectExpenditure", [...projects, ...actuals("人民调解专项 120", "普法宣传专项 80")])).toBe("500 true");
  });

  it("a sum that fits neither way is shown without those lines", async () => {
    expect(await sumOf("projectExpenditure", [...actuals("projectExpenditure 510"), ...projects.slice(1), ...actuals("人民调解专项 120")])).toBe("500 false");
  });

  it("lines of its own elsewhere in the table are no projects", async () => {
    const lines = [...projects.slice(0, 3), { item: "specialFunds", actual: "" }, ...actuals("operatingFunds 900", "其他交通费 200")];
    expect(await sumOf("projectExpenditure", lines)).toBe("300 false");
  });

  it("其中 lines of 公用经费 are never said to be all of it", async () => {
    const subject = await partsOf("operatingFunds", actuals("operatingFunds 252.73", "office 100", "utilitiesTravel 13.5", "meetingsTraining 24.11"));
    expect(tellAll(subject, "sum", "complete", "allListed")).toBe("137.61 false true");
  });

  it("two of three parts of projects are treated as 其中 lines", async () => {
    expect(tellAll(await partsOf("projectExpenditure", actuals("projectExpenditure 500", "businessWork 200", "specialFunds 200")), "complete", "allListed")).toBe("false false");
  });
});

describe("a line", () => {
  const line = async (cells: Omit<BasicLine, "item">): Promise<Subject | undefined> => (await subjectsFrom({ lines: [{ item: "operatingFunds", ...cells }] })).find(({ each }) => each === "basicLine");

  it("is compared with its budget and last year", async () => {
    // 368.04 ÷ 252.73 = 145.6258…%; 400.5 − 368.04
    expect(tellAll(await line({ prior: "400.5", budget: "252.73", actual: "368.04" }), "usage", "changeSize", "overrun", "rise")).toBe("145.6258 45.6258 115.31 -32.46");
  });

  it("below its budget has a negative overrun and a positive size of change", async () => {
    expect(tellAll(await line({ budget: "200", actual: "150" }), "usage", "changeSize", "overrun")).toBe("75 25 -50");
  });

  it("on a budget of 0 has no percentage, but an overrun", async () => {
    expect(tellAll(await line({ budget: "0", actual: "1.5" }), "usage", "changeSize", "overrun")).toBe("missing missing 1.5");
  });

  it("without a budget has neither", async () => {
    expect(tellAll(await line({ budget: "", actual: "1.5" }), "usage", "overrun", "actual")).toBe("blank blank 1.5");
    expect(tellAll(await line({ actual: "1.5" }), "usage", "overrun")).toBe("missing missing");
  });

  it("with a cell that cannot be read leaves open what hangs on it", async () => {
    expect(tellAll(await line({ prior: "1", budget: "2", actual: "二百多" }), "actual", "usage", "rise")).toBe("unreadable underivable underivable");
  });

  it("finds its own figure of last year in last year's submission", async () => {
    const subjects = await subjectsFrom({ lines: [{ item: "reception", actual: "5" }, { item: "overseas", actual: "0" }] }, { lines: [{ item: "reception", prior: "9", budget: "8", actual: "6.55" }, { item: "overseas", actual: "" }] });
    expect(subjects.filter(({ each }) => each === "basicLine").map((subject) => told(subject, "priorYearActual"))).toEqual(["6.55", "missing"]);
  });
});

describe("staff", () => {
  const staff = async (cells: NonNullable<BasicData["staff"]>): Promise<Subject | undefined> => (await subjectsFrom({ staff: cells })).find(({ each }) => each === "staff");

  it.each([
    ["108", "88", "81.4815"], // 88 ÷ 108
    ["108人", "88人", "81.4815"],
    ["40", "45", "112.5"],
    ["45", "0", "0"],
  ])("established %s, actual %s: control rate %s", async (established, actual, rate) => {
    expect(told(await staff({ established, actual }), "trueControlRate")).toBe(rate);
  });

  it.each([
    ["0", "3", "missing"],
    ["", "3", "blank"],
    ["108", "", "blank"],
    ["108", "一百余人", "underivable"],
  ])("established %j, actual %j: the rate is %s", async (established, actual, state) => {
    expect(told(await staff({ established, actual }), "trueControlRate")).toBe(state);
  });

  it("keeps the printed rate, in percent", async () => {
    expect(tellAll(await staff({ established: "108", actual: "88", controlRate: "81.48%" }), "controlRate", "established", "actual")).toBe("81.48 108 88");
    expect(told(await staff({ established: "108", actual: "88" }), "controlRate")).toBe("missing");
  });

  it("is no subject where the form does not ask", async () => {
    expect((await subjectsFrom({ lines: actuals("sanGong 1") })).filter(({ each }) => each === "staff")).toEqual([]);
  });
});

describe("buildings", () => {
  it("have their rates, each from its own two figures", async () => {
    const [hall, annex] = (await subjectsFrom({
      buildings: [
        { name: "业务用房", approvedArea: "2000平方米", actualArea: "1900平方米", budgetInvestment: "800", actualInvestment: "820" },
        { name: "附属用房", approvedArea: "/", actualArea: "", budgetInvestment: "0", actualInvestment: "5" },
      ],
    })).filter(({ each }) => each === "building");
    expect(tellAll(hall, "trueAreaRate", "trueInvestmentRate")).toBe("95 102.5");
    expect(tellAll(annex, "trueAreaRate", "trueInvestmentRate")).toBe("blank missing");
  });
});

it("parts of what was not all read are marked so", async () => {
  const subjects = await subjectsFrom({ partial: true, lines: actuals("sanGong 30", "vehicles 18", "overseas 0", "reception 3") });
  expect(subjects.filter(({ each }) => each === "partsColumn").map((subject) => told(subject, "partial"))).toEqual(["true", "true", "true"]);
});
