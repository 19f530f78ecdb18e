// Our own cutting of records into cells against fast-csv's; a file cut anywhere against the file whole.
import fc from "fast-check";
import { parseString } from "fast-csv";
import { expect, test } from "vitest";
import { cellsOf, cutRecords, splitRecords } from "../../src/read/csv-records.ts";

const scraps = fc.array(fc.constantFrom("甲", "1", '"', '""', ",", ";", "\t", "\n", "\r\n", "\r", " ", "乙,", '"丙"', '"丁\n"', "。"), { maxLength: 40 }).map((parts) => parts.join(""));

function byFastCsv(records: readonly string[], delimiter: string): Promise<string[][]> {
  return new Promise((resolve, reject) => {
    const rows: string[][] = [];
    parseString<string[], string[]>(records.join("\n"), { headers: false, delimiter, ignoreEmpty: false }).on("error", reject).on("data", (row: string[]) => rows.push(row)).on("end", () => { resolve(rows); });
  });
}

test("cells of every record are those that fast-csv reads", async () => {
  await fc.assert(fc.asyncProperty(scraps, fc.constantFrom(",", ";", "\t"), async (text, delimiter) => {
    const records = splitRecords(text, delimiter).records.map((record) => record.text);
    // fast-csv leaves out blanks before a cell sometimes, and reading always.
    const trimmed = (rows: string[][]): string[][] => rows.map((cells) => cells.map((cell) => cell.trim()));
    expect(trimmed(records.map((record) => cellsOf(record, delimiter)))).toEqual(records.length === 0 ? [] : trimmed(await byFastCsv(records, delimiter)));
  }), { numRuns: 1500 });
});

test("a text that comes in pieces is cut where the whole text is", () => {
  fc.assert(fc.property(scraps, fc.integer({ min: 1, max: 7 }), (text, size) => {
    const whole: unknown[] = [];
    cutRecords(text, ",", true, ({ from, to, next, stray, lines }) => whole.push([from, to, next, stray, lines]));
    const pieces: unknown[] = [];
    let [rest, base] = ["", 0];
    const each = (last: boolean): void => {
      const begin = base;
      const done = cutRecords(rest, ",", last, ({ from, to, next, stray, lines }) => pieces.push([begin + from, begin + to, begin + next, stray, lines]));
      rest = rest.slice(done);
      base += done;
    };
    for (let at = 0; at < text.length; at += size) {
      rest += text.slice(at, at + size);
      each(false);
    }
    each(true);
    expect(pieces).toEqual(whole);
  }), { numRuns: 3000 });
});
