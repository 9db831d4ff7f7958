import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import type { Uploader } from "./queries";
import type { UploadedFile } from "./schema";
import { storeUpload } from "./service";

/** Pixels of an avatar's side: twice the largest place where one is shown. */
const SIDE = 256;
/** A photo of a phone fits, a decompression bomb does not. */
const MAX_PIXELS = 40_000_000;

/**
 * Stores a picture as somebody's avatar: its middle, drawn anew at 256 × 256 as webp, so that nothing but pixels is left
 * of what came in.
 *
 * @throws AppError invalid `file_type_refused` for what is no picture, or where the merchant takes none
 */
export async function storeAvatar(
  context: Context,
  uploader: Uploader,
  bytes: Uint8Array | Buffer,
): Promise<UploadedFile> {
  const folder = await mkdtemp(join(tmpdir(), "yingda-avatar-"));
  try {
    const drawn = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
      .rotate()
      .resize(SIDE, SIDE)
      .webp()
      .toBuffer()
      .catch((cause: unknown) => {
        throw new AppError("invalid", "file_type_refused", { cause });
      });
    const path = join(folder, "avatar.webp");
    await writeFile(path, drawn, { mode: 0o600 });
    return await storeUpload(context, uploader, { path, name: "avatar.webp" });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
