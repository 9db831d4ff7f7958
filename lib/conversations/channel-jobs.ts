import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import { webhookDeliveries } from "@/db/schema/channels";
import type { Inbound, Outbound } from "@/lib/channels/adapter";
import { ChannelError } from "@/lib/channels/adapter";
import { type BoundAdapter, bindAdapter } from "@/lib/channels/bind-service";
import { type ChannelFacts, findChannel } from "@/lib/channels/lookup-queries";
import { identifyCustomer } from "@/lib/customers/identify-service";
import { readStoredFile } from "@/lib/files/service";
import type { Context } from "@/lib/platform/context";
import { env } from "@/lib/platform/env/env";
import { defineJob } from "@/lib/platform/jobs/job";
import { fileAddress } from "@/lib/platform/storage/file-address";
import { broadcastMessageChange } from "./broadcast";
import { keepReply } from "./channel-event-jobs";
import type { MessageRow } from "./rows";
import { toMessage } from "./serialize";
import { postVisitorMessage } from "./visitor-service";

async function receive(
  context: Context,
  channel: ChannelFacts,
  item: Extract<Inbound, { kind: "message" }>,
): Promise<void> {
  const known = await context.db.transaction((tx) =>
    identifyCustomer(
      tx,
      {
        merchantId: channel.merchantId,
        channelId: channel.id,
        externalId: item.externalUserId,
        verified: true,
        name: item.userName,
      },
      context.now(),
    ),
  );
  const actor = {
    kind: "visitor",
    merchantId: channel.merchantId,
    channelId: channel.id,
    customerId: known.customerId,
    identityId: known.identityId,
  } as const;
  // The platform's message id is the client id: a second delivery of the same message stores nothing.
  await postVisitorMessage(
    { ...context, actor },
    { clientId: `in:${item.externalId}`.slice(0, 160), parts: [{ type: "text", text: item.text }] },
  );
}

/** Turns a stored webhook delivery into messages. Safe to run again: dedupe is by the platform's message ids. */
export const ingestJob = defineJob({
  name: "channel.ingest",
  schema: z.object({ deliveryId: z.string() }),
  handle: async ({ deliveryId }, context) => {
    const [delivery] = await context.db.select().from(webhookDeliveries).where(eq(webhookDeliveries.id, deliveryId));
    const channel = delivery && (await findChannel(context.db, delivery.channelId));
    if (!delivery || !channel || delivery.processedAt) {
      return;
    }
    const bound = await bindAdapter(context, channel);
    const request = {
      method: "POST",
      headers: delivery.headers,
      query: {},
      body: Buffer.from(delivery.body, "base64"),
    };
    const items = await bound.adapter.parse(request, bound.context);
    for (const item of items) {
      if (item.kind === "message") {
        await receive(context, channel, item);
      }
    }
    const outcome = items.some((item) => item.kind === "message") ? "processed" : "ignored";
    await context.db
      .update(webhookDeliveries)
      .set({ outcome, processedAt: context.now() })
      .where(eq(webhookDeliveries.id, deliveryId));
  },
});

function outboundOf(context: Context, externalUserId: string, row: MessageRow): Outbound {
  const files = row.parts.flatMap((part) =>
    "fileId" in part
      ? [
          {
            id: String(part.fileId),
            name: String(part.name),
            mime: String(part.mime),
            size: Number(part.size),
            url: `${env().YINGDA_URL}${fileAddress(String(part.fileId), context.now())}`,
            read: () => readStoredFile(context.db, String(part.fileId)),
          },
        ]
      : [],
  );
  return { externalUserId, messageId: row.id, text: row.text, files, idempotencyKey: row.id };
}

async function sendOut(context: Context, bound: BoundAdapter, message: Outbound): Promise<"sent" | "failed"> {
  try {
    await bound.adapter.send(message, bound.context);
    return "sent";
  } catch (error) {
    if (error instanceof ChannelError && error.kind === "transient") {
      throw error;
    }
    context.log.warn({ messageId: message.messageId, reason: String(error) }, "a reply could not be delivered");
    return "failed";
  }
}

/** Sends a stored reply through its channel's adapter; transient failures are tried again by the queue, with back-off. */
export const deliverJob = defineJob({
  name: "channel.deliver",
  schema: z.object({ messageId: z.string() }),
  handle: async ({ messageId }, context) => {
    const [found] = await rowsOf<{ row: MessageRow; channel_id: string; external_id: string }>(
      context.db,
      sql`
      select to_jsonb(m) - 'tokens' as row, c.channel_id, i.external_id from messages m
      join conversations c on c.id = m.conversation_id join customer_identities i on i.id = c.identity_id
      where m.id = ${messageId} and m.delivery = 'queued' and m.recalled_at is null`,
    );
    const channel = found && (await findChannel(context.db, found.channel_id));
    if (!found || !channel) {
      return;
    }
    const bound = await bindAdapter(context, channel);
    const message = outboundOf(context, found.external_id, found.row);
    if (await keepReply(context, bound, found.row, channel.id, message)) {
      return;
    }
    const delivery = await sendOut(context, bound, message);
    await rowsOf(context.db, sql`update messages set delivery = ${delivery} where id = ${messageId}`);
    broadcastMessageChange(toMessage({ ...found.row, delivery }, new Map(), context.now()));
  },
});
