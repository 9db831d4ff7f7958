import { findChatEntry, nameOfEntry } from "@/lib/channels/chat-entry-queries";
import { database } from "@/lib/platform/database/database";
import { chatLocale } from "./chat-visit";

const DEFAULT_ACCENT = "#0c6478";

/**
 * The web app manifest of a channel's chat: put on a home screen it has the merchant's name and colour and opens its own
 * channel (V10). Undefined when there is no such channel.
 */
export async function chatManifest(request: Request): Promise<Record<string, unknown> | undefined> {
  const query = new URL(request.url).searchParams;
  const locale = chatLocale(request, query.get("lang"));
  const entry = await findChatEntry(database(), {
    channelId: query.get("channel") ?? undefined,
    merchantSlug: undefined,
  });
  if (!entry) {
    return undefined;
  }
  const name = nameOfEntry(entry, locale);
  const icon = (src: string, sizes: string, purpose: string) => ({ src, sizes, type: "image/png", purpose });
  return {
    id: `/chat?channel=${entry.channelId}`,
    name,
    short_name: name,
    lang: locale,
    start_url: `/chat?channel=${entry.channelId}`,
    scope: "/chat",
    display: "standalone",
    background_color: "#fffefc",
    theme_color: entry.branding.accent || DEFAULT_ACCENT,
    icons: [
      icon("/icons/icon-192.png", "192x192", "any"),
      icon("/icons/icon-512.png", "512x512", "any"),
      icon("/icons/maskable-512.png", "512x512", "maskable"),
    ],
  };
}
