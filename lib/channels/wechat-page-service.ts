import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { ChannelError } from "./adapter";
import {
  authorizeAddress,
  type PageSignature,
  type PageVisitor,
  signPage,
  visitorOfCode,
} from "./adapters/wechat/page-access";
import { wechatConfig } from "./adapters/wechat/schema";
import { bindAdapter } from "./bind-service";
import { type ChannelFacts, findChannel, findDefaultChannel } from "./lookup-queries";

/**
 * Signs a page of the merchant's for WeChat's JS-SDK. For callers with a key: whoever may ask here may have any page
 * signed.
 *
 * @param where.channelId a WeChat channel; absent: the merchant's oldest that is on
 * @throws AppError not_found `channel_not_found`; invalid `invalid_format` for what is no web address; unavailable
 * `channel_unreachable` when the platform gives no ticket
 */
export async function signWechatPage(
  context: Context,
  where: { readonly merchantId: string; readonly channelId?: string | undefined },
  url: string,
): Promise<PageSignature> {
  const channel = await wechatChannelOf(context, where);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new AppError("invalid", "invalid", { fields: [{ path: "url", reason: "invalid_format" }] });
  }
  const bound = await bindAdapter(context, channel);
  const config = wechatConfig.parse(channel.config);
  try {
    return await signPage({ ...bound.context, config }, url);
  } catch (error) {
    if (error instanceof ChannelError) {
      context.log.warn({ channelId: channel.id, reason: error.message }, "a page could not be signed");
      throw new AppError("unavailable", "unavailable", { cause: error });
    }
    throw error;
  }
}

async function wechatChannelOf(
  context: Context,
  where: { readonly merchantId: string; readonly channelId?: string | undefined },
): Promise<ChannelFacts> {
  const channel = where.channelId
    ? await findChannel(context.db, where.channelId)
    : await findDefaultChannel(context.db, ["wechat"], where.merchantId);
  if (channel?.type !== "wechat" || channel.merchantId !== where.merchantId || !channel.enabled) {
    throw new AppError("not_found", "channel_not_found");
  }
  return channel;
}

/** Where WeChat asks who opens a page of this merchant; undefined when it has no WeChat channel that is set up and on. */
export async function wechatAuthorizeAddress(
  context: Context,
  merchantId: string,
  redirectTo: string,
  state: string,
): Promise<string | undefined> {
  const channel = await findDefaultChannel(context.db, ["wechat"], merchantId);
  const config = channel && wechatConfig.parse(channel.config);
  return config?.appId ? authorizeAddress(config, redirectTo, state) : undefined;
}

/** Who opened the page, for the code that WeChat gave; undefined when it does not say, whatever the reason. */
export async function wechatVisitor(
  context: Context,
  merchantId: string,
  code: string,
): Promise<PageVisitor | undefined> {
  const channel = await findDefaultChannel(context.db, ["wechat"], merchantId);
  if (!channel) {
    return undefined;
  }
  const bound = await bindAdapter(context, channel);
  try {
    return await visitorOfCode({ ...bound.context, config: wechatConfig.parse(channel.config) }, code);
  } catch (error) {
    context.log.warn({ channelId: channel.id, reason: String(error) }, "WeChat did not say who opened the page");
    return undefined;
  }
}
