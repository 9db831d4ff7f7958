/** Address of a channel's chat page. `origin` without a slash at the end. */
export function chatAddress(origin: string, channelId: string): string {
  return `${origin}/chat?channel=${encodeURIComponent(channelId)}`;
}

/**
 * The line that a merchant pastes into the site. The loader reads `data-channel` and its own address; `data-greet` says
 * after how many seconds it asks for the greeting, and without it asks for nothing.
 */
export function widgetSnippet(origin: string, channelId: string, config: Readonly<Record<string, unknown>>): string {
  const greet = config["greets"] === true ? ` data-greet="${Number(config["greetingAfter"])}"` : "";
  return `<script src="${origin}/widget.js" data-channel="${channelId}"${greet} async></script>`;
}
