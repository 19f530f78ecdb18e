// CSV files read by department, through an index, against the same files read whole.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { survey } from "../../src/batch/survey.ts";
import type { ReadSubmission } from "../../src/model.ts";
import { readGroup } from "../../src/read/csv-group.ts";
import { indexOf } from "../../src/read/csv-index.ts";
import { readInputs } from "../../src/read/read.ts";
import { plainly } from "./given.ts";

const folder = mkdtempSync(join(tmpdir(), "ziping-index-"));

type Files = Readonly<Record<string, string | Uint8Array>>;

const bytesOf = (content: string | Uint8Array): Uint8Array => (typeof content === "string" ? new TextEncoder().encode(content) : content);

async function throughIndex(files: Files): Promise<ReadSubmission[] | null> {
  const found = await Promise.all(Object.entries(files).map(async ([name, content]) => {
    const path = join(folder, `${Math.random()}${name}`);
    writeFileSync(path, bytesOf(content));
    return { path, file: await survey(path, name, "csv", null) };
  }));
  const index = await indexOf(found.map(({ path, file }) => ({ path, file: file! })));
  return index === null ? null : [...index.groups.each()].flatMap((group) => readGroup(group, index.files));
}

const whole = async (files: Files): Promise<ReadSubmission[]> => (await readInputs(Object.entries(files).map(([name, content]) => ({ name, bytes: bytesOf(content) })))).submissions;

/** All that a submission is, with the place of every value in it. */
function told(read: readonly ReadSubmission[]): unknown {
  return read.map(({ submission, files, remarks, place }) => {
    const places: [string, unknown][] = [];
    const walk = (node: unknown, pointer: string): void => {
      places.push([pointer, place(pointer)]);
      if (typeof node === "object" && node !== null) for (const [key, value] of Object.entries(node)) walk(value, `${pointer}/${key}`);
    };
    walk(submission, "");
    return plainly({ submission, files, remarks, places });
  });
}

const HEAD = "年度,部门,表类型,项目名称,一级指标,二级指标,三级指标,年度指标值,实际完成值";
const FUNDS = "年度,部门,表类型,项目名称,资金来源,全年预算数,全年执行数";

test("rows of a department that are scattered over several files make one submission, the same as read whole", async () => {
  const files = {
    "指标.csv": `${HEAD}\n2023,乙局,部门,,产出指标,数量指标,一,1,1\n2023,甲局,部门,,产出指标,数量指标,一,2,2\n2022,乙局,部门,,产出指标,数量指标,一,3,3\n,甲局,,,,,二,4,4\n2023年,乙局,部门,,,,"三\n四",4,4\n`,
    "资金.csv": `${FUNDS}\n2023,丙局,部门,,年度资金总额,10,9\n2023,甲局,部门,,年度资金总额,10,8\n2023,乙局,部门,,年度资金总额,10,7\n`,
  };
  const read = await throughIndex(files);
  expect(read?.map(({ submission }) => [submission.department?.name, submission.year, submission.tables[0]?.indicators?.length ?? 0, submission.tables[0]?.funds?.length ?? 0]))
    .toEqual([["乙局", "2023", 2, 1], ["甲局", "2023", 1, 1], ["乙局", "2022", 1, 0], ["甲局", "2022", 1, 0], ["丙局", "2023", 0, 1]]);
  expect(told(read!)).toEqual(told(await whole(files)));
});

const cell = (...known: string[]): fc.Arbitrary<string> => fc.constantFrom("", ...known);
const year = cell("2023", "2023", "2023", "2022", "2023年", "去年");
const department = cell("甲局", "乙局", "丙 局", "丙局", '"甲局"', "甲局");
const rest = fc.constantFrom("部门,,产出指标,数量指标,一,1,1", "项目,甲项目,,,二,≥2,3", '项目,乙项目,产出指标,质量指标,"三,\n四",1,1', ",,,,五,1,1", "部门,,总分,,,,", "短,行", "项目,多,出,一,列,1,1,9", "项目,多,出,空,列,1,1,,");
const row = fc.oneof({ weight: 12, arbitrary: fc.tuple(year, department, rest).map((cells) => cells.join(",")) }, { weight: 1, arbitrary: fc.constantFrom("", " , ,,", "　,,,", '2023,甲局,部门,,产出"指标,,,1,1', '2023,"乙局,部门,,,,,1,1') });
const sheet = fc.tuple(fc.constantFrom("", "", "\uFEFF", "sep=,\n", "禾川县自评表,,\n"), fc.constantFrom(HEAD, `${HEAD},填表人`), fc.array(row, { minLength: 1, maxLength: 14 }), fc.constantFrom("\n", "\r\n")).map(([before, head, rows, end]) => before + [head, ...rows, ""].join("\n").replaceAll("\n", end));

test("whatever rows there are, in whatever order", async () => {
  let streamed = 0;
  await fc.assert(fc.asyncProperty(sheet, fc.option(sheet, { nil: null }), async (first, second) => {
    const files: Files = { "a.csv": first, ...(second === null ? {} : { "b.csv": second }) };
    const read = await throughIndex(files);
    if (read === null) return;
    streamed++;
    expect(told(read)).toEqual(told(await whole(files)));
  }), { numRuns: 150 });
  expect(streamed).toBeGreaterThan(75);
});

test("GB18030 too, in which half a sign may look like another", async () => {
  // 丂 81 40 and 倈 82 7C end in bytes of ASCII. "年度,部门,资金来源,全年预算数\n2023,丂局,合计,1\n" written out:
  const gb = Uint8Array.from([0xc4, 0xea, 0xb6, 0xc8, 0x2c, 0xb2, 0xbf, 0xc3, 0xc5, 0x2c, 0xd7, 0xca, 0xbd, 0xf0, 0xc0, 0xb4, 0xd4, 0xb4, 0x2c, 0xc8, 0xab, 0xc4, 0xea, 0xd4, 0xa4, 0xcb, 0xe3, 0xca, 0xfd, 0x0a, ...[1, 2, 3].flatMap((number) => [0x32, 0x30, 0x32, 0x33, 0x2c, 0x81, 0x40, 0x82, 0x7c, 0xbe, 0xd6, 0x2c, 0xba, 0xcf, 0xbc, 0xc6, 0x2c, 0x30 + number, 0x0a])]);
  const read = await throughIndex({ "a.csv": gb });
  expect(read?.map(({ submission, files }) => [submission.department?.name, files[0]?.encoding])).toEqual([["丂倈局", "gb18030"]]);
  expect(told(read!)).toEqual(told(await whole({ "a.csv": gb })));
});

test("a file that names no department in its rows is not read this way", async () => {
  expect(await throughIndex({ "a.csv": "编制数,实际在职人数,控制率\n1,2,3\n" })).toBeNull();
});
