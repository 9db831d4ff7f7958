import { z } from "zod";

const localised = z.record(z.string(), z.string().max(600));

/** What Official Accounts and Mini Programs have in common. */
export const weixinConfig = z.object({
  appId: z.string().trim().max(64).default(""),
  /** Refuse messages that are not encrypted (safe mode); else plain, compatible and safe mode are all taken. */
  requireEncryption: z.boolean().default(false),
  /** Welcome text by locale, for new followers and who opens a support session. */
  welcome: localised.default({}),
  /** Replies that the platform takes until the customer writes again. Older accounts: 20. */
  replyLimit: z.number().int().min(1).max(20).default(5),
  /** Replaces https://api.weixin.qq.com. */
  apiBase: z.union([z.url(), z.literal("")]).default(""),
});

/** Configuration of a WeChat Official Account. */
export const wechatConfig = weixinConfig.extend({
  /** How long a message waits for its reply, in seconds; the platform hangs up after five. 0: always by the API. */
  passiveWindow: z.number().min(0).max(4.5).default(4),
  /** For accounts without customer service messages (unverified): replies only in the answer, over all three tries. */
  passiveOnly: z.boolean().default(false),
  /** What the OAuth page asks for: the id alone, or name and picture after consent. */
  oauthScope: z.enum(["snsapi_base", "snsapi_userinfo"]).default("snsapi_base"),
});

export type WeixinConfig = z.output<typeof weixinConfig>;
export type WechatConfig = z.output<typeof wechatConfig>;

/** Secrets of both kinds, by the names that forms and the command line use. */
export const WEIXIN_SECRETS = ["appSecret", "token", "encodingAesKey"] as const;
