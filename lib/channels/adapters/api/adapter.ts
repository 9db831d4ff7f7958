import { sha256Hex } from "@/lib/platform/crypto/sign";
import type { AdapterContext, ChannelAdapter } from "../../adapter";
import type { TestOutcome } from "../../test-outcome";
import { fetchFile, readBody, readItems } from "./inbound";
import { describeFact, describeReply, post } from "./outbound";
import { type ApiConfig, apiChannelConfig, wantsEvent } from "./schema";
import { isSigned, signingSecrets } from "./signature";

const MAX_BODY_BYTES = 256 * 1024;

/** Typing is for the moment: posted once, kept nowhere, never tried again. */
async function tellTyping(externalUserId: string, on: boolean, context: AdapterContext<ApiConfig>): Promise<void> {
  if (!context.config.webhookUrl || !wantsEvent(context.config, "typing")) {
    return;
  }
  const at = context.now();
  const id = `typ_${at.getTime()}`;
  await post({ id, body: describeFact({ id, type: "typing", externalUserId, details: { on }, at }) }, context);
}

async function test(context: AdapterContext<ApiConfig>): Promise<TestOutcome> {
  if (signingSecrets(context).length === 0) {
    return { kind: "broken", finding: "incomplete", detail: "signingSecret" };
  }
  if (context.config.webhookUrl) {
    const id = `ping-${context.now().getTime()}`;
    await post({ id, body: JSON.stringify({ id, type: "ping" }) }, context);
  }
  return { kind: "works" };
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
    receipts: true,
    recall: false,
    replyWindowHours: null,
    delivers: true,
    idempotentSend: true,
  },

  verify: async (request, context) => {
    const secrets = signingSecrets(context);
    const isGenuine = secrets.length > 0 && isSigned(request, secrets, context.now());
    if (!isGenuine || request.body.byteLength > MAX_BODY_BYTES) {
      return { kind: "refused", reason: "signature", unsigned: true };
    }
    const read = readBody(request);
    if (read?.kind === "typing") {
      const { user_id: externalUserId, on, text } = read.data;
      return { kind: "typing", externalUserId, typing: on, ...(text !== undefined && { text }) };
    }
    const replayKey = read?.kind === "message" ? read.data.id : sha256Hex(request.body);
    return { kind: "accepted", replayKey, ...(read && { sender: read.data.user_id }) };
  },

  parse: async (request, context) => readItems(request, context.now()),

  media: fetchFile,

  events: {
    address: (config) => config.webhookUrl || undefined,
    wants: wantsEvent,
    describe: describeReply,
    describeFact,
    post,
  },

  // Replies go out as events; this is for who sends one without the database around it.
  send: async (message, context) => {
    if (context.config.webhookUrl) {
      const event = { conversationId: "", author: "agent", authorName: null, at: context.now() } as const;
      await post({ id: message.idempotencyKey, body: describeReply({ ...event, reply: message }) }, context);
    }
    return { externalId: null };
  },

  typing: tellTyping,
  test,
};
