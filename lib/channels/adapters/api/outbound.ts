import { type AdapterContext, ChannelError, type ReplyEvent } from "../../adapter";
import type { ChannelFact } from "../../channel-fact";
import type { ApiConfig } from "./schema";
import { signApiPayload, signingSecrets } from "./signature";

/** The system's own name for a failure (ECONNREFUSED), which holds nothing secret. */
function reasonOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : error instanceof Error ? error.name : "error";
}

function kindOfStatus(status: number): ChannelError["kind"] {
  if (status === 401 || status === 403) {
    return "auth";
  }
  return status < 500 && status !== 429 && status !== 408 ? "rejected" : "transient";
}

/** One signed POST to the integrator. @throws ChannelError */
export async function post(
  { id, body }: { readonly id: string; readonly body: string },
  context: AdapterContext<ApiConfig>,
): Promise<number> {
  const secrets = signingSecrets(context);
  if (secrets.length === 0) {
    throw new ChannelError("auth", "the channel has no signing secret");
  }
  const response = await context
    .fetch(context.config.webhookUrl, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": id,
        "x-yingda-signature": signApiPayload(secrets, body, context.now()),
      },
      body,
      redirect: "error",
      signal: context.signal,
    })
    .catch((error: unknown) => {
      throw new ChannelError("transient", `endpoint not reached: ${reasonOf(error)}`);
    });
  if (!response.ok) {
    throw new ChannelError(kindOfStatus(response.status), `endpoint answered ${response.status}`);
  }
  return response.status;
}

/** The body of a reply, the same in webhook, list and stream (docs/channels.md). */
export function describeReply({ reply, conversationId, author, authorName, at }: ReplyEvent): string {
  return JSON.stringify({
    id: reply.messageId,
    type: "message.created",
    user_id: reply.externalUserId,
    conversation_id: conversationId,
    text: reply.text,
    files: reply.files.map(({ name, mime, url }) => ({ name, mime, url })),
    author: { kind: author, name: authorName },
    created_at: at.toISOString(),
  });
}

/** The body of anything else that happened. */
export function describeFact({ id, type, externalUserId, conversationId, details, at }: ChannelFact): string {
  return JSON.stringify({
    id,
    type,
    user_id: externalUserId,
    ...(conversationId && { conversation_id: conversationId }),
    ...details,
    created_at: at.toISOString(),
  });
}
