// A web page saved by an office suite: comments of its cells are no part of what the cells show.
import { expect, it } from "vitest";
import { readHtml } from "../../../src/read/html.ts";

it.each([
  ["LibreOffice Calc", '<a class="comment-indicator"></a><comment>按年初预算填报 50。</comment>'],
  ["Excel", "<span class=msocomanchor>[1]</span>"],
])("%s", (_, comment) => {
  const page = `<html><body><table><tr><td>年初预算数</td><td>得分</td></tr><tr><td>${comment}40</td><td>8.20</td></tr></table></body></html>`;
  const [table] = readHtml("a.html", new TextEncoder().encode(page)).blocks;
  expect(table?.kind === "table" ? table.cells.map((cell) => cell.text) : null).toEqual(["年初预算数", "得分", "40", "8.20"]);
});
