import sharp from "sharp";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { storeAvatar } from "@/lib/files/avatar-service";
import { filesForMessage, findFile } from "@/lib/files/queries";
import type { Context } from "@/lib/platform/context";
import { storage } from "@/lib/platform/storage/storage";
import { changeOwnProfile } from "./own-account-service";

/** A square of the picture, in shares of its sides: 0–1. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  /** Share of the shorter side. */
  readonly size: number;
}

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.from(await new Response(stream).arrayBuffer());
}

/**
 * Takes a square out of a picture that the caller uploaded and makes it their avatar: drawn anew at 256 × 256 as webp,
 * so that nothing but pixels is left of what came in.
 *
 * @throws AppError invalid `file_unknown` | `file_type_refused`
 */
export async function setAvatar(
  context: Context<ActorOf<"agent">>,
  input: { readonly fileId: string; readonly crop: Crop },
): Promise<{ id: string; url: string }> {
  const uploader = { merchantId: context.actor.merchantId, kind: "agent", id: context.actor.agentId } as const;
  const [own] = await filesForMessage(context.db, uploader, [input.fileId]);
  const file = own && (await findFile(context.db, own.id));
  const stream = file && (await storage().read(file.storageKey));
  if (!file || !stream || file.width === null || file.height === null) {
    throw new AppError("invalid", "file_unknown");
  }
  const side = Math.max(1, Math.round(Math.min(file.width, file.height) * input.crop.size));
  const left = Math.min(Math.round(file.width * input.crop.left), file.width - side);
  const top = Math.min(Math.round(file.height * input.crop.top), file.height - side);
  const square = await sharp(await bytesOf(stream))
    .extract({ left, top, width: side, height: side })
    .png()
    .toBuffer();
  const stored = await storeAvatar(context, uploader, square);
  await changeOwnProfile(context, { avatarFileId: stored.id });
  return { id: stored.id, url: stored.url };
}
