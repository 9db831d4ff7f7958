import type { ChannelAdapter } from "../../adapter";
import { testCredentials } from "../wechat/check-credentials";
import { readInbound } from "../wechat/inbound";
import { fetchMedia, pieces, sendPiece, showTyping } from "../wechat/outbound";
import { readPush, verifyPush } from "../wechat/push";
import { weixinGrant } from "../wechat/reply-grant";
import { WEIXIN_SECRETS, weixinConfig } from "../wechat/schema";
import { programTemplates } from "../wechat/template";

/** Customer messages of a WeChat Mini Program: the same pushes, but no replies in the answer and fewer kinds. */
export const wechatMiniAdapter: ChannelAdapter<typeof weixinConfig> = {
  kind: "wechat-mini",
  config: weixinConfig,
  secrets: WEIXIN_SECRETS,
  capabilities: {
    images: true,
    files: true,
    maxText: 5_000,
    receipts: false,
    recall: false,
    replyWindowHours: 48,
    cards: ["link", "miniprogram"],
    delivers: true,
  },
  acknowledgement: { contentType: "text/plain", body: "success" },

  verify: async (request, context) => verifyPush(request, context, () => undefined),

  parse: async (request, context) => {
    const push = readPush(request, context);
    return push ? readInbound(push.fields, context.now()) : [{ kind: "ignored", reason: "not a message" }];
  },

  replyGrant: weixinGrant,
  templates: programTemplates,
  pieces,
  send: (message, context) => sendPiece(message, context, { media: ["image"], isAccount: false }),
  media: fetchMedia,
  typing: (externalUserId, on, context) =>
    showTyping(externalUserId, on, context, "/cgi-bin/message/custom/business/typing"),
  test: testCredentials,
};
