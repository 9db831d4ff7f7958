import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { type BoundAdapter, bindAdapter } from "@/lib/channels/bind-service";
import { findChannel } from "@/lib/channels/lookup-queries";
import { tellMoment } from "@/lib/channels/moment-service";
import type { Context } from "@/lib/platform/context";
import { sharedCache } from "@/lib/platform/shared-cache";
import type { ConversationRow } from "./rows";

const TYPING = "typing";

/** For integrators that read the stream. */
async function tellReaders(
  context: Context,
  row: ConversationRow,
  bound: BoundAdapter,
  externalUserId: string,
  on: boolean,
): Promise<void> {
  const { events } = bound.adapter;
  if (events?.wants(bound.context.config, TYPING)) {
    const at = context.now();
    const told = { id: `typ_${at.getTime()}`, type: TYPING, externalUserId, conversationId: row.id, at };
    const fact = { ...told, details: { on } };
    await tellMoment(context.db, row.channel_id, { type: TYPING, body: events.describeFact(fact) });
  }
}

/** Platforms show "typing" for some fifteen seconds by themselves; asking for it again sooner is refused. */
const AGAIN_MS = 15_000;
const shown = sharedCache<{ readonly at: Date }>("platform-typing", 5_000, AGAIN_MS);

/**
 * Shows "typing" where the customer is, if their platform can, or shows it no longer. Nothing waits for it, and its
 * failure harms nobody.
 */
export async function showTypingOnPlatform(context: Context, row: ConversationRow, on: boolean): Promise<void> {
  if (shown.has(row.id) === on) {
    return;
  }
  // Before anything is waited for: the next keystroke may come while this one still looks for its channel.
  if (on) {
    shown.set(row.id, { at: context.now() });
  } else {
    shown.delete(row.id);
  }
  const channel = await findChannel(context.db, row.channel_id);
  if (!channel || channel.type === "web") {
    return;
  }
  const bound = await bindAdapter(context, channel);
  if (!bound.adapter.typing) {
    return;
  }
  const [identity] = await rowsOf<{ external_id: string }>(
    context.db,
    sql`select external_id from customer_identities where id = ${row.identity_id}`,
  );
  if (identity) {
    await tellReaders(context, row, bound, identity.external_id, on);
    await bound.adapter.typing(identity.external_id, on, bound.context);
  }
}
