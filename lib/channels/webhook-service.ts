import { and, eq } from "drizzle-orm";
import { webhookDeliveries } from "@/db/schema/channels";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import type { RawRequest } from "./adapter";
import { bindAdapter } from "./bind-service";
import { findChannel } from "./lookup-queries";
import { selectChannel } from "./repository";

/** Headers worth keeping for a replay; cookies and tokens of proxies are not. */
const KEPT_HEADERS = /^(content-type|x-.*signature.*|x-hub-.*|user-agent)$/;

/**
 * Takes one webhook request: verify, store, done. The platform gets its answer in milliseconds; a job does the rest,
 * so a hanging model never delays an acknowledgement.
 *
 * @returns what to answer the platform
 * @throws AppError not_found `channel_not_found`; forbidden `signature_invalid`
 */
export async function receiveWebhook(
  context: Context,
  channelId: string,
  request: RawRequest,
): Promise<{ contentType: string; body: string }> {
  const channel = await findChannel(context.db, channelId);
  if (!channel?.enabled) {
    throw new AppError("not_found", "channel_not_found");
  }
  const bound = await bindAdapter(context, channel);
  const verdict = await bound.adapter.verify(request, bound.context);
  if (verdict.kind === "refused") {
    throw new AppError("forbidden", "signature_invalid");
  }
  if (verdict.kind === "handshake") {
    return { contentType: verdict.contentType, body: verdict.body };
  }
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => KEPT_HEADERS.test(name)));
  await context.db.transaction(async (tx) => {
    const id = newId("delivery", context.now());
    const [stored] = await tx
      .insert(webhookDeliveries)
      .values({
        id,
        channelId,
        replayKey: verdict.replayKey,
        headers,
        body: Buffer.from(request.body).toString("base64"),
      })
      .onConflictDoNothing()
      .returning({ id: webhookDeliveries.id });
    if (stored) {
      await emit(tx, { merchantId: channel.merchantId, at: context.now() }, "webhook.received", {
        channelId,
        deliveryId: id,
      });
    }
  });
  return { contentType: "text/plain", body: "ok" };
}

/**
 * Takes a stored webhook delivery through the ingest once more, after whatever kept it from being read was mended.
 * What it holds is stored once however often: messages are known by the platform's ids.
 *
 * @throws AppError not_found; conflict `channel_disabled`
 */
export async function replayDelivery(context: Context, channelId: string, id: string): Promise<void> {
  const channel = await selectChannel(context.db, merchantOf(context), channelId);
  if (!channel) {
    throw new AppError("not_found", "delivery_not_found");
  }
  if (!channel.enabled) {
    throw new AppError("conflict", "channel_disabled");
  }
  await context.db.transaction(async (tx) => {
    const [row] = await tx
      .update(webhookDeliveries)
      .set({ outcome: "received", error: null, processedAt: null })
      .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.channelId, channelId)))
      .returning({ id: webhookDeliveries.id });
    if (!row) {
      throw new AppError("not_found", "delivery_not_found");
    }
    await emit(tx, { merchantId: channel.merchantId, at: context.now() }, "webhook.received", {
      channelId,
      deliveryId: id,
    });
    await record(tx, context, {
      action: "channel.delivery_replayed",
      targetType: "channel",
      targetId: channelId,
      after: { id },
    });
  });
}
