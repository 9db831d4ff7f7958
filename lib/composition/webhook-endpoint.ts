import { receiveWebhook } from "@/lib/channels/webhook-service";
import { showUserTyping } from "@/lib/conversations/app-service";
import { readBody } from "@/lib/platform/http/read-body";
import { baseContext } from "./base-context";
import { problemResponse } from "./problem-response";

const MAX_BYTES = 1024 * 1024;

/** The one ingress of every channel: verify, store, acknowledge. */
export async function webhookEndpoint(request: Request, params: Record<string, unknown>): Promise<Response> {
  const base = baseContext(request.headers);
  try {
    const raw = {
      method: request.method,
      headers: Object.fromEntries(request.headers),
      query: Object.fromEntries(new URL(request.url).searchParams),
      body: await readBody(request, MAX_BYTES),
    };
    const context = { ...base, actor: { kind: "system", merchantId: null } as const };
    const reply = await receiveWebhook(context, String(params["channelId"] ?? ""), raw, (channel, said) =>
      showUserTyping(context, channel, said),
    );
    return new Response(reply.body, { headers: { "content-type": reply.contentType } });
  } catch (error) {
    return problemResponse(error, { ...base, operation: "webhook" });
  }
}
