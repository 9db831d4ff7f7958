/** @jsxImportSource preact */
import { hydrate, render } from "preact";
import type { Message } from "@/lib/conversations/schema";
import { createTranslator } from "@/lib/i18n/translate";
import { ChatApp } from "./chat-app";
import { type EarlyRequest, takeEarlyRequests } from "./early-requests";
import { linkFrame, readContext } from "./embed/frame-link";
import { keptSession } from "./embed/kept-session";
import type { ChatPageData, VisitorIdentity } from "./page-data";
import { ChatStore } from "./store/chat-store";
import { newClientId } from "./store/client-id";
import { type PageContext, VisitorSession } from "./store/visitor-session";
import { browserStore, type KeyValueStore } from "./store/visitor-storage";
import { REALTIME_AUTH_PATH } from "./transport/endpoints";
import { createRequester } from "./transport/request";
import { createUploader } from "./transport/upload";

const TICK_MS = 1_000;
const PREVIEW_LENGTH = 90;

function createStore(data: ChatPageData, kept: KeyValueStore, onIncoming: (message: Message) => void): ChatStore {
  const session = new VisitorSession(data.channel.id, data.locale, kept);
  const { token } = session;
  return new ChatStore({
    session,
    request: createRequester({ token, locale: data.locale }),
    upload: createUploader({ token, locale: data.locale }),
    connect: async (settings, handlers) => {
      const { connectPusher } = await import("./transport/pusher-connection");
      return connectPusher(settings, handlers, { address: REALTIME_AUTH_PATH, token });
    },
    newClientId,
    onIncoming,
  });
}

/** The browser's own news: back online, back in front. */
function followBrowser(store: ChatStore): void {
  addEventListener("online", () => store.setOnline(true));
  addEventListener("offline", () => store.setOnline(false));
  addEventListener("pageshow", (event) => event.persisted && store.wake());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && store.wake());
  setInterval(() => store.tick(), TICK_MS);
  if (!navigator.onLine) {
    store.setOnline(false);
  }
}

/** iOS draws the keyboard over the page instead of making it smaller: the page takes the height that is left. */
function followKeyboard(): void {
  const viewport = window.visualViewport;
  if (!viewport) {
    return;
  }
  const fit = () => {
    document.documentElement.style.setProperty("--viewport-height", `${Math.round(viewport.height)}px`);
    if (viewport.offsetTop > 0 && viewport.scale === 1) {
      scrollTo(0, 0);
    }
  };
  viewport.addEventListener("resize", fit);
  viewport.addEventListener("scroll", fit);
}

function begin(
  store: ChatStore,
  early: readonly EarlyRequest[],
  identity: VisitorIdentity | null,
  context: PageContext,
): void {
  void store.start(identity, context).then(() => {
    if (early.some((request) => "handoff" in request)) {
      return store.requestAgent().catch(() => undefined);
    }
    return undefined;
  });
}

function ownContext(): PageContext {
  const address = new URL(location.href);
  address.searchParams.delete("signature");
  return readContext({ url: address.href, title: document.title, referrer: document.referrer });
}

function previewOf(message: Message, t: (key: string) => string): { author: string; text: string } | undefined {
  const part = message.parts.find((each) => each.type !== "choices" && each.type !== "citation");
  if (!part || part.type === "notice") {
    return undefined;
  }
  const text = "text" in part ? part.text : "name" in part ? part.name : "";
  const author = message.author.kind === "bot" ? t("bot") : (message.author.name ?? t("agent"));
  return { author, text: text.replace(/\s+/g, " ").slice(0, PREVIEW_LENGTH) };
}

function startEmbedded(data: ChatPageData, root: HTMLElement, early: readonly EarlyRequest[]): void {
  const t = createTranslator(data.locale, data.messages);
  let shown = true;
  const kept = keptSession(data.channel.id, (value) => speak({ yingda: "keep", value }));
  const store = createStore(data, kept.store, (message) => {
    const preview = shown ? undefined : previewOf(message, t);
    if (preview) {
      speak({ yingda: "message", ...preview });
    }
  });
  const draw = () => <ChatApp data={data} store={store} shown={shown} onClose={() => speak({ yingda: "close" })} />;
  hydrate(draw(), root);
  followBrowser(store);
  for (const request of early) {
    if ("text" in request) {
      store.send(request.text);
    }
  }
  let count = 0;
  store.box.subscribe(() => {
    if (store.box.state.unread !== count) {
      count = store.box.state.unread;
      speak({ yingda: "unread", count });
    }
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], details[open]")) {
      speak({ yingda: "close" });
    }
  });
  const speak = linkFrame({
    onHello: async (hello) => {
      await kept.ready();
      begin(store, early, hello?.identity ?? data.identity, hello ? readContext(hello.context) : ownContext());
    },
    onKept: kept.take,
    onVisible: (visible) => {
      shown = visible;
      render(draw(), root);
    },
    onContext: (context) => store.setContext(context),
  });
}

function startPage(data: ChatPageData, root: HTMLElement, early: readonly EarlyRequest[]): void {
  const store = createStore(
    data,
    browserStore(() => localStorage),
    () => undefined,
  );
  hydrate(<ChatApp data={data} store={store} />, root);
  followBrowser(store);
  for (const request of early) {
    if ("text" in request) {
      store.send(request.text);
    }
  }
  begin(store, early, data.identity, ownContext());
}

const root = document.getElementById("chat");
const source = document.getElementById("chat-data");
if (root && source?.textContent) {
  const data = JSON.parse(source.textContent) as ChatPageData;
  followKeyboard();
  const start = data.embedded && parent !== window ? startEmbedded : startPage;
  start(data, root, takeEarlyRequests());
}
