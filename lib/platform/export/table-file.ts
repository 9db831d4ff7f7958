import { crc32, deflateRawSync } from "node:zlib";

/** What a cell may hold; null is an empty cell. */
export type Cell = string | number | null;
export type ExportFormat = "csv" | "xlsx";

export interface TableFile {
  readonly bytes: Buffer;
  readonly mime: string;
}

// What a spreadsheet takes for a formula at the start of a cell, in ASCII and full width (ASVS 1.2.10).
const FORMULA = /^[\s\ufeff]*[=+\-@|%＝＋－＠]|^[\t\r]/u;
/** A text that looks as if it had been made inert: it gets an apostrophe more, which an import takes away again. */
const LOOKS_INERT = /^'+(?:[\s\ufeff]*[=+\-@|%＝＋－＠]|[\t\r])/u;
/** Control characters that XML 1.0 cannot hold, and halves of characters. */
const NOT_XML = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu;
/** Excel's own limit of one cell; a csv file has none. */
const MOST_CHARACTERS = 32_767;

/** A text that a spreadsheet shows and never runs: one that looks like a formula gets an apostrophe before it. */
export function inertText(text: string): string {
  const clean = shownText(text);
  return FORMULA.test(clean) ? `'${clean}` : clean;
}

/** A text as a cell may hold it. */
function shownText(text: string): string {
  const clean = text.toWellFormed().replace(NOT_XML, "");
  return LOOKS_INERT.test(clean) ? `'${clean}` : clean;
}

function csvCell(cell: Cell): string {
  const text = typeof cell === "string" ? inertText(cell) : String(cell ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180 with a byte order mark, without which Excel reads Chinese as Latin. */
export function csvOf(rows: readonly (readonly Cell[])[]): TableFile {
  const text = rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
  return { bytes: Buffer.from(`\uFEFF${text}`), mime: "text/csv; charset=utf-8" };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return `${rest > 0 ? columnName(rest - 1) : ""}${String.fromCharCode(65 + (index % 26))}`;
}

function sheetOf(rows: readonly (readonly Cell[])[]): string {
  const body = rows.map((row, at) => {
    const cells = row.map((cell, column) => {
      const place = `${columnName(column)}${at + 1}`;
      if (typeof cell === "number" && Number.isFinite(cell)) {
        return `<c r="${place}"><v>${cell}</v></c>`;
      }
      // Inline strings are texts whatever they begin with; the apostrophe would stand there for all to read.
      const text = cell === null ? "" : escaped(shownText(String(cell)).slice(0, MOST_CHARACTERS));
      return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
    });
    return `<row r="${at + 1}">${cells.join("")}</row>`;
  });
  return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${body.join("")}</sheetData></worksheet>`;
}

const SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** The parts of an Office Open XML workbook with one sheet (ECMA-376). */
function partsOf(sheet: string): [name: string, xml: string][] {
  const relation = (type: string, target: string) =>
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/${type}" Target="${target}"/></Relationships>`;
  return [
    [
      "[Content_Types].xml",
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SPREADSHEET}.worksheet+xml"/></Types>`,
    ],
    ["_rels/.rels", relation("officeDocument", "xl/workbook.xml")],
    [
      "xl/workbook.xml",
      `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${RELATIONS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    ["xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")],
    ["xl/worksheets/sheet1.xml", sheet],
  ];
}

/** One entry of a ZIP archive: its header for the entry itself, or for the central directory. */
function zipHeader(name: Buffer, data: Buffer, packed: Buffer, place?: number): Buffer {
  const central = place !== undefined;
  const head = Buffer.alloc(central ? 46 : 30);
  const base = central ? 2 : 0;
  head.writeUInt32LE(central ? 0x02014b50 : 0x04034b50, 0);
  head.writeUInt16LE(20, 4 + base);
  head.writeUInt16LE(0x0800, 6 + base);
  head.writeUInt16LE(8, 8 + base);
  // 1980-01-01: the same rows always make the same file.
  head.writeUInt16LE(0x21, 12 + base);
  head.writeUInt32LE(crc32(data), 14 + base);
  head.writeUInt32LE(packed.length, 18 + base);
  head.writeUInt32LE(data.length, 22 + base);
  head.writeUInt16LE(name.length, 26 + base);
  if (central) {
    head.writeUInt32LE(place, 42);
  }
  return Buffer.concat([head, name]);
}

/** A workbook with one sheet. */
export function xlsxOf(rows: readonly (readonly Cell[])[]): TableFile {
  const [entries, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, xml] of partsOf(sheetOf(rows))) {
    const [label, data] = [Buffer.from(name), Buffer.from(HEAD + xml)];
    const packed = deflateRawSync(data);
    const entry = Buffer.concat([zipHeader(label, data, packed), packed]);
    directory.push(zipHeader(label, data, packed, offset));
    entries.push(entry);
    offset += entry.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return { bytes: Buffer.concat([...entries, central, end]), mime: `${SPREADSHEET}.sheet` };
}

/** The table in the format asked for; the first row is the head. */
export function tableFile(format: ExportFormat, rows: readonly (readonly Cell[])[]): TableFile {
  return format === "csv" ? csvOf(rows) : xlsxOf(rows);
}
