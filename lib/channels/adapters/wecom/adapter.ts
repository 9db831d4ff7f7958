import type { ChannelAdapter } from "../../adapter";
import { CARD_KINDS } from "../../card-schema";
import { verifyCallback } from "./callback";
import { testCredentials } from "./credentials-test";
import { wecomFeed } from "./feed";
import { fetchMedia, pieces, sendPiece } from "./outbound";
import { wecomGrant } from "./reply-grant";
import { WECOM_SECRETS, wecomConfig } from "./schema";
import { wecomSessions } from "./sessions";

/** WeCom customer service 微信客服 (docs/channels.md). */
export const wecomAdapter: ChannelAdapter<typeof wecomConfig> = {
  kind: "wecom",
  config: wecomConfig,
  secrets: WECOM_SECRETS,
  capabilities: {
    images: true,
    files: true,
    cards: CARD_KINDS,
    maxText: 5_000,
    receipts: false,
    recall: false,
    replyWindowHours: 48,
    delivers: true,
    // Every send carries our message id; a second one with the same id is refused there.
    idempotentSend: true,
  },
  acknowledgement: { contentType: "text/plain", body: "success" },
  verify: async (request, context) => verifyCallback(request, context),
  // A callback says only that something waits; what it is comes by the feed.
  parse: async () => [{ kind: "ignored", reason: "a bell" }],
  feed: wecomFeed,
  sessions: wecomSessions,
  replyGrant: wecomGrant,
  pieces,
  send: sendPiece,
  media: fetchMedia,
  test: testCredentials,
};
