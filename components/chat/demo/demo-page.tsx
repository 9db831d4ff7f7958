/** @jsxImportSource preact */
import { renderToString } from "preact-render-to-string";
import { messagesFor } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locales";
import { createTranslator, type Translate } from "@/lib/i18n/translate";
import { escapeHtml } from "../server/html";
import { GOODS } from "./goods";

export interface DemoInput {
  readonly locale: Locale;
  readonly nonce: string;
  /** Public address of this installation, without a slash at the end. */
  readonly address: string;
  readonly channelId: string;
  /** After how many seconds the channel greets; 0: it does not. */
  readonly greetsAfter: number;
}

const NAVIGATION = ["new", "stationery", "life", "digital"] as const;

/** Copies the snippet and opens the chat from the shop's own button, as a merchant's script would. */
const PAGE_SCRIPT = `document.addEventListener("click",function(e){var b=e.target.closest("[data-copy],[data-open]");if(!b)return;
if(b.hasAttribute("data-open")){window.Yingda=window.Yingda||function(){(Yingda.q=Yingda.q||[]).push(arguments)};Yingda("open");return}
var t=document.getElementById("snippet").textContent,s=b.textContent;
navigator.clipboard.writeText(t).then(function(){b.textContent=b.getAttribute("data-copy");setTimeout(function(){b.textContent=s},2000)})})`;

const greets = (after: number): string => (after > 0 ? ` data-greet="${after}"` : "");

/** The one line that a merchant puts into their pages. */
function snippetFor({ address, channelId, greetsAfter }: DemoInput): string {
  return `<script src="${address}/widget.js" data-channel="${channelId}"${greets(greetsAfter)} async></script>`;
}

function ShopHeader({ t, locale }: { readonly t: Translate; readonly locale: Locale }) {
  const other = locale === "en" ? "zh-CN" : "en";
  return (
    <header class="top">
      <a class="brand" href="/demo">
        <svg viewBox="0 0 28 28" aria-hidden="true">
          <path d="M14 25V12M14 17C6 17 4 11 4 5c7 0 10 4 10 12zm0-4c0-5 3-8 10-8 0 5-3 8-10 8z" />
        </svg>
        {t("brand")}
      </a>
      <nav>
        {NAVIGATION.map((key) => (
          <a key={key} href="#goods">
            {t(`nav.${key}`)}
          </a>
        ))}
      </nav>
      <a class="language" lang={other} href={`?lang=${other}`}>
        {t("language")}
      </a>
    </header>
  );
}

function Goods({ t }: { readonly t: Translate }) {
  return (
    <section id="goods" aria-labelledby="goods-title">
      <h2 id="goods-title">{t("products")}</h2>
      <ul class="goods">
        {GOODS.map(({ key, price, tone, picture }) => (
          <li key={key}>
            <svg viewBox="0 0 164 150" class={`picture ${tone}`} aria-hidden="true">
              {picture}
            </svg>
            <h3>{t(`items.${key}`)}</h3>
            <p>{t(`notes.${key}`)}</p>
            <strong>{t("price", { price })}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Shop({ input, t }: { readonly input: DemoInput; readonly t: Translate }) {
  return (
    <>
      <ShopHeader t={t} locale={input.locale} />
      <main>
        <section class="hero">
          <div>
            <h1>{t("hero")}</h1>
            <p>{t("heroBody")}</p>
            <button type="button" data-open>
              {t("ask")}
            </button>
          </div>
          <svg viewBox="0 0 320 220" aria-hidden="true">
            <path d="M0 190c60-40 120-44 176-18s100 20 144-8v56H0z" class="hill" />
            <path
              d="M150 178V92M150 140c-40 0-56-26-56-62 40 0 56 22 56 62zm0-24c0-32 18-50 58-50 0 34-18 50-58 50z"
              class="sprout"
            />
            <circle cx="250" cy="58" r="26" class="sun" />
          </svg>
        </section>
        <Goods t={t} />
        <section class="how" aria-labelledby="how-title">
          <h2 id="how-title">{t("snippetTitle")}</h2>
          <p>{t("snippetBody")}</p>
          <div class="snippet">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
            <pre tabIndex={0}>
              <code id="snippet">{snippetFor(input)}</code>
            </pre>
            <button type="button" data-copy={t("copied")}>
              {t("copy")}
            </button>
          </div>
          <p class="links">
            <a href={`/chat?channel=${input.channelId}`}>{t("full")}</a>
            <a href="/desk">{t("desk")}</a>
          </p>
        </section>
      </main>
      <footer>{t("footer")}</footer>
    </>
  );
}

/** An example shop that embeds the widget just as a merchant does: a plain page with one more script. */
export function demoDocument(input: DemoInput): string {
  const { locale, nonce, channelId, greetsAfter } = input;
  const t = createTranslator(locale, messagesFor(locale, ["demo"]).demo);
  const attributes = `nonce="${nonce}" src="/widget.js" data-channel="${escapeHtml(channelId)}" data-locale="${locale}"${greets(greetsAfter)}`;
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escapeHtml(t("title"))}</title><link rel="icon" href="/icon.svg" type="image/svg+xml">`,
    `<link rel="stylesheet" href="/demo/demo.css"></head><body>`,
    renderToString(<Shop input={input} t={t} />),
    `<script nonce="${nonce}">${PAGE_SCRIPT}</script><script ${attributes} async></script></body></html>`,
  ].join("");
}
