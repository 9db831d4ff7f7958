// One by one: the loader takes along only what it says itself.
import { close, frame, open } from "@/lib/i18n/messages/en/widget.json";
import { close as zhClose, frame as zhFrame, open as zhOpen } from "@/lib/i18n/messages/zh-CN/widget.json";

/** How a merchant's page wants the widget, from the attributes of the script element. */
export interface WidgetOptions {
  /** Where the script came from; the chat is there, too. */
  readonly origin: string;
  readonly channel: string;
  readonly left: boolean;
  /** Empty for the merchant's own. */
  readonly accent: string;
  /** `light`, `dark`, or empty for the system's. */
  readonly theme: string;
  readonly locale: string;
  /** After how many seconds the merchant's greeting is asked for; 0: never. */
  readonly greet: number;
  /** Lets the style element through a strict policy in browsers without constructed sheets. */
  readonly nonce: string;
}

const DEFAULT_ACCENT = "#0c6478";
const HEX = /^#[0-9a-f]{6}$/i;

/** Reads the attributes. Whatever is not exactly what it should be is left out: the page may be anybody's. */
export function readOptions(
  script: { readonly src: string; readonly dataset: DOMStringMap; readonly nonce?: string },
  language: string,
): WidgetOptions {
  const { channel = "", position, accent = "", theme = "", locale, greet } = script.dataset;
  return {
    origin: new URL(script.src).origin,
    channel,
    left: position === "left",
    accent: HEX.test(accent) ? accent : "",
    theme: /^(light|dark)$/.test(theme) ? theme : "",
    locale: localeOf(locale || language),
    greet: Number(greet) | 0,
    nonce: script.nonce ?? "",
  };
}

/** Address of the chat inside the widget's frame. */
export function frameAddress({ origin, channel, accent, theme, locale }: WidgetOptions): string {
  return `${origin}/chat?${new URLSearchParams({ channel, embed: "1", lang: locale, accent, theme })}`;
}

/** The interface language nearest to a wish. */
export function localeOf(wish: string): string {
  return wish.startsWith("zh") ? "zh-CN" : "en";
}

/** Colour of the launcher and of what is drawn on it: light on dark, dark on light. */
export function launcherColors(accent: string): { readonly fill: string; readonly ink: string } {
  const fill = accent || DEFAULT_ACCENT;
  const number = Number(`0x${fill.slice(1)}`);
  const brightness = (number >> 16) * 3 + ((number >> 8) & 255) * 6 + (number & 255);
  return { fill, ink: brightness > 1_600 ? "#141311" : "#fff" };
}

/** The launcher's few words. */
export function wordsFor(locale: string) {
  return locale === "en" ? { open, close, frame } : { open: zhOpen, close: zhClose, frame: zhFrame };
}
