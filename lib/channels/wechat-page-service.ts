import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { ChannelError } from "./adapter";
import { type PageSignature, signPage } from "./adapters/wechat/page-access";
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
