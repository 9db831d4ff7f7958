import type { ChannelAdapter } from "../../adapter";
import { testCredentials } from "./check-credentials";
import { answerable, readInbound } from "./inbound";
import { fetchMedia, MAX_TEXT_BYTES, pieces, sendPiece, showTyping, withChoices } from "./outbound";
import { WeixinError } from "./platform";
import { encodeReply, readPush, verifyPush } from "./push";
import { weixinGrant } from "./reply-grant";
import { WEIXIN_SECRETS, wechatConfig } from "./schema";
import { accountTemplates } from "./template";
import { unionIdOf } from "./union-id";

/** How often WeChat tries one message in all. */
const TRIES = 3;

/** WeChat Official Account (../shared/protocols/01, docs/channels.md). */
export const wechatAdapter: ChannelAdapter<typeof wechatConfig> = {
  kind: "wechat",
  config: wechatConfig,
  secrets: WEIXIN_SECRETS,
  capabilities: {
    images: true,
    files: true,
    maxText: 5_000,
    receipts: false,
    recall: false,
    replyWindowHours: 48,
    cards: ["link", "miniprogram", "menu"],
    delivers: true,
  },
  acknowledgement: { contentType: "text/plain", body: "success" },

  verify: async (request, context) => verifyPush(request, context, ({ fields }) => answerable(fields)),

  parse: async (request, context) => {
    const push = readPush(request, context);
    return push ? readInbound(push.fields, context.now()) : [{ kind: "ignored", reason: "not a message" }];
  },

  passive: {
    windowMs: (config) => Math.round(config.passiveWindow * 1_000),
    tries: TRIES,
    only: (config) => config.passiveOnly,
    refusesReplies: (error) => error instanceof WeixinError && error.code === 48001,
    fits: (message) =>
      message.files.length === 0 &&
      message.card === undefined &&
      message.template === undefined &&
      message.text !== "" &&
      Buffer.byteLength(withChoices(message.text, message.choices)) <= MAX_TEXT_BYTES,
    textOf: (message) => withChoices(message.text, message.choices),
    encode: encodeReply,
  },

  replyGrant: weixinGrant,
  unionId: unionIdOf,
  templates: accountTemplates,
  pieces,
  send: (message, context) => sendPiece(message, context, { media: ["image", "voice", "video"], isAccount: true }),
  media: fetchMedia,
  typing: (externalUserId, on, context) => showTyping(externalUserId, on, context),
  test: testCredentials,
};
