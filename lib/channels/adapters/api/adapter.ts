import { z } from "zod";
import { equalInConstantTime, hmacHex, sha256Hex } from "@/lib/platform/crypto/sign";
import {
  type AdapterContext,
  type ChannelAdapter,
  ChannelError,
  type Inbound,
  type RawRequest,
  type ReplyEvent,
  type TestOutcome,
} from "../../adapter";

/** Oldest and newest signature that counts, in seconds: a recorded request cannot be replayed later. */
const REPLAY_WINDOW_SECONDS = 300;
const MAX_BODY_BYTES = 256 * 1024;

export const apiChannelConfig = z.object({
  /** Where replies are posted; empty: the integrator reads them from the API. */
  webhookUrl: z.union([z.url(), z.literal("")]).default(""),
});

type ApiConfig = z.output<typeof apiChannelConfig>;

const payload = z.object({
  id: z.string().min(1).max(128),
  user_id: z.string().min(1).max(128),
  text: z.string().min(1).max(5_000),
  user_name: z.string().max(80).optional(),
});

/** `t=<unix seconds>,v1=<hex>` where v1 = HMAC-SHA256(secret, "<t>.<raw body>"), as Stripe signs. */
export function signApiPayload(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${hmacHex(secret, `${seconds}.${body}`)}`;
}

function isSigned(request: RawRequest, secret: string, now: Date): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(request.headers["x-yingda-signature"] ?? "");
  if (!match?.[1] || !match[2]) {
    return false;
  }
  const age = Math.abs(now.getTime() / 1000 - Number(match[1]));
  // Over the bytes as they came: decoded, a byte order mark and broken characters would vanish or look alike.
  const signed = Buffer.concat([Buffer.from(`${match[1]}.`), request.body]);
  return age <= REPLAY_WINDOW_SECONDS && equalInConstantTime(match[2], hmacHex(secret, signed));
}

function readPayload(request: RawRequest): z.infer<typeof payload> | undefined {
  try {
    return payload.safeParse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(request.body))).data;
  } catch {
    return undefined;
  }
}

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
async function post(
  { idempotencyKey, body }: { readonly idempotencyKey: string; readonly body: string },
  context: AdapterContext<ApiConfig>,
): Promise<number> {
  const secret = context.secrets["signingSecret"];
  if (!secret) {
    throw new ChannelError("auth", "the channel has no signing secret");
  }
  const response = await context
    .fetch(context.config.webhookUrl, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": idempotencyKey,
        "x-yingda-signature": signApiPayload(secret, body, context.now()),
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
function describeReply({ reply, conversationId, author, authorName, at }: ReplyEvent): string {
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

/** Server-to-server messages of the merchant's own app, signed both ways. */
export const apiAdapter: ChannelAdapter<typeof apiChannelConfig> = {
  kind: "api",
  config: apiChannelConfig,
  secrets: ["signingSecret"],
  issuedSecrets: ["signingSecret"],
  capabilities: {
    images: true,
    files: true,
    maxText: 5_000,
    receipts: false,
    recall: false,
    replyWindowHours: null,
    delivers: true,
    idempotentSend: true,
  },

  verify: async (request, context) => {
    const secret = context.secrets["signingSecret"];
    if (!secret || request.body.byteLength > MAX_BODY_BYTES || !isSigned(request, secret, context.now())) {
      return { kind: "refused", reason: "signature" };
    }
    return { kind: "accepted", replayKey: readPayload(request)?.id ?? sha256Hex(request.body) };
  },

  parse: async (request, context): Promise<readonly Inbound[]> => {
    const data = readPayload(request);
    if (!data) {
      return [{ kind: "ignored", reason: "not a message" }];
    }
    return [
      {
        kind: "message",
        externalUserId: data.user_id,
        externalId: data.id,
        text: data.text,
        ...(data.user_name && { userName: data.user_name }),
        at: context.now(),
      },
    ];
  },

  events: {
    address: (config) => config.webhookUrl || undefined,
    describe: describeReply,
    post: ({ id, body }, context) => post({ idempotencyKey: id, body }, context),
  },

  // Replies go out as events; this is for who sends one without the database around it.
  send: async (message, context) => {
    if (context.config.webhookUrl) {
      const event = {
        reply: message,
        conversationId: "",
        author: "agent",
        authorName: null,
        at: context.now(),
      } as const;
      await post({ idempotencyKey: message.idempotencyKey, body: describeReply(event) }, context);
    }
    return { externalId: null };
  },

  test: async (context): Promise<TestOutcome> => {
    if (!context.secrets["signingSecret"]) {
      return { kind: "broken", finding: "incomplete", detail: "signingSecret" };
    }
    if (!context.config.webhookUrl) {
      return { kind: "works" };
    }
    const id = `ping-${context.now().getTime()}`;
    await post({ idempotencyKey: id, body: JSON.stringify({ id, type: "ping" }) }, context);
    return { kind: "works" };
  },
};
