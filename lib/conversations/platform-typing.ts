import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { bindAdapter } from "@/lib/channels/bind-service";
import { findChannel } from "@/lib/channels/lookup-queries";
import type { Context } from "@/lib/platform/context";
import { sharedCache } from "@/lib/platform/shared-cache";
import type { ConversationRow } from "./rows";

/** Platforms show "typing" for some fifteen seconds by themselves; asking for it again sooner is refused. */
const AGAIN_MS = 15_000;
const shown = sharedCache<{ readonly at: Date }>("platform-typing", 5_000, AGAIN_MS);

/** Shows "typing" where the customer is, if their platform can. Nothing waits for it, and its failure harms nobody. */
export async function showTypingOnPlatform(context: Context, row: ConversationRow): Promise<void> {
  const channel = shown.has(row.id) ? undefined : await findChannel(context.db, row.channel_id);
  if (!channel || channel.type === "web") {
    return;
  }
  const bound = await bindAdapter(context, channel);
  if (!bound.adapter.typing) {
    return;
  }
  shown.set(row.id, { at: context.now() });
  const [identity] = await rowsOf<{ external_id: string }>(
    context.db,
    sql`select external_id from customer_identities where id = ${row.identity_id}`,
  );
  if (identity) {
    await bound.adapter.typing(identity.external_id, true, bound.context);
  }
}
