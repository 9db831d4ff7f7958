import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { type AdapterContext, ChannelError } from "../../adapter";
import { answerOf, callWith, request } from "./platform";
import type { WechatConfig } from "./schema";

type Context = AdapterContext<WechatConfig>;

/** What `wx.config` needs on a page inside WeChat. */
export interface PageSignature {
  readonly appId: string;
  /** Seconds. */
  readonly timestamp: number;
  readonly nonceStr: string;
  readonly signature: string;
  readonly url: string;
}

const ticketAnswer = z.object({ ticket: z.string().min(1), expires_in: z.number().positive() });

/** JS-SDK signature (fact sheet 1.10): SHA-1 over the four values in this order; `noncestr` in lower case here. */
export function pageSignature(ticket: string, nonceStr: string, timestamp: number, url: string): string {
  const page = url.replace(/#.*$/s, "");
  const text = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${page}`;
  return createHash("sha1").update(text).digest("hex");
}

/** Signs a page for the JS-SDK; the ticket is kept and shared as tokens are. @throws ChannelError */
export async function signPage(context: Context, url: string): Promise<PageSignature> {
  const ticket = await context.tokens.get("jsapi", async () => {
    const answer = await callWith(context, "/cgi-bin/ticket/getticket?type=jsapi", {}, answerOf);
    const parsed = ticketAnswer.safeParse(answer);
    if (!parsed.success) {
      throw new ChannelError("transient", "the platform gave no ticket");
    }
    return { value: parsed.data.ticket, expiresInSeconds: parsed.data.expires_in };
  });
  const timestamp = Math.floor(context.now().getTime() / 1000);
  const nonceStr = randomBytes(8).toString("hex");
  const page = url.replace(/#.*$/s, "");
  const signature = pageSignature(ticket, nonceStr, timestamp, page);
  return { appId: context.config.appId, timestamp, nonceStr, signature, url: page };
}

/**
 * Where WeChat asks who opens a page (fact sheet 1.12). The order of the parameters is the platform's.
 *
 * @param state comes back with the code: at most 128 letters and digits
 */
export function authorizeAddress(config: WechatConfig, redirectTo: string, state: string): string {
  const host = config.apiBase ? config.apiBase.replace(/\/+$/, "") : "https://open.weixin.qq.com";
  const query = `appid=${encodeURIComponent(config.appId)}&redirect_uri=${encodeURIComponent(redirectTo)}&response_type=code&scope=${config.oauthScope}&state=${state}`;
  return `${host}/connect/oauth2/authorize?${query}#wechat_redirect`;
}

/** Who opened a page, as WeChat tells it for a code. */
export interface PageVisitor {
  readonly openId: string;
  readonly name?: string;
}

const grant = z.object({
  openid: z.string().min(1).max(128),
  access_token: z.string(),
  scope: z.string().default(""),
  is_snapshotuser: z.number().optional(),
});
const profile = z.object({ nickname: z.string().max(80).optional() });

/**
 * Exchanges a code, once.
 *
 * @returns undefined for the made-up person of a "snapshot page": nobody is to be known by it
 * @throws ChannelError for a code that is used, old or wrong
 */
export async function visitorOfCode(context: Context, code: string): Promise<PageVisitor | undefined> {
  const { appId } = context.config;
  const secret = context.secrets["appSecret"] ?? "";
  const query = new URLSearchParams({ appid: appId, secret, code, grant_type: "authorization_code" });
  const parsed = grant.safeParse(await answerOf(await request(context, `/sns/oauth2/access_token?${query}`)));
  if (!parsed.success) {
    throw new ChannelError("transient", "the platform told nobody");
  }
  const { openid, access_token, scope, is_snapshotuser } = parsed.data;
  if (is_snapshotuser === 1) {
    return undefined;
  }
  if (!scope.includes("snsapi_userinfo")) {
    return { openId: openid };
  }
  const asked = new URLSearchParams({ access_token, openid, lang: "zh_CN" });
  const told = profile.safeParse(await answerOf(await request(context, `/sns/userinfo?${asked}`)));
  return { openId: openid, ...(told.data?.nickname && { name: told.data.nickname }) };
}
