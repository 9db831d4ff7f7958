import { zip } from "./xlsx";

/** A paragraph of a Word file: its style, its words; a list of cells makes a table's row. */
export type Paragraph =
  | {
      readonly style?: "Title" | "heading 1" | "heading 2" | "heading 3";
      readonly text: string;
      readonly item?: boolean;
    }
  | { readonly rows: readonly (readonly string[])[] };

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const STYLES = ["Title", "heading 1", "heading 2", "heading 3"];
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function bodyOf(paragraph: Paragraph): string {
  if ("rows" in paragraph) {
    const rows = paragraph.rows.map((cells) => {
      const shown = cells.map((cell) => `<w:tc><w:p><w:r><w:t>${escaped(cell)}</w:t></w:r></w:p></w:tc>`);
      return `<w:tr>${shown.join("")}</w:tr>`;
    });
    return `<w:tbl>${rows.join("")}</w:tbl>`;
  }
  const { style, item, text } = paragraph;
  const properties = [
    style ? `<w:pStyle w:val="s${STYLES.indexOf(style)}"/>` : "",
    item ? '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' : "",
  ].join("");
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
}

/** A small Word file. */
export function docxOf(paragraphs: readonly Paragraph[]): Buffer {
  const styles = STYLES.map(
    (name, index) => `<w:style w:type="paragraph" w:styleId="s${index}"><w:name w:val="${name}"/></w:style>`,
  );
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const relations = (parts: string) =>
    `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${parts}</Relationships>`;
  const files = {
    "[Content_Types].xml":
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": relations(relation(1, "officeDocument", "word/document.xml")),
    "word/_rels/document.xml.rels": relations(
      `${relation(1, "styles", "styles.xml")}${relation(2, "numbering", "numbering.xml")}`,
    ),
    "word/styles.xml": `<?xml version="1.0"?><w:styles ${W}>${styles.join("")}</w:styles>`,
    "word/numbering.xml": `<?xml version="1.0"?><w:numbering ${W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
    "word/document.xml": `<?xml version="1.0"?><w:document ${W}><w:body>${paragraphs.map(bodyOf).join("")}</w:body></w:document>`,
  };
  return zip(Object.entries(files).map(([name, text]) => ({ name, data: Buffer.from(text) })));
}

export interface PdfText {
  readonly text: string;
  /** Size of the letters in points; 12 unless said. */
  readonly size?: number;
}

const utf16 = (text: string): string => Buffer.from(text, "utf16le").swap16().toString("hex");

/** How an old file writes its characters: the name of the encoding, its collection, and a text in its bytes. */
export interface OldEncoding {
  readonly name: string;
  readonly collection: string;
  readonly hexOf: (text: string) => string;
}

/** Lines of one page as PDF operators, from the top down; each character as its UTF-16 unit unless said. */
function pageContent(lines: readonly PdfText[], hexOf = utf16): string {
  let y = 800;
  const shown = lines.map(({ text, size = 12 }) => {
    y -= size * 1.4;
    return `BT /F1 ${size} Tf 1 0 0 1 60 ${y.toFixed(1)} Tm <${hexOf(text)}> Tj ET`;
  });
  return shown.join("\n");
}

const TO_UNICODE = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end`;

/**
 * A PDF with one page for each list of lines, in any script.
 *
 * @param encrypted marked as locked by a password
 * @param old written in a predefined encoding, without a table of its characters, as files of the 2000s are
 */
export function pdfOf(pages: readonly (readonly PdfText[])[], encrypted = false, old?: OldEncoding): Buffer {
  const kids = pages.map((_, index) => `${10 + index * 2} 0 R`).join(" ");
  const stream = (text: string) => `<< /Length ${Buffer.byteLength(text)} >>\nstream\n${text}\nendstream`;
  const objects: [number, string][] = [
    [1, "<< /Type /Catalog /Pages 2 0 R >>"],
    [2, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`],
    [
      3,
      `<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /${old?.name ?? "Identity-H"} /DescendantFonts [4 0 R] ${old ? "" : "/ToUnicode 6 0 R"} >>`,
    ],
    [
      4,
      `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /CIDSystemInfo << /Registry (Adobe) /Ordering (${old?.collection ?? "Identity"}) /Supplement 0 >> /FontDescriptor 5 0 R /DW 1000 >>`,
    ],
    [
      5,
      "<< /Type /FontDescriptor /FontName /Plain /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    ],
    [6, stream(TO_UNICODE)],
    ...pages.flatMap((lines, index): [number, string][] => [
      [
        10 + index * 2,
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${11 + index * 2} 0 R >>`,
      ],
      [11 + index * 2, stream(pageContent(lines, old?.hexOf))],
    ]),
  ];
  if (encrypted) {
    const key = "0".repeat(64);
    objects.push([7, `<< /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >>`]);
  }
  let body = "%PDF-1.7\n";
  const places = new Map<number, number>();
  for (const [number, text] of objects) {
    places.set(number, body.length);
    body += `${number} 0 obj\n${text}\nendobj\n`;
  }
  const size = Math.max(...places.keys()) + 1;
  const rows = Array.from({ length: size }, (_, number) => {
    const place = places.get(number);
    return place === undefined ? "0000000000 65535 f \n" : `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const lock = encrypted
    ? " /Encrypt 7 0 R /ID [<00000000000000000000000000000000> <00000000000000000000000000000000>]"
    : "";
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R${lock} >>\nstartxref\n${body.length}\n%%EOF`;
  return Buffer.from(`${body}xref\n0 ${size}\n${rows.join("")}${trailer}`, "latin1");
}
