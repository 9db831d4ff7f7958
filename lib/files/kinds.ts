import { open } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";

/** Types that may be sent. What is not listed is refused: a new danger has to be let in on purpose. */
const ALLOWED = new Set([
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/gif",
  "application/pdf",
  "application/zip",
  "application/x-cfb",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  "audio/mpeg",
  "audio/mp4",
  "audio/x-m4a",
  "audio/ogg",
  "audio/wav",
  "audio/webm",
  "audio/amr",
  "audio/aac",
  "video/mp4",
  "video/webm",
  "video/quicktime",
]);

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

/**
 * The type of a file, from its bytes. A name only decides between the texts, which have no magic number; an .exe named
 * .png is what it is (T54). SVG and HTML are text with another name and so are refused.
 *
 * @returns undefined when files of this kind may not be sent
 */
export async function kindOf(path: string, name: string): Promise<string | undefined> {
  const detected = await fileTypeFromFile(path);
  if (detected) {
    return ALLOWED.has(detected.mime) ? detected.mime : undefined;
  }
  return TEXT_NAME.test(name) && (await looksLikeText(path)) ? "text/plain" : undefined;
}

const MAX_NAME = 120;

/** A name that can be shown and downloaded: no path, no control or direction-changing characters, at most 120 long. */
export function safeName(name: string): string {
  const bare = name.split(/[\\/]/).at(-1) ?? "";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
  const clean = bare.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069"]/gu, "").trim();
  const points = Array.from(clean.toWellFormed());
  if (points.length <= MAX_NAME) {
    return clean || "file";
  }
  const extension = /\.[\w]{1,8}$/.exec(clean)?.[0] ?? "";
  return `${points.slice(0, MAX_NAME - extension.length).join("")}${extension}`;
}
