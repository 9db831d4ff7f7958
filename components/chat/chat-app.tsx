/** @jsxImportSource preact */
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { createTranslator } from "@/lib/i18n/translate";
import type { ChatPageData } from "./page-data";
import { INITIAL_STATE } from "./store/chat-state";
import type { ChatStore } from "./store/chat-store";
import { Banner } from "./view/banner";
import { type Chat, ChatContext, type Overlay, useChatState } from "./view/chat-context";
import { Composer } from "./view/composer";
import { Header } from "./view/header";
import { Overlays } from "./view/overlays";
import { QueueCard } from "./view/queue-card";
import { RatingCard } from "./view/rating-card";
import { Thread } from "./view/thread";
import { useFileDrop, useFiles } from "./view/use-files";

/** How long a short line stays, in milliseconds. */
const SAY_MS = 5_000;

interface ChatAppProps {
  readonly data: ChatPageData;
  /** Absent while the server renders. */
  readonly store: ChatStore | null;
  /** Closes the widget's window; absent on a page of its own. */
  readonly onClose?: () => void;
  /** True while the widget's window is open, or on a page of its own. */
  readonly shown?: boolean;
}

function useSnack() {
  const [snack, setSnack] = useState<string | null>(null);
  useEffect(() => {
    if (snack === null) {
      return;
    }
    const timer = setTimeout(() => setSnack(null), SAY_MS);
    return () => clearTimeout(timer);
  }, [snack]);
  return [snack, setSnack] as const;
}

function usePageVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const read = () => setVisible(document.visibilityState === "visible");
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, []);
  return visible;
}

/** Dropped files have an effect on the whole page, so they are caught here, below the context. */
function DropZone({ onFiles }: { readonly onFiles: (files: Iterable<File>) => void }) {
  const over = useFileDrop(onFiles);
  return over ? <div class="drop" aria-hidden="true" /> : null;
}

function Page({
  data,
  onClose,
  shown = true,
  store,
  snack,
  overlay,
}: ChatAppProps & { readonly snack: string | null; readonly overlay: Overlay | null }) {
  const state = useChatState(store, INITIAL_STATE);
  const field = useRef<HTMLTextAreaElement>(null);
  const sendFiles = useFiles();
  const latest = useRef(sendFiles);
  latest.current = sendFiles;
  const onFiles = useCallback((files: Iterable<File>) => latest.current(files), []);
  const visible = usePageVisible();
  useEffect(() => {
    // Inside a frame that is not the widget (the preview of the admin page) the page around it keeps the focus.
    if (data.embedded ? shown : parent === window) {
      if (matchMedia("(pointer: fine)").matches && document.activeElement === document.body) {
        field.current?.focus();
      }
    }
  }, [data.embedded, shown]);
  return (
    <main class="chat" aria-label={data.channel.name}>
      <Header state={state} onClose={onClose ?? null} />
      <Banner state={state} />
      <Thread state={state} visible={visible && shown}>
        <RatingCard state={state} />
      </Thread>
      <ol id="early" class="rows early" />
      <div class="snack-place" role="alert">
        {snack && <p class="snack">{snack}</p>}
      </div>
      {state.conversation && <QueueCard conversation={state.conversation} />}
      <Composer state={state} field={field} onFiles={onFiles} />
      <DropZone onFiles={onFiles} />
      <Overlays overlay={overlay} />
    </main>
  );
}

/** The visitor's chat: the same on the server, in a page of its own and in the widget. */
export function ChatApp(props: ChatAppProps) {
  const { data, store } = props;
  const [snack, say] = useSnack();
  const [overlay, open] = useState<Overlay | null>(null);
  const chat = useMemo<Chat>(
    () => ({
      data,
      store,
      t: createTranslator(data.locale, data.messages),
      open,
      say,
      focusComposer: () => document.querySelector<HTMLTextAreaElement>("#composer textarea")?.focus(),
    }),
    [data, store, say],
  );
  return (
    <ChatContext.Provider value={chat}>
      <Page {...props} snack={snack} overlay={overlay} />
    </ChatContext.Provider>
  );
}
