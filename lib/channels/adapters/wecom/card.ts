import { ChannelError, type OutboundFile } from "../../adapter";
import type { OutboundCard } from "../../card-schema";
import { mediaId } from "./media-upload";
import type { WecomContext } from "./platform";

/** What the platform takes, in bytes of UTF-8 (fact sheet 2.5). */
const TITLE_BYTES = 128;
const APP_TITLE_BYTES = 64;
const DESCRIPTION_BYTES = 512;

/** The beginning of a text that fits, no character cut in two. */
export function within(text: string, bytes: number): string {
  let kept = "";
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > bytes) {
      return kept;
    }
    kept += character;
  }
  return kept;
}

/**
 * The body of a card: a place, a contact link, a mini program, or a page. Mini programs and pages have to have a picture
 * there: a page without one goes as words, which can be tapped all the same.
 *
 * @throws ChannelError rejected `unsupported` for a mini program without a picture
 */
export async function cardBody(
  context: WecomContext,
  { title, description, url = "", app, place, isContact, picture }: OutboundCard<OutboundFile>,
): Promise<Record<string, unknown>> {
  if (place) {
    return { msgtype: "location", location: { name: title, address: description, ...place } };
  }
  if (isContact) {
    return { msgtype: "ca_link", ca_link: { link_url: url } };
  }
  const thumb = picture && (await mediaId(context, picture, "image"));
  if (app) {
    if (!thumb) {
      throw new ChannelError("rejected", "a mini program's card needs a picture", "unsupported");
    }
    const page = { appid: app.appId, title: within(title, APP_TITLE_BYTES), pagepath: app.path };
    return { msgtype: "miniprogram", miniprogram: { ...page, thumb_media_id: thumb } };
  }
  if (!thumb) {
    return { msgtype: "text", text: { content: [title, description, url].filter(Boolean).join("\n") } };
  }
  const link = { title: within(title, TITLE_BYTES), desc: within(description, DESCRIPTION_BYTES), url };
  return { msgtype: "link", link: { ...link, thumb_media_id: thumb } };
}
