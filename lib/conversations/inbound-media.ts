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
import { hasRoom, inCrowd, NoRoom, type Place } from "@/lib/platform/jobs/crowd";
import type { SentPart } from "./schema";

/** How long a file that cannot be fetched right now is asked for again, in milliseconds; then the words go without. */
const PATIENCE_MS = 60_000;
/** How long its turn to be asked for is waited for, in milliseconds. */
const TURN_MS = 10 * 60_000;

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

interface Fetched {
  readonly parts: SentPart[];
  readonly lost: string[];
}

/** @param age how long ago the message came, in milliseconds */
async function fetchEach(
  context: Context<ActorOf<"visitor">>,
  bound: BoundAdapter,
  wanted: readonly InboundMedia[],
  age: () => number,
): Promise<Fetched> {
  const parts: SentPart[] = [];
  const lost: string[] = [];
  for (const media of wanted) {
    try {
      const bytes = await bound.adapter.media?.(media, bound.context);
      if (!bytes) {
        throw new ChannelError("rejected", "this kind of channel has no files");
      }
      parts.push(await storeBytes(context, media, bytes));
    } catch (error) {
      const isTransient = error instanceof ChannelError && error.kind !== "rejected";
      if (isTransient && age() < PATIENCE_MS) {
        throw error;
      }
      context.log.warn({ media: media.kind, reason: String(error) }, "a file that came in could not be kept");
      lost.push(media.name);
    }
  }
  return { parts, lost };
}

/**
 * Fetches the files of a message into the house, under the limits of every upload.
 *
 * @param at.receivedAt when the webhook came: for a minute a platform that fails is asked again (the job repeats)
 * @param at.place where a platform that hangs must not hold every worker; undefined: nobody else waits with this caller
 * @returns the parts, and the names of what could not be had
 * @throws ChannelError transient while it is worth asking again
 * @throws NoRoom when others are being waited for there
 */
export async function fetchMedia(
  context: Context<ActorOf<"visitor">>,
  bound: BoundAdapter,
  { media = [] }: { readonly media?: readonly InboundMedia[] },
  { receivedAt, place }: { readonly receivedAt: Date; readonly place?: Place | undefined },
): Promise<Fetched> {
  const age = () => context.now().getTime() - receivedAt.getTime();
  const fetchAll = () => fetchEach(context, bound, media, age);
  if (!place || media.length === 0) {
    return fetchAll();
  }
  if (await hasRoom(place)) {
    return inCrowd(place, fetchAll);
  }
  if (age() < TURN_MS) {
    throw new NoRoom();
  }
  return { parts: [], lost: media.map(({ name }) => name) };
}
