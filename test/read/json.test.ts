// Submission JSON -> submission: contract §2, value by value and place by place.
import { describe, expect, it } from "vitest";
import { readInputs } from "../../src/read/read.ts";
import { codes, file, plainly, readOne } from "./given.ts";

const HEAD = '"format":"ziping/submission@1","year":2023,"department":{"name":"甲局"}';

describe("values", () => {
  it("numerals keep their digits, strings their characters, blanks stay blank and absent fields absent", async () => {
    const { submission, remarks } = await readOne(file("a.json", `{${HEAD},"tables":[{"kind":"project","name":"甲","funds":[{"source":"total","adjustedBudget":12345678901234567.89,"executed":1.50,"rate":"","score":1e3}]}]}`));
    expect(plainly(submission.tables[0]?.funds)).toEqual([{ source: "total", adjustedBudget: "12345678901234567.89", executed: "1.50", rate: "", score: "1e3" }]);
    expect(submission.year).toBe("2023");
    expect(remarks).toEqual([]);
  });

  it("source is echoed as it is, numbers too, unless that would lose digits", async () => {
    const { submission } = await readOne(file("a.json", `{${HEAD},"source":{"no":7,"long":12345678901234567890,"deep":[{"kind":"x","on":true,"off":null}]}}`));
    expect(plainly(submission.source)).toEqual({ no: 7, long: "12345678901234567890", deep: [{ kind: "x", on: true, off: null }] });
    expect(submission.tables).toEqual([]);
  });

  it("the forms' own words are read as the contract's, and that is said", async () => {
    const read = await readOne(file("a.json", `{${HEAD},"moneyUnit":"万","tables":[{"kind":"项目","name":"甲","funds":[{"source":"其中：当年财政拨款"},{"label":"上年结转资金"},{"source":"彩票公益金"}]}]}`));
    expect(plainly(read.submission.tables[0])).toEqual({ kind: "project", name: "甲", funds: [{ source: "fiscal" }, { source: "carryover", label: "上年结转资金" }, { source: "other", label: "彩票公益金" }] });
    expect(read.submission.moneyUnit).toBe("万元");
    expect(read.remarks.every((one) => one.kind === "inferred")).toBe(true);
    expect(codes(read).sort()).toEqual(["json-word", "json-word", "json-word", "json-word", "source-unknown"]);
  });

  it.each(["2023", '"2023"', '"2023年"', '"２０２３年度"'])("the year %s is 2023", async (year) => {
    const { submission, remarks } = await readOne(file("a.json", `{"format":"ziping/submission@1","year":${year},"department":{"name":"甲局"},"tables":[]}`));
    expect(submission.year).toBe("2023");
    expect(remarks).toEqual([]);
  });

  it.each(["1948", "2101", "20233", '"二〇二三"', "2023.5", "-2023"])("the year %s is none, and left out", async (year) => {
    const read = await readOne(file("a.json", `{"format":"ziping/submission@1","year":${year},"department":{"name":"甲局"},"tables":[]}`));
    expect(read.submission.year).toBeUndefined();
    expect(read.remarks.map((one) => [one.kind, one.code, one.values["text"]])).toEqual([["problem", "year-unreadable", year.replaceAll('"', "")]]);
  });

  it("year and department may be absent without a word: a rule speaks of that", async () => {
    expect(codes(await readOne(file("a.json", '{"format":"ziping/submission@1","tables":[]}')))).toEqual([]);
  });
});

describe("places", () => {
  const text = `{${HEAD},\n"tables":[\n{"kind":"project","name":"甲","indicators":[\n5,\n{"name":"一"},\n{"name":"二",\n"score":"9"}]}]}`;

  it("a value's place is its line and its pointer in the file, whatever was left out before it", async () => {
    const read = await readOne(file("a.json", text));
    expect(read.submission.tables[0]?.indicators?.map((one) => one.name)).toEqual(["一", "二"]);
    expect(read.place("/tables/0/indicators/1/score")).toEqual({ file: "a.json", line: 7, pointer: "/tables/0/indicators/2/score" });
    expect(read.place("/tables/0/indicators/1")).toEqual({ file: "a.json", line: 6, pointer: "/tables/0/indicators/2" });
    expect(read.place("/year")).toEqual({ file: "a.json", line: 1, pointer: "/year" });
  });

  it("a cell that is not there has its row's place", async () => {
    const read = await readOne(file("a.json", text));
    expect(read.place("/tables/0/indicators/0/score")).toEqual({ file: "a.json", line: 5, pointer: "/tables/0/indicators/1" });
  });

  it("what was left out makes its table partial, not the others", async () => {
    const read = await readOne(file("a.json", `{${HEAD},"tables":[{"kind":"project","name":"甲","indicators":[5]},{"kind":"project","name":"乙"}]}`));
    expect(read.submission.tables.map((one) => one.partial)).toEqual([true, undefined]);
    expect(read.submission.partial).toBeUndefined();
  });
});

describe("several submissions", () => {
  const one = (name: string): string => `{"format":"ziping/submission@1","year":2023,"department":{"name":"${name}"},"tables":[]}`;

  it("an array holds one each, with pointers that count from the array", async () => {
    const { submissions } = await readInputs([file("a.json", `[${one("甲局")},\n${one("乙局")}]`)]);
    expect(submissions.map((read) => read.submission.department?.name)).toEqual(["甲局", "乙局"]);
    expect(submissions[1]?.place("/year")).toEqual({ file: "a.json", line: 2, pointer: "/1/year" });
  });

  it("a line holds one each, and a line that breaks off spoils no other", async () => {
    const { submissions } = await readInputs([file("a.ndjson", `${one("甲局")}\n\n${one("乙局")}\n${one("丙局").slice(0, -1)}`)]);
    expect(submissions.map((read) => [read.submission.department?.name, read.submission.partial])).toEqual([["甲局", undefined], ["乙局", undefined], ["丙局", true]]);
    expect(submissions[1]?.place("/year")?.line).toBe(3);
  });

  it("two without a department stay two", async () => {
    const { submissions } = await readInputs([file("a.json", '{"format":"ziping/submission@1","tables":[]}'), file("b.json", '{"format":"ziping/submission@1","tables":[]}')]);
    expect(submissions.map((read) => read.files.map((each) => each.name))).toEqual([["a.json"], ["b.json"]]);
  });
});

it.each([
  ["utf-8-bom", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
])("a byte order mark of %s is no part of the text", async (encoding, mark) => {
  const text = `{${HEAD},"tables":[]}`;
  const body = encoding === "utf-16le" ? new Uint8Array(Buffer.from(text, "utf16le")) : new TextEncoder().encode(text);
  const read = await readOne({ name: "a.json", bytes: Uint8Array.from([...mark, ...body]) });
  expect(read.submission.department?.name).toBe("甲局");
  expect(read.files[0]).toMatchObject({ encoding, format: "json" });
});
