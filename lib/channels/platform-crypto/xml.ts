import { XMLParser, XMLValidator } from "fast-xml-parser";

/** An element: its text, its children by name, or a list where a name occurs more than once. */
export type XmlValue = string | XmlElement | readonly XmlValue[];
export interface XmlElement {
  readonly [name: string]: XmlValue;
}

const MAX_DEPTH = 8;
/** No platform's message comes near it; what is longer is not read at all. */
const MAX_CHARACTERS = 1_048_576;
const CDATA_START = "<![CDATA[";
const CDATA_END = "]]>";
const CDATA_NAME = "#cdata";
const TEXT_NAME = "#text";

const parser = new XMLParser({
  ignoreAttributes: true,
  // Numbers stay text: a MsgId has more digits than a double holds.
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
  maxNestedTags: MAX_DEPTH,
  cdataPropName: CDATA_NAME,
});

const PREDEFINED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** The five names that XML itself defines; any other entity stays the text it is. */
function withoutEntities(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (whole, name: string) => PREDEFINED[name] ?? whole);
}

function clean(value: unknown): XmlValue {
  if (Array.isArray(value)) {
    return value.map(clean);
  }
  if (typeof value !== "object" || value === null) {
    return withoutEntities(String(value ?? ""));
  }
  const entries = Object.entries(value);
  const cdata = entries.find(([name]) => name === CDATA_NAME)?.[1];
  if (cdata !== undefined) {
    return Array.isArray(cdata) ? cdata.join("") : String(cdata);
  }
  return Object.fromEntries(
    entries.filter(([name]) => name !== TEXT_NAME).map(([name, child]) => [name, clean(child)]),
  );
}

/** The text outside of CDATA, in one pass; undefined when a section has no end. */
function outsideCdata(text: string): string | undefined {
  let outside = "";
  let position = 0;
  for (let start = text.indexOf(CDATA_START); start >= 0; start = text.indexOf(CDATA_START, position)) {
    const end = text.indexOf(CDATA_END, start);
    if (end < 0) {
      return undefined;
    }
    outside += text.slice(position, start);
    position = end + CDATA_END.length;
  }
  return outside + text.slice(position);
}

/**
 * Reads a platform's XML (`<xml>…</xml>`): no DTD, no declared entities, no processing instructions, at most eight
 * levels. Never throws.
 *
 * @returns the root's children, or undefined for anything that is not such a document (T51)
 */
export function readXml(text: string): XmlElement | undefined {
  // What a customer wrote stands in CDATA and may look like anything; outside of it there is no business for `<!` and `<?`.
  const outside = text.length > MAX_CHARACTERS || !text.startsWith("<") ? undefined : outsideCdata(text);
  if (outside === undefined || /<[!?]/.test(outside)) {
    return undefined;
  }
  try {
    if (XMLValidator.validate(text) !== true) {
      return undefined;
    }
    const { xml, ...others } = parser.parse(text) as Record<string, unknown>;
    const root = clean(xml);
    const isAlone = Object.keys(others).every((name) => name === TEXT_NAME);
    return isAlone && typeof root === "object" && !Array.isArray(root) ? (root as XmlElement) : undefined;
  } catch {
    return undefined;
  }
}

/** Text of a child; undefined when it is not there, occurs twice, or has children of its own. */
export function textAt(element: XmlElement, name: string): string | undefined {
  const value = Object.hasOwn(element, name) ? element[name] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** A child that has children; undefined otherwise. */
export function childAt(element: XmlElement, name: string): XmlElement | undefined {
  const value = Object.hasOwn(element, name) ? element[name] : undefined;
  return typeof value === "object" && !Array.isArray(value) ? (value as XmlElement) : undefined;
}

/** Text as it can stand in XML; a `]]>` in it ends nothing. */
export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}
