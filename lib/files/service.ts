import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { and, eq, inArray, sql } from "drizzle-orm";
import sharp from "sharp";
import type { Executor } from "@/db/client";
import { files } from "@/db/schema/operations";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { fileAddress } from "@/lib/platform/storage/file-address";
import { storage } from "@/lib/platform/storage/storage";
import { readSettings } from "@/lib/settings/service";
import { familyOf, kindOf, nameOfType, REENCODED, safeName } from "./kinds";
import { findFile, type Uploader } from "./queries";
import type { UploadedFile } from "./schema";
import { uploadSettings } from "./settings-schema";

/** 40 megapixels: a phone's largest photo fits, a decompression bomb does not. */
const MAX_PIXELS = 40_000_000;

interface Picture {
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

/** Draws a picture anew: upright, without metadata (a photo's place, say), without anything that is no pixel. */
async function redraw(path: string, mime: string): Promise<Picture> {
  const target = `${path}.redrawn`;
  const format = mime.slice("image/".length) as "png" | "jpeg" | "webp" | "gif";
  try {
    const image = sharp(path, { limitInputPixels: MAX_PIXELS, animated: mime === "image/gif", failOn: "error" });
    const info = await image.rotate().toFormat(format).toFile(target);
    return { path: target, width: info.width, height: info.pageHeight ?? info.height };
  } catch (cause) {
    await rm(target, { force: true });
    const tooLarge = cause instanceof Error && /pixel limit|too large|exceeds/i.test(cause.message);
    throw new AppError("invalid", tooLarge ? "image_too_large" : "file_type_refused", { cause });
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

function keyFor(at: Date): string {
  return `${at.toISOString().slice(0, 10).replaceAll("-", "/")}/${randomBytes(24).toString("base64url")}`;
}

/**
 * Takes a received file in: type from its bytes, pictures redrawn, stored under a random key outside the web root.
 *
 * @param received file on disk; removed in every case
 * @throws AppError invalid `file_empty` | `image_too_large` | `file_type_refused`
 */
export async function storeUpload(
  context: Context,
  uploader: Uploader,
  received: { readonly path: string; readonly name: string },
): Promise<UploadedFile> {
  const leftovers = [received.path];
  try {
    const given = safeName(received.name);
    if ((await stat(received.path)).size === 0) {
      throw new AppError("invalid", "file_empty");
    }
    const mime = await kindOf(received.path, given);
    const { kinds } = await readSettings(context.db, uploader.merchantId, uploadSettings);
    if (!mime || !kinds.includes(familyOf(mime))) {
      throw new AppError("invalid", "file_type_refused");
    }
    const name = nameOfType(given, mime);
    const picture = REENCODED.has(mime) ? await redraw(received.path, mime) : undefined;
    const path = picture?.path ?? received.path;
    leftovers.push(path);
    const { size } = await stat(path);
    const row = {
      id: newId("file", context.now()),
      merchantId: uploader.merchantId,
      uploaderKind: uploader.kind,
      uploaderId: uploader.id,
      name,
      mime,
      size,
      width: picture?.width ?? null,
      height: picture?.height ?? null,
      storageKey: keyFor(context.now()),
      sha256: await sha256Of(path),
      unusedSince: sql`now()`,
    };
    await storage().put(row.storageKey, path, mime);
    await context.db.insert(files).values(row);
    const { id, width, height } = row;
    return { id, name, mime, size, width, height, url: fileAddress(id, context.now()) };
  } finally {
    await Promise.all(leftovers.map((path) => rm(path, { force: true })));
  }
}

/**
 * Gives files from the one who uploaded them to the one in whose name they are sent (an integrator's key, its user).
 * Those of others stay where they are: the message that names them does not find them.
 */
export async function passOnFiles(
  executor: Executor,
  from: Uploader,
  to: Pick<Uploader, "kind" | "id">,
  ids: readonly string[],
): Promise<void> {
  await executor
    .update(files)
    .set({ uploaderKind: to.kind, uploaderId: to.id })
    .where(
      and(
        inArray(files.id, [...ids]),
        eq(files.merchantId, from.merchantId),
        eq(files.uploaderKind, from.kind),
        eq(files.uploaderId, from.id),
      ),
    );
}

/** The bytes of a stored file, for a platform that wants it uploaded. @throws AppError not_found */
export async function readStoredFile(executor: Executor, id: string): Promise<Uint8Array> {
  const row = await findFile(executor, id);
  const stored = row && (await storage().read(row.storageKey));
  if (!stored) {
    throw new AppError("not_found", "file_unknown");
  }
  return new Uint8Array(await new Response(stored).arrayBuffer());
}
