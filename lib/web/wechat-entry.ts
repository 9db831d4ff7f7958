import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type ChatEntry, findChatEntry } from "@/lib/channels/chat-entry-queries";
import { channelSecrets } from "@/lib/channels/secret-queries";
import { wechatAuthorizeAddress, wechatVisitor } from "@/lib/channels/wechat-page-service";
import { baseContext } from "@/lib/composition/base-context";
import { equalInConstantTime, hmacHex, readToken, signToken } from "@/lib/platform/crypto/sign";
import { database } from "@/lib/platform/database/database";
import { env } from "@/lib/platform/env/env";

const KNOWN_COOKIE = "yd_wechat";
const STATE_COOKIE = "yd_wechat_state";
const PURPOSE = "wechat-visitor";
const KNOWN_SECONDS = 30 * 86_400;
const STATE_SECONDS = 300;

const known = z.object({ c: z.string(), u: z.string(), n: z.string().optional() });

/** Who WeChat says is looking, as the chat page hands it on. */
export interface WechatIdentity {
  readonly userId: string;
  readonly signature: string;
  readonly name?: string;
}

function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split("; ");
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

function cookie(name: string, value: string, seconds: number): string {
  const secure = env().YINGDA_URL.startsWith("https:") ? "; Secure" : "";
  return `${name}=${value}; Path=/chat; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
}

function redirect(to: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location: to, "cache-control": "private, no-store" });
  for (const each of cookies) {
    headers.append("set-cookie", each);
  }
  return new Response(null, { status: 302, headers });
}

/**
 * The visitor whom WeChat named before on this browser. From a cookie, never from the address: inside WeChat addresses are
 * passed on to friends.
 */
export async function wechatIdentity(request: Request, channelId: string): Promise<WechatIdentity | null> {
  const data = readToken(PURPOSE, cookieOf(request, KNOWN_COOKIE) ?? "", known);
  if (data?.c !== channelId) {
    return null;
  }
  const { identitySecret } = await channelSecrets(database(), channelId);
  return identitySecret
    ? { userId: data.u, signature: hmacHex(identitySecret, data.u), ...(data.n && { name: data.n }) }
    : null;
}

function contextOf(request: Request) {
  return { ...baseContext(request.headers), actor: { kind: "system", merchantId: null } as const };
}

async function canKnow(entry: ChatEntry): Promise<boolean> {
  return Boolean((await channelSecrets(database(), entry.channelId))["identitySecret"]);
}

/**
 * Inside WeChat, asks it once who is looking (fact sheet 1.12).
 *
 * @returns where to go, or undefined to show the page as it is: another browser, somebody known, no WeChat channel, or no
 * identity secret to vouch with
 */
export async function askWechat(request: Request): Promise<Response | undefined> {
  const url = new URL(request.url);
  const agent = request.headers.get("user-agent") ?? "";
  const isAsked = url.searchParams.has("user_id") || url.searchParams.has("wx") || url.searchParams.has("embed");
  if (isAsked || !/MicroMessenger/i.test(agent) || /miniProgram/i.test(agent)) {
    return undefined;
  }
  const { searchParams } = url;
  const wished = {
    channelId: searchParams.get("channel") ?? undefined,
    merchantSlug: searchParams.get("target") ?? undefined,
  };
  const entry = await findChatEntry(database(), wished);
  if (!entry || (await wechatIdentity(request, entry.channelId)) || !(await canKnow(entry))) {
    return undefined;
  }
  const state = randomBytes(16).toString("hex");
  const back = `${env().YINGDA_URL}/chat/wechat?channel=${encodeURIComponent(entry.channelId)}`;
  const address = await wechatAuthorizeAddress(contextOf(request), entry.merchantId, back, state);
  return address === undefined ? undefined : redirect(address, [cookie(STATE_COOKIE, state, STATE_SECONDS)]);
}

/** WeChat's answer: the visitor is remembered, and the page opens. Whoever can't be known gets the page all the same. */
export async function receiveWechat(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const [code, state] = [searchParams.get("code"), searchParams.get("state")];
  const entry = await findChatEntry(database(), { channelId: searchParams.get("channel") ?? "" });
  const expected = cookieOf(request, STATE_COOKIE);
  const page = `/chat?channel=${encodeURIComponent(entry?.channelId ?? "")}&wx=0`;
  if (!entry || !code || !state || !expected || !equalInConstantTime(state, expected)) {
    return redirect(page);
  }
  const visitor = await wechatVisitor(contextOf(request), entry.merchantId, code);
  if (!visitor) {
    return redirect(page);
  }
  const data = { c: entry.channelId, u: `wechat:${visitor.openId}`, ...(visitor.name && { n: visitor.name }) };
  return redirect(page, [
    cookie(KNOWN_COOKIE, signToken(PURPOSE, data, KNOWN_SECONDS), KNOWN_SECONDS),
    cookie(STATE_COOKIE, "", 0),
  ]);
}
