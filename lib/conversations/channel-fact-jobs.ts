import { sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf, type Transaction } from "@/db/client";
import { type BoundAdapter, bindAdapter } from "@/lib/channels/bind-service";
import { keepEvent } from "@/lib/channels/event-service";
import { findChannel } from "@/lib/channels/lookup-queries";
import { agentCards } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/jobs/emit";
import { defineJob } from "@/lib/platform/jobs/job";
import type { ConversationRow } from "./rows";

const DELIVERY = "message.delivery";

/** Names that facts have for an integrator. */
const TYPES: Readonly<Record<string, string>> = {
  "conversation.started": "conversation.created",
  "conversation.assigned": "conversation.assigned",
  "conversation.resolved": "conversation.resolved",
  "conversation.rated": "conversation.rated",
};

/** Who did something, by kind: an agent's id says nothing to an integrator. */
const WHO = ["visitor", "outside", "silence"] as const;

interface Told {
  readonly id: string;
  readonly type: string;
  readonly conversationId: string;
  readonly channelId: string;
  readonly externalUserId: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

interface FactRow extends Record<string, unknown> {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly occurred_at: Date | string;
  readonly channel_id: string;
  readonly external_id: string;
  readonly tags: string[] | null;
  readonly comment: string | null;
}

async function detailsOf(context: Context, { type, payload, tags, comment }: FactRow): Promise<Told["details"]> {
  switch (type) {
    case "conversation.assigned": {
      const id = String(payload["agentId"]);
      return { agent: { name: (await agentCards(context.db, [id])).get(id)?.name ?? null } };
    }
    case "conversation.resolved":
      return { by: WHO.find((who) => who === payload["by"]) ?? "agent" };
    case "conversation.rated":
      return { stars: payload["stars"], tags: tags ?? [], comment };
    default:
      return {};
  }
}

async function factOf(context: Context, conversationId: string, eventId: number): Promise<Told | undefined> {
  const [row] = await rowsOf<FactRow>(
    context.db,
    sql`
    select e.type, e.payload, e.occurred_at, c.channel_id, i.external_id, r.tags, r.comment
    from domain_events e join conversations c on c.id = ${conversationId}
    join customer_identities i on i.id = c.identity_id left join ratings r on r.conversation_id = c.id
    where e.id = ${eventId} and e.conversation_id = c.id`,
  );
  const type = row && TYPES[row.type];
  return row && type
    ? {
        id: `evt_${eventId}`,
        type,
        conversationId,
        channelId: row.channel_id,
        externalUserId: row.external_id,
        details: await detailsOf(context, row),
        at: new Date(row.occurred_at),
      }
    : undefined;
}

/** The customer's last message up to where an agent has read. */
async function readingOf(context: Context, conversationId: string): Promise<Told | undefined> {
  const [row] = await rowsOf<{ channel_id: string; external_id: string; message_id: string; client_id: string | null }>(
    context.db,
    sql`
    select c.channel_id, i.external_id, m.id as message_id, m.client_id
    from conversations c join customer_identities i on i.id = c.identity_id
    join lateral (select id, client_id from messages where conversation_id = c.id and seq <= c.agent_read_seq
      and author_kind = 'visitor' order by seq desc limit 1) m on true
    where c.id = ${conversationId}`,
  );
  const own = row?.client_id?.startsWith("in:") ? row.client_id.slice("in:".length) : null;
  return (
    row && {
      id: `read_${row.message_id}`,
      type: DELIVERY,
      conversationId,
      channelId: row.channel_id,
      externalUserId: row.external_id,
      details: { state: "read", message_id: row.message_id, client_message_id: own },
      at: context.now(),
    }
  );
}

async function keep(tx: Transaction, bound: BoundAdapter, told: Told, isPosted: boolean): Promise<void> {
  const { events } = bound.adapter;
  const { config } = bound.context;
  if (!events?.wants(config, told.type)) {
    return;
  }
  await keepEvent(tx, {
    id: told.id,
    channelId: told.channelId,
    conversationId: told.conversationId,
    type: told.type,
    body: events.describeFact(told),
    outcome: isPosted && events.address(config) ? "waiting" : "kept",
  });
}

/**
 * Keeps what happened to a conversation as an event of its channel, where the integrator wants to hear of it. Without a
 * fact it is how far the customer's words were read.
 */
export const tellIntegratorJob = defineJob({
  name: "channel.tell",
  schema: z.object({ conversationId: z.string(), eventId: z.coerce.number().int().optional() }),
  handle: async ({ conversationId, eventId }, context) => {
    const told =
      eventId === undefined ? await readingOf(context, conversationId) : await factOf(context, conversationId, eventId);
    const channel = told && (await findChannel(context.db, told.channelId));
    if (told && channel) {
      const bound = await bindAdapter(context, channel);
      await context.db.transaction((tx) => keep(tx, bound, told, true));
    }
  },
});

/** Says to an integrator, if it wants to hear of it, that an agent has read the customer's words. */
export async function tellRead(context: Context, row: ConversationRow): Promise<void> {
  const channel = await findChannel(context.db, row.channel_id);
  const bound = channel && channel.type !== "web" ? await bindAdapter(context, channel) : undefined;
  if (!bound?.adapter.events?.wants(bound.context.config, DELIVERY)) {
    return;
  }
  await context.db.transaction((tx) =>
    enqueue(tx, {
      name: "channel.tell",
      payload: { conversationId: row.id },
      lane: `deliver:${row.id}`,
      key: `read:${row.id}`,
    }),
  );
}

/** Keeps, for those who read by list or stream, that a reply could not be posted. */
export async function keepFailure(
  tx: Transaction,
  bound: BoundAdapter,
  event: { readonly id: string; readonly channelId: string; readonly conversationId: string; readonly body: string },
  at: Date,
): Promise<void> {
  const { user_id: externalUserId } = z.object({ user_id: z.string() }).parse(JSON.parse(event.body));
  const { channelId, conversationId } = event;
  const details = { state: "failed", message_id: event.id };
  const told = { id: `failed_${event.id}`, type: DELIVERY, conversationId, channelId, externalUserId, details, at };
  await keep(tx, bound, told, false);
}
