import { type Greeting, greetWhenDue } from "./greeter";
import { addPreview } from "./preview";
import { noteVisit } from "./visit";
import type { Widget } from "./widget";

/** How often is looked whether the visitor moved on, in milliseconds. */
const LOOK_MS = 1_000;

type Api = (command: string, extension: (widget: Widget) => void) => void;

/**
 * Keeps for a frame what its browser does not let it keep: on other sites than the chat's own, storage is often closed,
 * and the visitor would be a stranger again on the next page. Only the token of a visitor who is not signed in.
 */
function keepFor(widget: Widget): void {
  const { origin, channel } = widget.options;
  const key = `yingda:visitor:${channel}`;
  const tell = () => {
    let value: string | null = null;
    try {
      value = localStorage.getItem(key);
    } catch {
      // Then nothing is kept.
    }
    widget.speak({ yingda: "kept", value });
  };
  addEventListener("message", ({ source, origin: from, data }) => {
    if (widget.frame && source === widget.frame.contentWindow && from === origin && data?.yingda === "keep") {
      try {
        if (typeof data.value === "string") {
          localStorage.setItem(key, data.value);
        } else {
          localStorage.removeItem(key);
        }
      } catch {
        // Then the next page begins anew.
      }
    }
  });
  widget.execute(["on", "ready", tell]);
  tell();
}

/**
 * What the widget needs only once there is something to say: messages beside the launcher, the page that the visitor
 * moves on to, the merchant's greeting. Loaded when the chat is opened, or when the merchant greets.
 */
function extend(widget: Widget): void {
  const show = addPreview(widget);
  let address = location.href;
  // A page that was loaded began when it was loaded; one of a single-page site when its address changed.
  let since = 0;
  let greeting: Greeting | undefined;
  widget.execute(["on", "message", show]);
  const remember = () => {
    try {
      sessionStorage["yingda"] = "1";
    } catch {
      // Then the next page begins anew.
    }
  };
  widget.execute(["on", "open", remember]);
  keepFor(widget);
  if (widget.state.isOpen) {
    remember();
  }
  widget.greet = (told) => {
    greeting = told;
  };
  setInterval(() => {
    if (location.href !== address) {
      address = location.href;
      since = performance.now();
      widget.visit = noteVisit();
      widget.execute(["track"]);
    }
    if (greeting && greetWhenDue(widget, greeting, { address, since, now: performance.now() }, show)) {
      greeting = undefined;
    }
  }, LOOK_MS);
  if (widget.options.greet && !widget.state.wasOpen) {
    const { origin, channel, locale } = widget.options;
    const words = document.createElement("script");
    words.nonce = widget.options.nonce;
    words.src = `${origin}/chat/greeting?${new URLSearchParams({ channel, lang: locale })}`;
    document.head.appendChild(words);
  }
}

(window as unknown as { Yingda: Api }).Yingda("extend", extend);
