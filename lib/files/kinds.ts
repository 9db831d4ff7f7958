import { open } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";
import { hasVideoTrack } from "./media-tracks";
import type { FILE_KINDS } from "./settings-schema";

/**
 * Types that may be sent, each with the endings that its files have; the first is the usual one. What is not listed is
 * refused: a new danger has to be let in on purpose.
 */
const ALLOWED = new Map<string, readonly string[]>([
  ["image/png", ["png"]],
  ["image/jpeg", ["jpg", "jpeg"]],
  ["image/webp", ["webp"]],
  ["image/gif", ["gif"]],
  ["application/pdf", ["pdf"]],
  ["application/zip", ["zip"]],
  ["application/x-cfb", ["doc", "xls", "ppt", "msg"]],
  ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", ["docx"]],
  ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ["xlsx"]],
  ["application/vnd.openxmlformats-officedocument.presentationml.presentation", ["pptx"]],
  ["audio/mpeg", ["mp3"]],
  ["audio/mp4", ["m4a", "mp4"]],
  ["audio/x-m4a", ["m4a"]],
  ["audio/ogg", ["ogg", "oga", "opus"]],
  ["audio/wav", ["wav"]],
  ["audio/webm", ["webm", "weba"]],
  ["audio/amr", ["amr"]],
  ["audio/aac", ["aac"]],
  ["video/mp4", ["mp4", "m4v"]],
  ["video/webm", ["webm"]],
  ["video/quicktime", ["mov", "qt"]],
  ["text/plain", ["txt", "csv", "md", "log"]],
]);

/** Which of the kinds that a merchant allows or not (settings `uploads`) a type belongs to. */
export function familyOf(mime: string): (typeof FILE_KINDS)[number] {
  if (mime === "application/zip") {
    return "archive";
  }
  const family = mime.split("/", 1)[0];
  return family === "image" || family === "audio" || family === "video" ? family : "document";
}

/** Pictures that are drawn anew before they are stored, which leaves scripts and hidden data behind. */
export const REENCODED = new Set(["image/png", "image/jpeg", "image/webp", "image/gif"]);

const TEXT_NAME = /\.(txt|csv|md|log)$/i;
const TEXT_PROBE_BYTES = 64 * 1024;

async function looksLikeText(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(TEXT_PROBE_BYTES), 0, TEXT_PROBE_BYTES, 0);
    const bytes = buffer.subarray(0, bytesRead);
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return !bytes.includes(0);
  } catch {
    return false;
  } finally {
    await file.close();
  }
}

/** A voice in a film's container is a voice: it is played, and counts as sound where a merchant allows no films. */
async function withoutPictures(path: string, mime: string): Promise<string> {
  const container = mime === "video/webm" ? "webm" : mime === "video/mp4" ? "mp4" : undefined;
  return container && (await hasVideoTrack(path, container)) === false ? `audio/${container}` : mime;
}

/**
 * The type of a file, from its bytes. A name only decides between the texts, which have no magic number; an .exe named
 * .png is what it is (T54). SVG and HTML are text with another name and so are refused.
 *
 * @returns undefined when files of this kind may not be sent
 */
export async function kindOf(path: string, name: string): Promise<string | undefined> {
  const detected = await fileTypeFromFile(path);
  if (detected) {
    const mime = await withoutPictures(path, detected.mime.split(";", 1)[0] ?? "");
    return ALLOWED.has(mime) ? mime : undefined;
  }
  return TEXT_NAME.test(name) && (await looksLikeText(path)) ? "text/plain" : undefined;
}

const MAX_NAME = 120;
// Control characters, and those that change the direction of writing and so can hide an ending ("gnp.exe").
const DECEIVING = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"]/gu;

/** A name that can be shown and downloaded: no path, nothing that deceives, at most 120 characters. */
export function safeName(name: string): string {
  const bare = name.toWellFormed().split(/[\\/]/).at(-1) ?? "";
  const clean = bare.replace(DECEIVING, "").trim();
  const points = Array.from(clean);
  if (points.length <= MAX_NAME) {
    return clean || "file";
  }
  const extension = /\.[\w]{1,8}$/.exec(clean)?.[0] ?? "";
  return `${points.slice(0, MAX_NAME - extension.length).join("")}${extension}`;
}

/**
 * The name with an ending of its type. A download is opened by its ending, not by the type we found: a PDF called
 * `page.html` would run as a page on the reader's own disk.
 */
export function nameOfType(name: string, mime: string): string {
  const endings = ALLOWED.get(mime) ?? [];
  const ending = /\.(\w{1,8})$/.exec(name)?.[1]?.toLowerCase();
  if (endings.length === 0 || (ending !== undefined && endings.includes(ending))) {
    return name;
  }
  return safeName(
    `${Array.from(name)
      .slice(0, MAX_NAME - 8)
      .join("")}.${endings[0]}`,
  );
}
