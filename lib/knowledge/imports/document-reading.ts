import { createHash } from "node:crypto";
import mammoth from "mammoth";
import { AppError } from "@/lib/core/errors";
import { traditionalCharacters } from "@/lib/platform/text/chinese-script";
import { checkArchive } from "../zip-limit";
import { type Block, blocksOfMarkdown, blocksOfText } from "./blocks";
import { type Chunk, chunkDocument } from "./chunks";
import { type HtmlDocument, htmlDocument } from "./html-document";
import { pdfDocument } from "./pdf-document";
import { decodeText } from "./text-encoding";

export type DocumentKind = "markdown" | "text" | "html" | "docx" | "pdf";

export interface DocumentSource {
  readonly kind: DocumentKind;
  /** Name of the file, or address of the page. */
  readonly name: string;
  /** Address that relative links are relative to. */
  readonly address?: string | undefined;
  /** Charset that its sender declares. */
  readonly charset?: string | undefined;
}

/** A document as entries are made of it. */
export interface ReadDocument {
  readonly title: string;
  readonly language: string;
  readonly chunks: readonly Chunk[];
  /** Of all its words: two addresses with the same text are one page. */
  readonly fingerprint: string;
  readonly links: readonly string[];
  readonly canonical: string | undefined;
  readonly noIndex: boolean;
}

const HAN = /[\u3400-\u9fff\uf900-\ufaff]/gu;
/** Share of Han characters from which on a text is Chinese, with all its brand names and addresses. */
const CHINESE_FROM = 0.1;
const TRADITIONAL_FROM = 0.1;

/** zh-CN, zh-TW or en, by the letters; a language that the document itself names wins. */
function languageOf(text: string, declared: string): string {
  if (/^[a-z]{2,3}(?:-[a-z0-9]{2,8})?$/i.test(declared) && !/^(?:zh|en)\b/i.test(declared)) {
    return declared;
  }
  const sample = text.slice(0, 20_000);
  const han = sample.match(HAN)?.length ?? 0;
  if (han < sample.replace(/\s+/g, "").length * CHINESE_FROM) {
    return "en";
  }
  return traditionalCharacters(sample) > han * TRADITIONAL_FROM ? "zh-TW" : "zh-CN";
}

/** A page's charset as its own head declares it. */
function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 4_096));
  return /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})/i.exec(head)?.[1];
}

async function docxBlocks(bytes: Uint8Array): Promise<HtmlDocument> {
  checkArchive(bytes);
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) },
      {
        convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
        // The title stands above the headings.
        styleMap: ["Title", "title", "标题"]
          .map((name) => `p[style-name='${name}'] => h1:fresh`)
          .concat([1, 2, 3, 4, 5].map((level) => `p[style-name='heading ${level}'] => h${level + 1}:fresh`)),
      },
    );
    return htmlDocument(value);
  } catch (cause) {
    throw new AppError("invalid", "import_broken", { cause });
  }
}

function fileTitle(name: string): string {
  return name.replace(/^.*[\\/]/, "").replace(/\.[a-z]{2,8}$/i, "");
}

type Parts = Pick<HtmlDocument, "title" | "blocks"> & Partial<HtmlDocument>;

async function partsOf(source: DocumentSource, bytes: Uint8Array): Promise<Parts> {
  switch (source.kind) {
    case "pdf":
      return pdfDocument(bytes);
    case "docx":
      return docxBlocks(bytes);
    case "html":
      return htmlDocument(decodeText(bytes, source.charset ?? declaredCharset(bytes)), source.address);
    case "markdown":
      return { title: "", blocks: blocksOfMarkdown(decodeText(bytes, source.charset)) };
    default:
      return { title: "", blocks: blocksOfText(decodeText(bytes, source.charset)) };
  }
}

/** The only highest heading of a document is its title. */
function headTitle(blocks: readonly Block[]): string {
  const first = blocks.find((block) => block.kind === "heading");
  const alike = blocks.filter((block) => block.kind === "heading" && (block.level ?? 1) <= (first?.level ?? 1));
  return alike.length === 1 && first ? first.text : "";
}

/**
 * Reads a document into the parts that become entries.
 *
 * @throws AppError invalid `import_encrypted` | `import_broken` | `import_no_text`; too_large `import_too_large`
 */
export async function readDocument(source: DocumentSource, bytes: Uint8Array): Promise<ReadDocument> {
  const parts = await partsOf(source, bytes);
  const title = (headTitle(parts.blocks) || parts.title || fileTitle(source.name)).slice(0, 200);
  const chunks = chunkDocument(title, parts.blocks);
  const text = chunks.map((chunk) => chunk.text).join("\n");
  if (chunks.length === 0 && (parts.links ?? []).length === 0) {
    throw new AppError("invalid", "import_no_text");
  }
  return {
    title,
    language: languageOf(text, parts.language ?? ""),
    chunks,
    fingerprint: createHash("sha256").update(text).digest("hex"),
    links: parts.links ?? [],
    canonical: parts.canonical,
    noIndex: parts.noIndex ?? false,
  };
}
