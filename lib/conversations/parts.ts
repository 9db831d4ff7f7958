import type { Executor } from "@/db/client";
import type { StoredPart } from "@/db/schema/conversations";
import { AppError } from "@/lib/core/errors";
import { characterCount, previewOf, searchTokens, storable } from "@/lib/core/text";
import { type AttachableFile, filesForMessage, type Uploader } from "@/lib/files/queries";
import { MESSAGE_MAX_CHARACTERS, type MessagePart, type SentPart } from "./schema";

/** A message's content, ready to be stored. */
export interface Content {
  readonly parts: readonly StoredPart[];
  readonly text: string;
  readonly preview: string;
  readonly tokens: readonly string[];
}

function filePart(file: AttachableFile, seconds: number | undefined): StoredPart {
  const common = { fileId: file.id, name: file.name, mime: file.mime, size: file.size };
  return file.mime.startsWith("image/")
    ? { type: "image", ...common, width: file.width, height: file.height }
    : { type: "file", ...common, ...(seconds && file.mime.startsWith("audio/") && { seconds }) };
}

function wordsOf(part: MessagePart | StoredPart): string {
  switch (part.type) {
    case "text":
    case "template":
      return "text" in part ? String(part.text) : "";
    case "card":
      return ["title", "description", "url"].flatMap((name) => (part as StoredPart)[name] || []).join("\n");
    default:
      return "";
  }
}

/** Words of stored or wire parts, for previews, search and the bot. */
export function textOf(parts: readonly (MessagePart | StoredPart)[]): string {
  return parts.map(wordsOf).filter(Boolean).join("\n");
}

/** Symbols stand for files in list rows; they need no translation. */
function previewFor(text: string, parts: readonly StoredPart[]): string {
  if (text) {
    return previewOf(text);
  }
  const first = parts.find((part) => part.type === "image" || part.type === "file");
  if (!first) {
    return "";
  }
  if (typeof first["seconds"] === "number") {
    return `🎤 ${first["seconds"]}″`;
  }
  return first.type === "image" ? "🖼" : previewOf(`📎 ${String(first.name)}`);
}

/** Makes content from parts that our own code wrote (bot answers, notices). */
export function contentOf(parts: readonly MessagePart[]): Content {
  const stored = parts as readonly StoredPart[];
  const text = textOf(parts);
  return { parts: stored, text, preview: previewFor(text, stored), tokens: searchTokens(text) };
}

/**
 * Checks what a person sent and looks up the files they name.
 *
 * @param quotes what it answers to and whom it calls (quotesOf, mentionsOf); they alone are no message
 * @param uploader a file counts only for the one who uploaded it: an id heard elsewhere attaches nothing (T39)
 * @throws AppError invalid `message_empty` | `message_too_long` | `file_unknown`
 */
export async function contentFromPerson(
  executor: Executor,
  uploader: Uploader,
  sent: readonly SentPart[],
  quotes: readonly StoredPart[] = [],
): Promise<Content> {
  const fileIds = sent.flatMap((part) => (part.type === "file" ? [part.fileId] : []));
  const files = fileIds.length > 0 ? await filesForMessage(executor, uploader, fileIds) : [];
  const parts: StoredPart[] = [];
  let characters = 0;
  for (const part of sent) {
    if (part.type === "quote" || part.type === "mention" || part.type === "whisper") {
      continue;
    }
    if (part.type === "file") {
      const file = files.find((candidate) => candidate.id === part.fileId);
      if (!file) {
        throw new AppError("invalid", "file_unknown");
      }
      parts.push(filePart(file, part.seconds));
      continue;
    }
    const text = storable(part.text).trim();
    characters += characterCount(text);
    if (text) {
      parts.push({ type: "text", text });
    }
  }
  if (characters > MESSAGE_MAX_CHARACTERS) {
    throw new AppError("invalid", "message_too_long", { values: { max: MESSAGE_MAX_CHARACTERS } });
  }
  if (parts.length === 0) {
    throw new AppError("invalid", "message_empty");
  }
  const text = textOf(parts);
  return { parts: [...quotes, ...parts], text, preview: previewFor(text, parts), tokens: searchTokens(text) };
}
