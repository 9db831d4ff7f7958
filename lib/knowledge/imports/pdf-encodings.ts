/**
 * The predefined encodings of old Chinese PDFs (GBK-EUC-H, UniGB-UCS2-H, ETen-B5-H …), as far as text needs them. Files
 * that name one carry no table of their own: readers are expected to know how its bytes number the characters of Adobe's
 * collections GB1 and CNS1. Node knows the encodings; the numbers of the characters of GB 2312 follow its own order (Adobe
 * Technical Note 5079), and those of the others matter only between the two tables made here.
 */

type Collection = "GB1" | "CNS1";

interface Encoding {
  readonly collection: Collection;
  /** As TextDecoder knows it; undefined: two bytes are a number of Unicode. */
  readonly label?: "gbk" | "big5";
  /** Latin letters take half the width of a Han character, and have numbers of their own. */
  readonly halfWidth?: boolean;
}

const ENCODINGS: readonly (readonly [names: RegExp, encoding: Encoding])[] = [
  [/^(?:GB-EUC|GBK-EUC|GBK2K)$/, { collection: "GB1", label: "gbk", halfWidth: true }],
  [/^(?:GBpc-EUC|GBKp-EUC)$/, { collection: "GB1", label: "gbk" }],
  [/^UniGB-(?:UCS2|UTF16)$/, { collection: "GB1" }],
  [/^(?:ETen-B5|HKscs-B5)$/, { collection: "CNS1", label: "big5", halfWidth: true }],
  [/^(?:B5pc|ETenms-B5)$/, { collection: "CNS1", label: "big5" }],
  [/^UniCNS-(?:UCS2|UTF16)$/, { collection: "CNS1" }],
];

/** Rows of GB 2312 before its Han characters: first and last code, number of the first. */
const GB_SIGNS: readonly (readonly [first: number, last: number, cid: number])[] = [
  [0xa1a1, 0xa1fe, 96],
  [0xa2b1, 0xa2e2, 190],
  [0xa2e5, 0xa2ee, 240],
  [0xa2f1, 0xa2fc, 250],
  [0xa3a1, 0xa3fe, 262],
  [0xa4a1, 0xa4f3, 356],
  [0xa5a1, 0xa5f6, 439],
  [0xa6a1, 0xa6b8, 525],
  [0xa6c1, 0xa6f5, 549],
  [0xa7a1, 0xa7c1, 602],
  [0xa7d1, 0xa7f1, 635],
  [0xa8a1, 0xa8c0, 668],
  [0xa8c5, 0xa8ea, 700],
  [0xa9a4, 0xa9ef, 738],
];
/** Number of 啊, the first Han character; the others follow row by row, 94 in each, 89 in the last of the common ones. */
const FIRST_HAN = 940;
/** Latin letters from the space on: of their own widths, and of half a Han character's. */
const LATIN = 1;
const HALF_WIDTH = 813;
const HALF_WIDTH_SPACE = 7_716;
/** Numbers that no collection uses: for characters whose own number is not needed. */
const FREE = 30_600;
const BLOCKS: readonly (readonly [first: number, last: number])[] = [
  [0x80, 0x52f],
  [0x2000, 0x27bf],
  [0x3000, 0x9fff],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xffef],
];

/** The character of two bytes, as a number; undefined for none. */
function decoderOf(label: "gbk" | "big5"): (code: number) => number | undefined {
  const decoder = new TextDecoder(label);
  return (code) => {
    const text = decoder.decode(Uint8Array.of(code >> 8, code & 0xff));
    return text.length === 1 && text !== "\uFFFD" ? text.charCodeAt(0) : undefined;
  };
}

