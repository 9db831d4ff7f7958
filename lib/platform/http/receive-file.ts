import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import busboy from "busboy";
import { AppError } from "@/lib/core/errors";
import { isNoRoom } from "@/lib/platform/storage/no-room";

export interface ReceivedFile {
  readonly path: string;
  readonly name: string;
}

interface Limits {
  readonly folder: string;
  readonly maxBytes: number;
}

/** What a multipart body may have beside the file's own bytes: boundaries, headers, a few short fields. */
const FORM_BYTES = 64 * 1024;

function tooLarge(maxBytes: number): AppError {
  return new AppError("too_large", "file_too_large", { values: { max: Math.round(maxBytes / 1024 / 1024) } });
}

/** Passes the body on and stops reading as soon as it is longer than any upload may be, however long it goes on. */
async function* atMost(body: AsyncIterable<Uint8Array>, maxBytes: number) {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes + FORM_BYTES) {
      throw tooLarge(maxBytes);
    }
    yield chunk;
  }
}

/** Streams the field `file` to `path`. @returns the file's name; undefined when the form has no such field */
async function writeField(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
  path: string,
  maxBytes: number,
): Promise<string | undefined> {
  const parser = busboy({
    headers: { "content-type": contentType },
    defParamCharset: "utf8",
    limits: { files: 1, fields: 10, fieldSize: FORM_BYTES, fileSize: maxBytes },
  });
  let name: string | undefined;
  let written: Promise<void> = Promise.resolve();
  parser.on("file", (field, stream, info) => {
    if (field !== "file") {
      stream.resume();
      return;
    }
    name = info.filename ?? "";
    stream.once("limit", () => parser.destroy(tooLarge(maxBytes)));
    written = pipeline(stream, createWriteStream(path, { mode: 0o600 }));
    // Heard at once: the parser would wait for ever for a file that can no longer be written, and a rejection that
    // nobody awaits yet would end the process.
    written.catch((cause: Error) => parser.destroy(cause));
  });
  const parsed = pipeline(Readable.from(atMost(body, maxBytes)), parser);
  await parsed.finally(() => written.catch(() => undefined));
  await written;
  return name;
}

/**
 * The file of a multipart request's `file` field, streamed to disk: a hundred uploads at once cost no memory, and one
 * that is too large is cut off while it arrives.
 *
 * @throws AppError too_large `file_too_large`; invalid `upload_invalid`; unsupported_type
 */
export async function receiveFile(request: Request, { folder, maxBytes }: Limits): Promise<ReceivedFile> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(contentType) || !request.body) {
    throw new AppError("unsupported_type", "unsupported_type");
  }
  // A multipart body is a little longer than its file; a much longer one need not be read at all.
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes + FORM_BYTES) {
    throw tooLarge(maxBytes);
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomBytes(16).toString("hex"));
  try {
    const name = await writeField(request.body, contentType, path, maxBytes);
    if (name === undefined) {
      throw new Error("the form has no field `file`");
    }
    return { path, name };
  } catch (cause) {
    await rm(path, { force: true });
    throw AppError.is(cause) || isNoRoom(cause) ? cause : new AppError("invalid", "upload_invalid", { cause });
  }
}
