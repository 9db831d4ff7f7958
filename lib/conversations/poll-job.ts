import { z } from "zod";
import { forgetFeedItems, quietFeeds } from "@/lib/channels/feed-service";
import { defineJob } from "@/lib/platform/jobs/job";
import { receiveFeed } from "./channel-jobs";

/** Longer than any platform tells old entries again, in milliseconds. */
const KEPT_MS = 14 * 86_400_000;

/**
 * Looks into feeds that nobody rang about for a while: while we were down, the platform gave up ringing. One account that
 * fails does not keep the others waiting.
 */
export const pollJob = defineJob({
  name: "channel.poll",
  schema: z.unknown(),
  handle: async (_, context) => {
    for (const { channel, feed } of await quietFeeds(context)) {
      try {
        await receiveFeed(context, channel, { feed });
      } catch (error) {
        context.log.warn({ channelId: channel.id, reason: String(error) }, "a feed could not be read");
      }
    }
    await forgetFeedItems(context.db, new Date(context.now().getTime() - KEPT_MS));
  },
});
