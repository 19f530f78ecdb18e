// Sheets of a report → sheets of a workbook: one of its own, or behind those of somebody else's.
import { OFFICE_RELATION, children, created, declare, freeName, relate, relationsOf, rootOf, setRoot, setText, type Element, type Package } from "../annotate/parts.ts";
import { REPORT_MARK } from "../../read/xlsx.ts";
import { columnOf } from "../template/sheet.ts";
import { reference, type Grid } from "./grid.ts";
import { stylesOf } from "./styles.ts";
import { sheetXml } from "./xml.ts";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** A workbook that has no sheet yet. */
export function emptyWorkbook(): { pack: Package; workbook: string } {
  const pack: Package = { parts: new Map() };
  const [workbook, styles] = ["xl/workbook.xml", "xl/styles.xml"];
  setText(pack, "[Content_Types].xml", `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`);
  setText(pack, workbook, `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE_RELATION}"><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" windowHeight="12000"/></bookViews><sheets/></workbook>`);
  setText(pack, styles, `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="10"/><name val="宋体"/><charset val="134"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`);
  declare(pack, `${TYPE}.sheet.main+xml`, { part: workbook });
  declare(pack, `${TYPE}.styles+xml`, { part: styles });
  relate(pack, "", `${OFFICE_RELATION}/officeDocument`, workbook);
  relate(pack, workbook, `${OFFICE_RELATION}/styles`, styles);
  return { pack, workbook };
}

/** The names as they are, or numbered where the workbook has a sheet of that name already (capitals do not tell sheets apart). */
export function freeSheetNames<K extends string>(pack: Package, workbook: string, wanted: Readonly<Record<K, string>>): Record<K, string> {
  const root = rootOf(pack, workbook);
  const taken = new Set((root === null ? [] : sheetsIn(root)).map((sheet) => (sheet.getAttribute("name") ?? "").toLowerCase()));
  const free = (name: string): string => {
    for (let number = 1; ; number += 1) {
      const candidate = number === 1 ? name : `${name} ${number}`;
      if (!taken.has(candidate.toLowerCase())) return candidate;
    }
  };
  return Object.fromEntries(Object.entries<string>(wanted).map(([key, name]) => [key, free(name)])) as Record<K, string>;
}

/** Adds the sheets behind those that are there, with the names by which they are printed, filtered and known as a report's. */
export function addSheets(pack: Package, workbook: string, grids: readonly Grid[], print: { head: string; pages: string }): void {
  const root = rootOf(pack, workbook);
  const sheets = root === null ? undefined : children(root, "sheets")[0];
  if (root === null || sheets === undefined) return;
  const { styleOf, finish } = stylesOf(pack, relationsOf(pack, workbook).find(({ type }) => type.endsWith("/styles"))?.part ?? null);
  for (const grid of grids) {
    const part = freeName(pack, "xl/worksheets/zipingSheet", ".xml");
    setText(pack, part, sheetXml(grid, styleOf, print));
    declare(pack, `${TYPE}.worksheet+xml`, { part });
    const before = children(sheets, "sheet");
    const sheet = created(sheets, "sheet", { name: grid.name, sheetId: String(1 + Math.max(0, ...before.map((one) => Number(one.getAttribute("sheetId") ?? 0)))) });
    sheet.setAttributeNS(OFFICE_RELATION, "r:id", relate(pack, workbook, `${OFFICE_RELATION}/worksheet`, part));
    sheets.appendChild(sheet);
    for (const [name, range] of namesOf(grid)) defineName(root, name, range, before.length);
  }
  setRoot(pack, workbook, root);
  finish();
}

function sheetsIn(workbook: Element): Element[] {
  return children(workbook, "sheets").flatMap((sheets) => children(sheets, "sheet"));
}

function namesOf(grid: Grid): [name: string, range: string][] {
  const at = (cell: string): string => reference({ sheet: grid.name, cell });
  const names: [string, string][] = [[REPORT_MARK, at("$A$1")]];
  if (grid.printed < grid.widths.length) names.push(["_xlnm.Print_Area", at(`$A$1:$${columnOf(grid.printed - 1)}$${grid.rows.length}`)]);
  if (grid.headed) names.push(["_xlnm.Print_Titles", at("$1:$1")]);
  if (grid.filtered !== null && grid.filtered > 0) names.push(["_xlnm._FilterDatabase", at(`$A$1:$${columnOf(grid.widths.length - 1)}$${grid.filtered + 1}`)]);
  return names;
}

/** What stands in front of the names, in the order that the format demands. */
const BEFORE_NAMES = new Set(["sheets", "functionGroups", "externalReferences"]);

function defineName(workbook: Element, name: string, range: string, sheet: number): void {
  const behind = children(workbook).findLast((child) => BEFORE_NAMES.has(child.localName ?? ""))?.nextSibling ?? null;
  const names = children(workbook, "definedNames")[0] ?? created(workbook, "definedNames");
  if (names.parentNode === null) workbook.insertBefore(names, behind);
  const defined = created(names, "definedName", { name, localSheetId: String(sheet), ...(name.endsWith("_FilterDatabase") || name === REPORT_MARK ? { hidden: "1" } : {}) });
  defined.textContent = range;
  names.appendChild(defined);
}
