import { sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import { type AdapterContext, ChannelError, type SessionControl } from "@/lib/channels/adapter";
import { bindAdapter } from "@/lib/channels/bind-service";
import { wordingFor } from "@/lib/channels/chat-entry-queries";
import { findChannel } from "@/lib/channels/lookup-queries";
import type { Context } from "@/lib/platform/context";
import { faultPoint } from "@/lib/platform/fault-point";
import { defineJob } from "@/lib/platform/jobs/job";
import { contentOf } from "./parts";
import { ALLOWED, ENDED_STATUSES } from "./policy";
import { spendReplies } from "./reply-window-service";
import { findOpenConversation } from "./repository";
import type { ConversationRow } from "./rows";
import { announce, writeMessage } from "./service";

/** After this the session is left to end by itself on the platform's side, in milliseconds. */
const PATIENCE_MS = 10 * 60_000;
const farewells = z.record(z.string(), z.string());

interface Ended {
  readonly row: ConversationRow;
  readonly external_id: string;
}

async function endedConversation(context: Context, id: string): Promise<Ended | undefined> {
  const [found] = await rowsOf<Ended & Record<string, unknown>>(
    context.db,
    sql`select to_jsonb(c) as row, i.external_id from conversations c
        join customer_identities i on i.id = c.identity_id where c.id = ${id}`,
  );
  // The customer wrote again, or an agent took it up again: it is their session now.
  const isOver = found && ENDED_STATUSES.includes(found.row.status);
  return isOver && !(await findOpenConversation(context.db, found.row.channel_id, found.row.customer_id))
    ? found
    : undefined;
}

/** Says to the team that the customer was told goodbye. */
async function noteFarewell(context: Context, row: ConversationRow, text: string): Promise<void> {
  const stored = await writeMessage(context.db, context, {
    conversationId: row.id,
    allowedStatuses: ALLOWED.note,
    authorKind: "system",
    authorId: null,
    visibility: "internal",
    content: contentOf([{ type: "notice", key: "channel_event.farewell", values: { key: text } }]),
    clientId: `farewell:${row.id}:${row.resolved_at ?? ""}`,
  });
  if (stored.outcome === "created") {
    await announce(context, stored);
  }
}

interface Parting {
  readonly context: Context;
  readonly row: ConversationRow;
  readonly externalUserId: string;
  readonly sessions: SessionControl<unknown>;
  readonly bound: AdapterContext;
}

/**
 * Says farewell first and ends then: both can be done again, so that neither is lost when the process dies in between.
 * Where there is no room for one more message the words go with the end, which is the last chance they have.
 */
async function part({ context, row, externalUserId, sessions, bound }: Parting, text: string | undefined) {
  const words = text ? { id: row.id, text } : undefined;
  const note = async () => {
    const system = { kind: "system", merchantId: row.merchant_id } as const;
    await noteFarewell({ ...context, actor: system }, row, text ?? "");
  };
  const isSaid = words !== undefined && (await sessions.farewell(externalUserId, words, bound));
  faultPoint("farewell.sent");
  if (isSaid) {
    await note();
    await spendReplies(context.db, { conversation_id: row.id }, 1, context.now());
  }
  faultPoint("farewell.noted");
  if ((await sessions.end(externalUserId, isSaid ? undefined : words, bound)) && !isSaid) {
    await note();
  }
  faultPoint("session.ended");
}

/**
 * Ends the session on the platform's side when a conversation ended here (WeCom: state 4), with the channel's words of
 * farewell. It waits for the replies before it. Nobody is the worse where the platform does not do it.
 */
export const endSessionJob = defineJob({
  name: "channel.end_session",
  schema: z.object({ conversationId: z.string() }),
  handle: async ({ conversationId }, context) => {
    const ended = await endedConversation(context, conversationId);
    const channel = ended && (await findChannel(context.db, ended.row.channel_id));
    if (!ended || !channel) {
      return;
    }
    const { row } = ended;
    const { adapter, context: bound } = await bindAdapter(context, channel);
    const wording = farewells.safeParse(channel.config["farewell"]).data ?? {};
    const text = wordingFor(wording, row.locale ?? context.locale) || undefined;
    try {
      if (adapter.sessions) {
        const parting = { context, row, externalUserId: ended.external_id, sessions: adapter.sessions, bound };
        await part(parting, text);
      }
    } catch (error) {
      const age = context.now().getTime() - new Date(row.resolved_at ?? row.created_at).getTime();
      if (!(error instanceof ChannelError) || (error.kind === "transient" && age < PATIENCE_MS)) {
        throw error;
      }
      context.log.warn({ channelId: channel.id, reason: error.message }, "a session could not be ended");
    }
  },
});
