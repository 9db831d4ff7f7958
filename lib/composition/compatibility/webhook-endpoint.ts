import { findDefaultChannel } from "@/lib/channels/lookup-queries";
import { AppError } from "@/lib/core/errors";
import { baseContext } from "../base-context";
import { problemResponse } from "../problem-response";
import { webhookEndpoint } from "../webhook-endpoint";

/**
 * The webhook address of a system of before (`/api/wechat`, `/webhook`): leads to the oldest channel of the kind that is
 * on, or to the one that `?channel=` names. The platform's own signature protects it, as at `/api/webhooks/{id}`.
 */
export function webhookOfKind(kinds: readonly string[]): (request: Request) => Promise<Response> {
  return async (request) => {
    const base = baseContext(request.headers);
    try {
      const named = new URL(request.url).searchParams.get("channel");
      const channelId = named ?? (await findDefaultChannel(base.db, kinds, null))?.id;
      if (!channelId) {
        throw new AppError("not_found", "channel_not_found");
      }
      return await webhookEndpoint(request, { channelId });
    } catch (error) {
      return problemResponse(error, { ...base, operation: "webhook" });
    }
  };
}
