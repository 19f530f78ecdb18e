// Paths -> inputs: walked in one order, named alike everywhere, limited, and told where nothing comes of them.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { collect } from "../../src/cli/collect.ts";
import { LIMITS } from "../../src/cli/walk.ts";

const root = mkdtempSync(join(tmpdir(), "ziping-collect-"));
afterAll(() => { rmSync(root, { recursive: true, force: true }); });

const put = (name: string, bytes: string | Uint8Array = "x"): string => {
  const path = join(root, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, bytes);
  return path;
};
const none = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array());
const named = async (...paths: string[]): Promise<{ names: string[]; problems: string[] }> => {
  const { inputs, problems } = await collect(paths, none);
  return { names: inputs.map((input) => input.name), problems: problems.map((one) => `${one.code} ${one.at?.file ?? ""}`) };
};

describe("names", () => {
  it("a file by its own, a folder's below it, in the order of their names, without hidden and temporary ones", async () => {
    for (const name of ["a/b.csv", "a/A.csv", "a/sub/c.csv", "a/.hidden", "a/~$b.xlsx", "a/__MACOSX/x", "one.json"]) put(name);
    expect(await named(join(root, "one.json"), join(root, "a"))).toEqual({ names: ["one.json", "A.csv", "b.csv", "sub/c.csv"], problems: [] });
    expect((await named(`${join(root, "a")}/`)).names).toEqual(["A.csv", "b.csv", "sub/c.csv"]);
  });

  it("two folders that have a name in common are told apart", async () => {
    for (const name of ["p/x.csv", "q/x.csv"]) put(name);
    expect((await named(join(root, "p"), join(root, "q"), join(root, "p", "x.csv"), join(root, "q", "x.csv"))).names).toEqual(["p/x.csv", "q/x.csv", "x.csv", "x.csv#2"]);
  });

  it("an archive is a folder, in a folder too; its names may be GBK and never lead out of it", async () => {
    const inside = zipSync({ "报/b.csv": strToU8("b"), "a.csv": strToU8("a"), "../../up.csv": strToU8("u"), "__MACOSX/a.csv": strToU8("-"), "dir/": new Uint8Array() });
    expect((await named(put("z/in.zip", inside))).names).toEqual(["a.csv", "up.csv", "报/b.csv"]);
    expect((await named(join(root, "z"))).names).toEqual(["in.zip/a.csv", "in.zip/up.csv", "in.zip/报/b.csv"]);
    const gbk = zipSync({ "\xd7\xd4\xc6\xc0.csv": strToU8("x") });
    expect((await named(put("gbk.zip", asLatin1(gbk)))).names).toEqual(["自评.csv"]);
  });

  it("an archive within an archive is unpacked; a workbook, which is one too, is not", async () => {
    const inner = zipSync({ "a.csv": strToU8("a") });
    const workbook = zipSync({ "[Content_Types].xml": strToU8("<Types/>"), "xl/workbook.xml": strToU8("<w/>") });
    expect((await named(put("n.zip", zipSync({ "inner.zip": inner, "form.xlsx": workbook })))).names).toEqual(["form.xlsx", "inner.zip/a.csv"]);
  });

  it("standard input is `-`", async () => {
    const { inputs } = await collect(["-"], () => Promise.resolve(strToU8("{}")));
    expect(inputs).toEqual([{ name: "-", bytes: strToU8("{}") }]);
  });
});

describe("problems", () => {
  it("what is not there, an empty folder, a broken archive: told, and the rest is read", async () => {
    mkdirSync(join(root, "empty"));
    const broken = zipSync({ "a.csv": strToU8("a".repeat(500)) }).slice(0, 60);
    const gone = join(root, "gone.csv");
    expect(await named(gone, join(root, "empty"), put("broken.zip", broken), put("good.csv"))).toEqual({
      names: ["good.csv"],
      problems: [`file-missing ${gone}`, "folder-nothing empty", "zip-broken broken.zip"],
    });
  });

  it("a folder that links back to itself is walked once", async () => {
    put("loop/a.csv");
    symlinkSync(join(root, "loop"), join(root, "loop", "again"));
    expect((await named(join(root, "loop"))).names).toEqual(["a.csv"]);
  });

  it("limits hold for files, sizes and what an archive unpacks to", async () => {
    for (const name of ["many/1", "many/2", "many/3"]) put(name, "12345");
    const few = await collect([join(root, "many")], none, { ...LIMITS, files: 2 });
    expect([few.inputs.length, few.problems.map((one) => one.code)]).toEqual([2, ["files-too-many"]]);
    const small = await collect([join(root, "many")], none, { ...LIMITS, fileBytes: 4 });
    expect([small.inputs.length, small.problems.map((one) => one.code)]).toEqual([0, ["file-too-big", "file-too-big", "file-too-big"]]);
    const bomb = put("bomb.zip", zipSync({ "zeros": new Uint8Array(3_000_000), "a.csv": strToU8("a") }, { level: 9 }));
    const { inputs, problems } = await collect([bomb], none, { ...LIMITS, allBytes: 1_000_000 });
    expect([inputs.map((one) => one.name), problems.map((one) => one.code)]).toEqual([["a.csv"], ["zip-too-big"]]);
  });
});

/** fflate marks every name that is not ASCII as UTF-8; an archive from Windows holds the bytes of another encoding, unmarked. */
function asLatin1(zip: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < zip.length; at++) {
    // A character from U+0080 to U+00FF is C2 or C3 and one more in UTF-8: back to the one byte it stands for.
    const [lead, next] = [zip[at]!, zip[at + 1] ?? 0];
    if ((lead === 0xc2 || lead === 0xc3) && next >= 0x80 && next <= 0xbf) {
      bytes.push(((lead & 3) << 6) | (next & 0x3f));
      at++;
    } else bytes.push(lead);
  }
  return withShorterNames(Uint8Array.from(bytes));
}

/** Name lengths, the UTF-8 mark, and the directory's offset put right after names grew shorter by four bytes. */
function withShorterNames(zip: Uint8Array): Uint8Array {
  const view = new DataView(zip.buffer);
  const directory = zip.findIndex((_, at) => at + 4 <= zip.length && view.getUint32(at, true) === 0x02014b50);
  const end = zip.findIndex((_, at) => at + 4 <= zip.length && view.getUint32(at, true) === 0x06054b50);
  view.setUint16(26, view.getUint16(26, true) - 4, true);
  view.setUint16(directory + 28, view.getUint16(directory + 28, true) - 4, true);
  view.setUint16(6, view.getUint16(6, true) & ~0x800, true);
  view.setUint16(directory + 8, view.getUint16(directory + 8, true) & ~0x800, true);
  view.setUint32(end + 12, end - directory, true);
  view.setUint32(end + 16, directory, true);
  return zip;
}
