import { allowReplies } from "@/lib/channels/passive-only-service";
import type { ActorOf } from "@/lib/core/actor";
import type { Context } from "@/lib/platform/context";
import { releaseHeld } from "./held-replies";

/**
 * Tries a channel's replies by the platform's API again, after the account got the right to it; those that waited for
 * their customers go out now. Refused once more, the channel switches back by itself.
 *
 * @throws AppError not_found
 */
export async function retryReplies(
  context: Context<ActorOf<"agent"> | ActorOf<"key">>,
  channelId: string,
): Promise<void> {
  if (await allowReplies(context, channelId)) {
    await releaseHeld(context.db, channelId);
  }
}
