/** @jsxImportSource preact */
import { renderToString } from "preact-render-to-string";
import { accentTokens } from "@/lib/core/color";
import { messagesFor } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locales";
import { createTranslator } from "@/lib/i18n/translate";
import { ChatApp } from "../chat-app";
import type { ChatChannel, ChatPageData, VisitorIdentity } from "../page-data";
import { EARLY_SCRIPT } from "./early-script";
import { escapeHtml, scriptJson } from "./html";

/** What a page is made from; the edge reads it from the request. */
export interface ChatDocumentInput {
  readonly locale: Locale;
  readonly theme: "light" | "dark" | null;
  readonly embedded: boolean;
  readonly nonce: string;
  readonly assets: {
    readonly scripts: readonly string[];
    readonly styles: readonly string[];
    readonly preloads: readonly string[];
  };
  readonly uploadMaxBytes: number;
  readonly identity: VisitorIdentity | null;
  readonly channel: ChatChannel | null;
}

function declarations(color: string, theme: "light" | "dark"): string {
  return Object.entries(accentTokens(color, theme))
    .map(([name, value]) => `${name}:${value}`)
    .join(";");
}

/** The merchant's accent in both themes, made legible; nothing for the product's own. */
function accentStyle(color: string | null): string {
  if (!color) {
    return "";
  }
  const [light, dark] = [declarations(color, "light"), declarations(color, "dark")];
  return [
    `:root{${light}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){${dark}}}`,
    `:root[data-theme="dark"]{${dark}}`,
  ].join("");
}

function head(input: ChatDocumentInput, title: string): string {
  const { nonce, assets, channel, embedded, locale } = input;
  const accent = accentStyle(channel?.accent ?? null);
  return [
    `<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">`,
    `<meta name="robots" content="noindex">`,
    `<meta name="format-detection" content="telephone=no">`,
    `<meta name="theme-color" content="#fffefc" media="(prefers-color-scheme: light)">`,
    `<meta name="theme-color" content="#1b1a18" media="(prefers-color-scheme: dark)">`,
    `<title>${escapeHtml(title)}</title>`,
    `<link rel="icon" href="/icon.svg" type="image/svg+xml">`,
    // A page of its own can be put on a home screen; the widget's frame is part of somebody else's page.
    channel && !embedded ? `<link rel="manifest" href="/chat/manifest?channel=${channel.id}&lang=${locale}">` : "",
    ...assets.styles.map((address) => `<link rel="stylesheet" href="${address}">`),
    ...[...assets.scripts, ...assets.preloads].map(
      (address) => `<link rel="modulepreload" nonce="${nonce}" href="${address}">`,
    ),
    accent && `<style nonce="${nonce}">${accent}</style>`,
  ].join("");
}

function rootAttributes({ locale, theme, embedded }: ChatDocumentInput): string {
  return [`lang="${locale}"`, theme && `data-theme="${theme}"`, embedded && "data-embedded"].filter(Boolean).join(" ");
}

function messagesOf(locale: Locale) {
  const { chat, notices } = messagesFor(locale, ["chat", "notices"]);
  return { ...chat, shared: notices };
}

function chatBody(input: ChatDocumentInput, data: ChatPageData): string {
  const { nonce, assets } = input;
  const close = data.embedded ? { onClose: () => undefined } : {};
  return [
    `<div id="chat">${renderToString(<ChatApp data={data} store={null} {...close} />)}</div>`,
    `<noscript>${escapeHtml(data.messages["noScript"] as string)}</noscript>`,
    `<script nonce="${nonce}">${EARLY_SCRIPT}</script>`,
    `<script id="chat-data" type="application/json" nonce="${nonce}">${scriptJson(data)}</script>`,
    ...assets.scripts.map((address) => `<script type="module" nonce="${nonce}" src="${address}"></script>`),
  ].join("");
}

function missingBody(input: ChatDocumentInput): string {
  const t = createTranslator(input.locale, messagesOf(input.locale));
  return renderToString(
    <main class="missing">
      <h1>{t("missing.title")}</h1>
      <p>{t("missing.body")}</p>
    </main>,
  );
}

/**
 * The chat page as one HTML document: what it shows is there before any script, and can be typed into and sent from
 * before the script has arrived.
 */
export function chatDocument(input: ChatDocumentInput): string {
  const { locale, channel, embedded, identity, uploadMaxBytes } = input;
  const messages = messagesOf(locale);
  const t = createTranslator(locale, messages);
  const title = channel ? t("title", { name: channel.name }) : t("missing.title");
  const body = channel
    ? chatBody(input, { locale, channel, embedded, identity, uploadMaxBytes, messages })
    : missingBody(input);
  return `<!doctype html><html ${rootAttributes(input)}><head>${head(input, title)}</head><body>${body}</body></html>`;
}
