import type { ChannelAdapter } from "../../adapter";
import { webChannelConfig } from "../../schema";

/**
 * The web widget and chat page. Their messages come through the chat API with a visitor's token and go out over the
 * realtime channel, so this adapter receives no webhooks and delivers nothing.
 */
export const webAdapter: ChannelAdapter<typeof webChannelConfig> = {
  kind: "web",
  config: webChannelConfig,
  secrets: ["identitySecret"],
  issuedSecrets: ["identitySecret"],
  capabilities: {
    images: true,
    files: true,
    maxText: 5_000,
    receipts: true,
    recall: true,
    replyWindowHours: null,
    delivers: false,
  },
  verify: async () => ({ kind: "refused", reason: "web channels have no webhook" }),
  parse: async () => [{ kind: "ignored", reason: "web channels have no webhook" }],
  send: async () => ({ externalId: null }),
};
