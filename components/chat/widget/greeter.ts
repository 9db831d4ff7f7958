import type { Widget } from "./widget";

/** What the server tells of a merchant's greeting; nothing where there is none now. */
export interface Greeting {
  readonly author: string;
  readonly text: string;
  /** How long a visitor has been on a page, in seconds. */
  readonly afterSeconds: number;
  /** Pages on which it is shown, `*` for anything; empty: everywhere. */
  readonly pages: readonly string[];
}

const STORED = "yingda:greeted";

/** Whether an address is one of these pages: a path (`/cart*`), or with its host (`shop.example/cart*`). */
export function isOneOf(pages: readonly string[], address: string): boolean {
  const { host, pathname, search } = new URL(address);
  return (
    pages.length === 0 ||
    pages.some((page) => {
      const wanted = page.replace(/^https?:\/\//, "");
      const parts = wanted.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
      const pattern = new RegExp(`^${parts.join(".*")}$`);
      const [withHost, path] = [host + pathname, wanted.startsWith("/") ? pathname : host + pathname];
      return pattern.test(path) || pattern.test(path + search) || pattern.test(withHost);
    })
  );
}

/** Once a day, as far as the browser remembers. */
function takeToday(): boolean {
  const today = new Date().toDateString();
  try {
    if (localStorage.getItem(STORED) === today) {
      return false;
    }
    localStorage.setItem(STORED, today);
  } catch {
    // A browser that keeps nothing is greeted once a page.
  }
  return true;
}

/**
 * Greets when the visitor has been long enough on a page that the merchant meant. Asked once a second.
 *
 * @param since when this page began, in milliseconds as `now`
 * @returns true when it is over: greeted now, today already, or the chat was opened by itself
 */
export function greetWhenDue(
  widget: Pick<Widget, "state" | "extra">,
  greeting: Greeting,
  here: { readonly address: string; readonly since: number; readonly now: number },
  show: (message: Greeting) => void,
): boolean {
  if (widget.state.isOpen || widget.state.wasOpen) {
    return true;
  }
  if (here.now - here.since < greeting.afterSeconds * 1_000 || !isOneOf(greeting.pages, here.address)) {
    return false;
  }
  if (takeToday()) {
    widget.extra = { ...widget.extra, greeted: true };
    show(greeting);
  }
  return true;
}
