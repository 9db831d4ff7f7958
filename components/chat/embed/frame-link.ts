import type { PageContext } from "../store/visitor-session";
import type { FromFrame, ToFrame } from "./frame-protocol";

/** How long the frame waits for the page around it to say who the visitor is, in milliseconds. */
const HELLO_MS = 1_500;

/** Origin of the page around the frame; undefined when the browser does not tell. */
function parentOrigin(): string | undefined {
  const origin = location.ancestorOrigins?.[0];
  if (origin) {
    return origin;
  }
  try {
    return document.referrer ? new URL(document.referrer).origin : undefined;
  } catch {
    return undefined;
  }
}

function shortText(value: unknown, limit: number): string | undefined {
  return typeof value === "string" ? value.slice(0, limit) : undefined;
}

/** What an address says of the advertisement or mail that led to it. */
function campaignOf(url: string): Pick<PageContext, "campaign"> {
  const query = URL.canParse?.(url) ? new URL(url).searchParams : new URLSearchParams();
  const said = (name: string) => query.get(`utm_${name}`)?.slice(0, 200);
  const [source, medium, name] = [said("source"), said("medium"), said("campaign")];
  return source || medium || name
    ? { campaign: { ...(source && { source }), ...(medium && { medium }), ...(name && { name }) } }
    : {};
}

/** What the browser says of itself. */
function deviceFacts(): PageContext {
  return {
    userAgent: navigator.userAgent.slice(0, 400),
    language: navigator.language.slice(0, 35),
    screen: `${screen.width}×${screen.height}`,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** Most pages of a visit that the server takes. */
const PAGES_MOST = 20;

/** How the visitor came, and over which pages, as the page around remembers it (components/chat/widget/visit.ts). */
export function readVisit(value: unknown): PageContext {
  const looks = (Array.isArray(value) ? value : []).flatMap((look: unknown) => {
    const [address, title, at, from] = Array.isArray(look) ? (look as readonly unknown[]) : [];
    const [url, referrer] = [shortText(address, 2_000), shortText(from, 2_000)];
    return url && typeof at === "number" ? [{ url, title: shortText(title, 300) ?? "", at, referrer }] : [];
  });
  const [first] = looks;
  // Each page once, where it was looked at last.
  const last = new Map(looks.map(({ referrer: _, ...page }) => [page.url, page]));
  const pages = [...last.values()].sort((one, other) => one.at - other.at).slice(-PAGES_MOST);
  return {
    ...(first && campaignOf(first.url)),
    ...(first?.referrer && { referrer: first.referrer }),
    ...(pages.length > 0 && { pages }),
  };
}

/** A context from outside: only texts, cut to what the server takes. */
export function readContext(value: unknown): PageContext {
  const given = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const visit = readVisit(given["visit"]);
  const [url, title, referrer] = [
    // The widget is where it looked last.
    shortText(given["url"], 2_000) ?? visit.pages?.at(-1)?.url,
    shortText(given["title"], 300),
    shortText(given["referrer"], 2_000),
  ];
  return {
    ...(url && { url, ...campaignOf(url) }),
    ...(title && { title }),
    ...(referrer && { referrer }),
    ...visit,
    ...(given["greeted"] === true && { greeted: true }),
    ...deviceFacts(),
  };
}

export interface FrameHandlers {
  readonly onHello: (hello: Extract<ToFrame, { yingda: "hello" }> | undefined) => void;
  readonly onVisible: (visible: boolean) => void;
  readonly onContext: (context: PageContext) => void;
  readonly onKept: (value: string | null) => void;
}

/**
 * The frame's end of the talk with the page around it. Listens to that window and that origin only, and speaks to no
 * other.
 *
 * @returns the function to speak with
 */
export function linkFrame(handlers: FrameHandlers): (message: FromFrame) => void {
  let origin = parentOrigin();
  let greeted = false;
  const greet = (hello: Extract<ToFrame, { yingda: "hello" }> | undefined) => {
    if (!greeted) {
      greeted = true;
      handlers.onHello(hello);
    }
  };
  addEventListener("message", (event: MessageEvent<ToFrame>) => {
    if (event.source !== parent || (origin !== undefined && event.origin !== origin)) {
      return;
    }
    origin ??= event.origin;
    switch (event.data?.yingda) {
      case "hello":
        greet(event.data);
        handlers.onVisible(event.data.visible !== false);
        handlers.onContext(readContext(event.data.context));
        break;
      case "visible":
        handlers.onVisible(event.data.visible === true);
        break;
      case "context":
        handlers.onContext(readContext(event.data.context));
        break;
      case "kept":
        handlers.onKept(shortText(event.data.value, 2_000) ?? null);
        break;
      default:
        break;
    }
  });
  // Nothing private is in it, so it may go out before the other side is known.
  parent.postMessage({ yingda: "ready" } satisfies FromFrame, origin ?? "*");
  setTimeout(() => greet(undefined), HELLO_MS);
  return (message) => {
    if (origin !== undefined) {
      parent.postMessage(message, origin);
    }
  };
}
