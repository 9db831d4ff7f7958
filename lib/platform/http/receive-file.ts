import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import busboy from "busboy";
import { AppError } from "@/lib/core/errors";

export interface ReceivedFile {
  readonly path: string;
  readonly name: string;
}

/**
 * The file of a multipart request's `file` field, streamed to disk: a hundred uploads at once cost no memory, and one
 * that is too large is cut off while it arrives.
 *
 * @throws AppError too_large `file_too_large`; invalid `upload_invalid`; unsupported_type
 */
export async function receiveFile(
  request: Request,
  options: { readonly folder: string; readonly maxBytes: number },
): Promise<ReceivedFile> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(contentType) || !request.body) {
    throw new AppError("unsupported_type", "unsupported_type");
  }
  const tooLarge = new AppError("too_large", "file_too_large", {
    values: { max: Math.round(options.maxBytes / 1024 / 1024) },
  });
  // A multipart body is a little longer than its file; a much longer one need not be read at all.
  if (Number(request.headers.get("content-length") ?? 0) > options.maxBytes + 64 * 1024) {
    throw tooLarge;
  }
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const path = join(options.folder, randomBytes(16).toString("hex"));
  let name: string | undefined;
  let written: Promise<void> | undefined;
  let cut = false;
  try {
    const parser = busboy({
      headers: { "content-type": contentType },
      defParamCharset: "utf8",
      limits: { files: 1, fields: 10, fileSize: options.maxBytes },
    });
    parser.on("file", (field, stream, info) => {
      if (field !== "file") {
        stream.resume();
        return;
      }
      name = info.filename;
      stream.once("limit", () => {
        cut = true;
      });
      written = pipeline(stream, createWriteStream(path, { mode: 0o600 }));
    });
    await pipeline(Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]), parser);
    await written;
  } catch (cause) {
    await rm(path, { force: true });
    throw new AppError("invalid", "upload_invalid", { cause });
  }
  if (cut) {
    await rm(path, { force: true });
    throw tooLarge;
  }
  if (!written) {
    throw new AppError("invalid", "upload_invalid");
  }
  return { path, name: name ?? "file" };
}
