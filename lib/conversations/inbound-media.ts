import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChannelError, type InboundMedia } from "@/lib/channels/adapter";
import type { BoundAdapter } from "@/lib/channels/bind-service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { uploadMaxBytes } from "@/lib/files/queries";
import { storeUpload } from "@/lib/files/service";
import type { Context } from "@/lib/platform/context";
import type { SentPart } from "./schema";

/** How long a file that cannot be fetched right now is asked for again, in milliseconds; then the words go without. */
const PATIENCE_MS = 60_000;

async function storeBytes(
  context: Context<ActorOf<"visitor">>,
  media: InboundMedia,
  bytes: Uint8Array,
): Promise<SentPart> {
  const { merchantId, customerId } = context.actor;
  if (bytes.byteLength > (await uploadMaxBytes(context.db, merchantId))) {
    throw new AppError("too_large", "file_too_large");
  }
  const folder = await mkdtemp(join(tmpdir(), "yingda-media-"));
  try {
    const path = join(folder, "received");
    await writeFile(path, bytes, { mode: 0o600 });
    const stored = await storeUpload(
      context,
      { merchantId, kind: "visitor", id: customerId },
      { path, name: media.name },
    );
    return { type: "file", fileId: stored.id };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Fetches the files of a message into the house, under the limits of every upload.
 *
 * @param receivedAt when the webhook came: for a minute a platform that fails is asked again (the job repeats)
 * @returns the parts, and the names of what could not be had
 * @throws ChannelError transient while it is worth asking again
 */
export async function fetchMedia(
  context: Context<ActorOf<"visitor">>,
  bound: BoundAdapter,
  item: { readonly media?: readonly InboundMedia[] },
  receivedAt: Date,
): Promise<{ parts: SentPart[]; lost: string[] }> {
  const parts: SentPart[] = [];
  const lost: string[] = [];
  for (const media of item.media ?? []) {
    try {
      const bytes = await bound.adapter.media?.(media, bound.context);
      if (!bytes) {
        throw new ChannelError("rejected", "this kind of channel has no files");
      }
      parts.push(await storeBytes(context, media, bytes));
    } catch (error) {
      const isTransient = error instanceof ChannelError && error.kind !== "rejected";
      if (isTransient && context.now().getTime() - receivedAt.getTime() < PATIENCE_MS) {
        throw error;
      }
      context.log.warn({ media: media.kind, reason: String(error) }, "a file that came in could not be kept");
      lost.push(media.name);
    }
  }
  return { parts, lost };
}
