import { z } from "zod";
import type { Context } from "@/lib/platform/context";
import { orderRunsBetween } from "@/lib/platform/jobs/between-minutes";
import { defineJob } from "@/lib/platform/jobs/job";
import { installationPushKeys } from "./push-keys";
import { type DuePush, forgetBrowser, noteOutcome, takeDueNotices, takeDueReplies } from "./push-repository";
import { type PushText, sendPush } from "./push-send";
import { textOfNotice, textOfReply } from "./push-texts";

/** Refusals in a row after which a browser is forgotten: more than an hour's outage of a push service makes. */
const MOST_FAILURES = 500;
const AT_ONCE = 10;

/** Tells every browser what its owner has not seen. @returns how many pushes went out */
export async function pushNews(context: Context): Promise<number> {
  const [replies, notices] = [
    await takeDueReplies(context.db, context.now()),
    await takeDueNotices(context.db, context.now()),
  ];
  const due: { readonly to: DuePush; readonly text: PushText }[] = [
    ...replies.map((to) => ({ to, text: textOfReply(to) })),
    ...notices.map((to) => ({ to, text: textOfNotice(to) })),
  ];
  if (due.length === 0) {
    return 0;
  }
  const keys = await installationPushKeys(context.db);
  let sent = 0;
  for (let from = 0; from < due.length; from += AT_ONCE) {
    await Promise.all(
      due.slice(from, from + AT_ONCE).map(async ({ to, text }) => {
        const outcome = await sendPush(to, text, keys);
        sent += outcome === "sent" ? 1 : 0;
        await (outcome === "gone"
          ? forgetBrowser(context.db, to.id)
          : noteOutcome(context.db, to.id, outcome === "sent", MOST_FAILURES));
      }),
    );
  }
  return sent;
}

/**
 * Looks every ten seconds for what browsers should be told; the run of each minute orders those between. A sweep and not
 * a job for each message: most messages are read at once, and a job a message costs more than the message (see
 * docs/benchmarks.md).
 */
export const pushJob = defineJob({
  name: "notifications.push",
  schema: z.object({ between: z.boolean().optional() }),
  handle: async ({ between }, context) => {
    if (!between) {
      await orderRunsBetween(context.db, "notifications.push");
    }
    await pushNews(context);
  },
});
