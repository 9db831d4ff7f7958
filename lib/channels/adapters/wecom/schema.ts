import { z } from "zod";

/** Configuration of a WeCom customer service account (微信客服). */
export const wecomConfig = z.object({
  corpId: z.string().trim().max(64).default(""),
  /** The self-built app that may use the customer service API; kept for whoever reads the form. */
  agentId: z.string().trim().max(32).default(""),
  /** The one customer service account of this channel; empty: every account that the app may read. */
  openKfId: z.string().trim().max(64).default(""),
  /** Welcome text by locale, sent when a customer enters and WeCom lets us. */
  welcome: z.record(z.string(), z.string().max(600)).default({}),
  /** Words of farewell by locale, sent when a conversation is marked as solved; none: the session ends without. */
  farewell: z.record(z.string(), z.string().max(600)).default({}),
  /** Replaces https://qyapi.weixin.qq.com. */
  apiBase: z.union([z.url(), z.literal("")]).default(""),
});
export type WecomConfig = z.output<typeof wecomConfig>;

/** By the names that forms and the command line use (`--app_secret` is the corp secret). */
export const WECOM_SECRETS = ["corpSecret", "token", "encodingAesKey"] as const;
