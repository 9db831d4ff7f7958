import { crc32 } from "node:zlib";

interface Entry {
  readonly name: string;
  readonly data: Buffer;
}

function header(entry: Entry, central: boolean, offset: number): Buffer {
  const name = Buffer.from(entry.name);
  const head = Buffer.alloc(central ? 46 : 30);
  head.writeUInt32LE(central ? 0x02014b50 : 0x04034b50, 0);
  const base = central ? 2 : 0;
  head.writeUInt16LE(20, 4 + base);
  head.writeUInt32LE(crc32(entry.data), 14 + base);
  head.writeUInt32LE(entry.data.length, 18 + base);
  head.writeUInt32LE(entry.data.length, 22 + base);
  head.writeUInt16LE(name.length, 26 + base);
  if (central) {
    head.writeUInt32LE(offset, 42);
  }
  return Buffer.concat([head, name]);
}

/** An archive of parts, stored as they are. */
export function zip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const local = Buffer.concat([header(entry, false, 0), entry.data]);
    directory.push(header(entry, true, offset));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const relations = (targets: readonly (readonly [type: string, target: string])[]): string =>
  `<?xml version="1.0"?><Relationships xmlns="${PACKAGE}/relationships">${targets
    .map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;

type Rows = readonly (readonly string[])[];

function sheetOf(rows: Rows): string {
  const body = rows.map((cells, row) => {
    const columns = cells.map(
      (cell, column) =>
        `<c r="${String.fromCharCode(65 + column)}${row + 1}" t="inlineStr"><is><t>${cell}</t></is></c>`,
    );
    return `<row r="${row + 1}">${columns.join("")}</row>`;
  });
  return `<?xml version="1.0"?><worksheet xmlns="${SPREADSHEET}"><sheetData>${body.join("")}</sheetData></worksheet>`;
}

/** A small xlsx file with sheets of texts by their names, stored without compression. */
export function workbookWith(sheets: Readonly<Record<string, Rows>>): Buffer {
  const names = Object.keys(sheets);
  const place = (at: number) => `worksheets/sheet${at + 1}.xml`;
  const types = names.map((_, at) => `<Override PartName="/xl/${place(at)}" ContentType="${CONTENT}.worksheet+xml"/>`);
  const listed = names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`);
  const files = {
    "[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/>${types.join("")}</Types>`,
    "_rels/.rels": relations([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `<?xml version="1.0"?><workbook xmlns="${SPREADSHEET}" xmlns:r="${OFFICE}"><sheets>${listed.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations(names.map((_, at) => ["worksheet", place(at)])),
    ...Object.fromEntries(Object.values(sheets).map((rows, at) => [`xl/${place(at)}`, sheetOf(rows)])),
  };
  return zip(Object.entries(files).map(([name, text]) => ({ name, data: Buffer.from(text) })));
}

/** The same with one sheet. */
export const workbookOf = (rows: Rows): Buffer => workbookWith({ FAQ: rows });
