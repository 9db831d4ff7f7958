/** Address of a channel's chat page. `origin` without a slash at the end. */
export function chatAddress(origin: string, channelId: string): string {
  return `${origin}/chat?channel=${encodeURIComponent(channelId)}`;
}

/** The line that a merchant pastes into the site. The loader reads `data-channel` and its own address. */
export function widgetSnippet(origin: string, channelId: string): string {
  return `<script src="${origin}/widget.js" data-channel="${channelId}" async></script>`;
}
