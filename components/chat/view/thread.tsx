/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useMemo } from "preact/hooks";
import type { ChatState } from "../store/chat-state";
import { useChat } from "./chat-context";
import { DownIcon } from "./icons";
import { ThreadRow, TypingRow } from "./thread-rows";
import { timelineOf } from "./timeline";
import { useStickToEnd } from "./use-stick-to-end";
import { Welcome } from "./welcome";

interface ThreadProps {
  readonly state: ChatState;
  /** True while the page itself can be seen. */
  readonly visible: boolean;
  /** What stands after the last message: the rating. */
  readonly children?: ComponentChildren;
}

function Older({ state }: { readonly state: ChatState }) {
  const { store, t } = useChat();
  const load = () => void store?.loadOlder().catch(() => undefined);
  return (
    <button type="button" class="older" disabled={state.loadingOlder} onClick={load}>
      {t(state.loadingOlder ? "thread.loadingOlder" : "thread.older")}
    </button>
  );
}

/** The conversation. A log for screen readers: what comes in is read out once. */
export function Thread({ state, visible, children }: ThreadProps) {
  const { store, t } = useChat();
  const rows = useMemo(() => timelineOf(state), [state]);
  const onTop = useCallback(() => void store?.loadOlder().catch(() => undefined), [store]);
  const { scroller, content, atEnd, jump, onScroll } = useStickToEnd({
    firstKey: state.messages[0]?.id,
    ownKey: state.outbox.at(-1)?.clientId,
    onTop,
  });
  useEffect(() => store?.setAttentive(visible && atEnd), [store, visible, atEnd]);
  const isEmpty = rows.length === 0;
  const offline = state.link === "offline";
  return (
    <div class="thread-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <div class="thread" ref={scroller} onScroll={onScroll} tabIndex={0} role="log" aria-label={t("thread.label")}>
        <div class="thread-content" ref={content}>
          {state.hasMore ? <Older state={state} /> : <Welcome withQuestions={isEmpty} greeted={state.greeted} />}
          <ol class="rows">
            {rows.map((row) => (
              <ThreadRow key={row.key} row={row} offline={offline} />
            ))}
            <TypingRow state={state} />
          </ol>
          {children}
        </div>
      </div>
      {!atEnd && (
        <button type="button" class="jump" onClick={jump}>
          <span class="hidden">
            {state.unread > 0 ? t("thread.jumpUnread", { count: state.unread }) : t("thread.jump")}
          </span>
          <DownIcon />
          {state.unread > 0 && (
            <span class="jump-count" aria-hidden="true">
              {state.unread > 99 ? "99+" : state.unread}
            </span>
          )}
        </button>
      )}
    </div>
  );
}
