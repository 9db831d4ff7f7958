import { webhookDeliveries } from "@/db/schema/channels";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import type { RawRequest } from "./adapter";
import { bindAdapter } from "./bind-service";
import { findChannel } from "./lookup-queries";

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
