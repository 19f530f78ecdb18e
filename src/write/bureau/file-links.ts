// Cells of a sheet and the files beside the workbook that they lead to → links in the sheet's XML.
import { OFFICE_RELATION, escaped, relationsPart, setText, textOf, type Package } from "../annotate/parts.ts";

/** More links than that a spreadsheet does not open. */
const MOST_LINKS = 65_000;

/** Adds links to a sheet that has none yet. `href` is relative to the workbook's own place. */
export function addFileLinks(pack: Package, sheet: string, links: readonly { cell: string; href: string }[]): void {
  const xml = textOf(pack, sheet);
  const shown = links.slice(0, MOST_LINKS);
  if (xml === null || shown.length === 0) return;
  const relations = shown.map(({ href }, at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE_RELATION}/hyperlink" Target="${escaped(href)}" TargetMode="External"/>`);
  setText(pack, relationsPart(sheet), `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join("")}</Relationships>`);
  const marks = shown.map(({ cell }, at) => `<hyperlink ref="${cell}" r:id="rId${at + 1}"/>`);
  setText(pack, sheet, xml.replace("<printOptions", () => `<hyperlinks xmlns:r="${OFFICE_RELATION}">${marks.join("")}</hyperlinks><printOptions`));
}