/** Numbers of a collection's characters by their place in Unicode. */
function numbersOf(collection: Collection): Map<number, number> {
  const numbers = new Map<number, number>();
  const put = (character: number | undefined, cid: number) => {
    if (character !== undefined && !numbers.has(character)) {
      numbers.set(character, cid);
    }
  };
  if (collection === "GB1") {
    const characterOf = decoderOf("gbk");
    for (const [first, last, cid] of GB_SIGNS) {
      for (let code = first; code <= last; code += 1) {
        put(characterOf(code), cid + code - first);
      }
    }
    let cid = FIRST_HAN;
    for (let row = 0xb0; row <= 0xf7; row += 1) {
      for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell += 1) {
        put(characterOf(row * 256 + cell), cid);
        cid += 1;
      }
    }
  }
  let free = FREE;
  for (const [first, last] of BLOCKS) {
    for (let character = first; character <= last; character += 1) {
      put(character, free);
      free += 1;
    }
  }
  return numbers;
}

const hex = (code: number, digits = 4): string => `<${code.toString(16).padStart(digits, "0")}>`;

const program = (vertical: boolean, body: string): Uint8Array =>
  new TextEncoder().encode(`begincmap\n/WMode ${vertical ? 1 : 0} def\n${body}\nendcmap\n`);

/** From the bytes of an encoding to the numbers of its collection. */
function encodingProgram({ collection, label, halfWidth = false }: Encoding, vertical: boolean): Uint8Array {
  const numbers = numbersOf(collection);
  const digits = label ? 2 : 4;
  const latin = halfWidth
    ? `${hex(0x20, digits)} ${hex(0x20, digits)} ${HALF_WIDTH_SPACE}\n${hex(0x21, digits)} ${hex(0x7e, digits)} ${HALF_WIDTH + 1}`
    : `${hex(0x20, digits)} ${hex(0x7e, digits)} ${LATIN}`;
  const spaces = label ? "<00> <80>\n<8140> <fefe>" : "<0000> <ffff>";
  const characterOf = label ? decoderOf(label) : (code: number) => code;
  const lines: string[] = [];
  for (let code = label ? 0x8140 : 0x80; code <= (label ? 0xfefe : 0xffff); code += 1) {
    const cid = (code & 0xff) < 0x40 && label ? undefined : numbers.get(characterOf(code) ?? -1);
    if (cid !== undefined) {
      lines.push(`${hex(code)} ${cid}`);
    }
  }
  return program(
    vertical,
    `begincodespacerange\n${spaces}\nendcodespacerange\nbegincidrange\n${latin}\nendcidrange\nbegincidchar\n${lines.join("\n")}\nendcidchar`,
  );
}

/** From the numbers of a collection to Unicode. */
function unicodeProgram(collection: Collection): Uint8Array {
  const lines = [...numbersOf(collection)].map(([character, cid]) => `${hex(cid)} ${hex(character)}`);
  for (let letter = 0x21; letter <= 0x7e; letter += 1) {
    lines.push(`${hex(letter - 0x20 + LATIN)} ${hex(letter)}`, `${hex(letter - 0x20 + HALF_WIDTH)} ${hex(letter)}`);
  }
  lines.push(`${hex(LATIN)} <0020>`, `${hex(HALF_WIDTH_SPACE)} <0020>`);
  return program(
    false,
    `begincodespacerange\n<0000> <ffff>\nendcodespacerange\nbeginbfchar\n${lines.join("\n")}\nendbfchar`,
  );
}

/** The table of an encoding or collection by its name, as a program that pdf.js reads; undefined for one not known here. */
export function predefinedTable(name: string): Uint8Array | undefined {
  const collection = /^Adobe-(GB1|CNS1)-UCS2$/.exec(name)?.[1];
  if (collection === "GB1" || collection === "CNS1") {
    return unicodeProgram(collection);
  }
  const [, stem = "", direction] = /^(.+)-([HV])$/.exec(name) ?? [];
  const encoding = ENCODINGS.find(([names]) => names.test(stem))?.[1];
  return encoding && encodingProgram(encoding, direction === "V");
}

/** Gives pdf.js the tables that it asks for; it knows of no other source, so that nothing is ever fetched. */
export class PredefinedTables {
  async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    const table = kind === "cMapUrl" ? predefinedTable(filename) : undefined;
    if (!table) {
      throw new Error(`There is no ${filename} here`);
    }
    return table;
  }
}
