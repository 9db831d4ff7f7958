import { QUESTION_MAX } from "../schema";
import type { Block } from "./blocks";

/** A part of a document that answers by itself: one entry. */
export interface Chunk {
  /** Headings above it, the document's title first. */
  readonly path: readonly string[];
  readonly text: string;
  readonly page?: number | undefined;
}

/**
 * Sizes in characters of Chinese; a letter of another script counts half, which makes them alike in meaning. A section
 * up to TARGET stays whole: about what a person reads in a chat without scrolling twice. WHOLE is the most that a list, a
 * table or code may have before it is parted. A short section stays one: it is the answer to what its heading asks.
 */
export const CHUNK_TARGET = 600;
export const CHUNK_WHOLE = 1_500;
/** Prose that is parted repeats so much of its end at the next beginning, in whole sentences. */
export const CHUNK_OVERLAP = 80;

const HAN = /[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/gu;

/** Size of a text in characters of Chinese. */
export function sizeOf(text: string): number {
  const han = text.match(HAN)?.length ?? 0;
  return Math.ceil(han + (text.length - han) / 2);
}

/** Splits after `size`, where a piece itself is larger: text without a single full stop. */
function cut(text: string, size: number): string[] {
  const characters = Array.from(text);
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; start += size) {
    pieces.push(characters.slice(start, start + size).join(""));
  }
  return pieces;
}

/** Puts pieces together up to `size`; the pieces stay whole. */
function gather(pieces: readonly string[], size: number, joint: string): string[] {
  const groups: string[] = [];
  let group = "";
  for (const piece of pieces.flatMap((each) => (sizeOf(each) > size ? cut(each, size) : [each]))) {
    const longer = group === "" ? piece : `${group}${joint}${piece}`;
    if (group !== "" && sizeOf(longer) > size) {
      groups.push(group);
      group = piece;
    } else {
      group = longer;
    }
  }
  return group === "" ? groups : [...groups, group];
}

function sentencesOf(text: string): string[] {
  return text.match(/[^。！？!?；;\n]+(?:[。！？!?；;\n]+|$)|\S/gu) ?? [text];
}

/** Whole sentences of the end, up to the overlap. */
function endOf(text: string): string {
  let end = "";
  for (const sentence of sentencesOf(text).toReversed()) {
    if (sizeOf(sentence + end) > CHUNK_OVERLAP) {
      break;
    }
    end = sentence + end;
  }
  return end.trim();
}

function prose(text: string): string[] {
  const groups = gather(sentencesOf(text), CHUNK_TARGET - CHUNK_OVERLAP, "");
  return groups.map((group, index) => `${index > 0 ? endOf(groups[index - 1] ?? "") : ""}${group}`.trim());
}

/** A table by its rows, each part with the head. */
function tableParts(text: string): string[] {
  const [head = "", rule = "", ...rows] = text.split("\n");
  const top = `${head}\n${rule}`;
  return gather(rows, Math.max(CHUNK_TARGET / 2, CHUNK_WHOLE - sizeOf(top)), "\n").map((part) => `${top}\n${part}`);
}

function codeParts(text: string): string[] {
  const fence = /^(`{3,}|~{3,})[^\n]*\n/.exec(text);
  if (!fence?.[1]) {
    return gather(text.split("\n"), CHUNK_WHOLE, "\n");
  }
  const body = text.slice(fence[0].length).replace(/\n?(`{3,}|~{3,})\s*$/, "");
  return gather(body.split("\n"), CHUNK_WHOLE, "\n").map((part) => `${fence[0]}${part}\n${fence[1]}`);
}

/** The items of a list, what is indented below one belongs to it. */
function itemsOf(text: string): string[] {
  return text.split(/\n(?=(?:[-*+]|\d{1,9}[.)])\s)/);
}

/** What of a block must not be parted, in pieces none of which is too large. */
function partsOf(block: Block): string[] {
  if (block.kind === "paragraph") {
    return sizeOf(block.text) > CHUNK_TARGET ? prose(block.text) : [block.text];
  }
  if (sizeOf(block.text) <= CHUNK_WHOLE) {
    return [block.text];
  }
  if (block.kind === "table") {
    return tableParts(block.text);
  }
  return block.kind === "code" ? codeParts(block.text) : gather(itemsOf(block.text), CHUNK_TARGET, "\n");
}

interface Section {
  readonly path: readonly string[];
  readonly blocks: readonly Block[];
}

function sectionsOf(title: string, blocks: readonly Block[]): Section[] {
  const sections: { path: string[]; blocks: Block[] }[] = [{ path: [title], blocks: [] }];
  let above: { level: number; text: string }[] = [];
  for (const block of blocks) {
    if (block.kind !== "heading") {
      sections.at(-1)?.blocks.push(block);
      continue;
    }
    const level = block.level ?? 1;
    above = [...above.filter((heading) => heading.level < level), { level, text: block.text }];
    const path = above.map((heading) => heading.text);
    sections.push({ path: path[0] === title ? path : [title, ...path], blocks: [] });
  }
  return sections.filter((section) => section.blocks.length > 0);
}

function chunksOf({ path, blocks }: Section): Chunk[] {
  const chunks: Chunk[] = [];
  let open: { text: string; page: number | undefined } | undefined;
  const close = () => {
    if (open) {
      chunks.push({ path, text: open.text, page: open.page });
    }
    open = undefined;
  };
  for (const block of blocks) {
    const parts = partsOf(block);
    for (const part of parts) {
      const longer = open ? `${open.text}\n\n${part}` : part;
      // An introduction stays with the list or table that it introduces, if both fit together.
      const most = block.kind === "paragraph" ? CHUNK_TARGET : CHUNK_WHOLE;
      if (open && (parts.length > 1 || sizeOf(longer) > most)) {
        close();
      }
      open = open ? { text: longer, page: open.page } : { text: part, page: block.page };
    }
  }
  close();
  return chunks;
}

/**
 * Cuts a document where its author did: at headings, then at paragraphs; lists, tables and code stay whole up to
 * `CHUNK_WHOLE`, and where even these must be parted, at items, rows (with the table's head again) and lines.
 *
 * @param title of the document: the first of every path
 */
export function chunkDocument(title: string, blocks: readonly Block[]): Chunk[] {
  return sectionsOf(title, blocks).flatMap(chunksOf);
}

/** The path as a question: cut from the front where it is too long, for the last headings say most. */
export function headingPath(path: readonly string[], most = QUESTION_MAX): string {
  let shown = [...path];
  while (shown.length > 1 && shown.join(" › ").length > most) {
    shown = shown.slice(1);
  }
  return shown.join(" › ").slice(0, most);
}
