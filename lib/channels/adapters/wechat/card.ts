import { type AdapterContext, ChannelError, type OutboundFile } from "../../adapter";
import type { OutboundCard } from "../../card-schema";
import { mediaId } from "./media-upload";
import type { WeixinConfig } from "./schema";

/**
 * The body of a card (fact sheet 1.6 and 1.14): a page as one article, in a Mini Program's own session as a link; a mini
 * program with its picture, which the platform demands.
 *
 * @param isAccount true for an Official Account, which names the mini program; within one it is always itself
 */
export async function cardBody(
  context: AdapterContext<WeixinConfig>,
  card: OutboundCard<OutboundFile>,
  isAccount: boolean,
): Promise<Record<string, unknown>> {
  const { title, description, url, app, picture } = card;
  if (app) {
    if (!picture) {
      throw new ChannelError("rejected", "a mini program's card needs a picture", "unsupported");
    }
    const thumb_media_id = await mediaId(context, picture, "image");
    const page = { title, pagepath: app.path, thumb_media_id };
    return { msgtype: "miniprogrampage", miniprogrampage: isAccount ? { ...page, appid: app.appId } : page };
  }
  if (isAccount) {
    const article = { title, description, url: url ?? "", picurl: picture?.url ?? "" };
    return { msgtype: "news", news: { articles: [article] } };
  }
  return { msgtype: "link", link: { title, description, url: url ?? "", thumb_url: picture?.url ?? "" } };
}
