"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef } from "react";
import { Spinner } from "@/components/ui/spinner";
import type { ConversationSummary, ConversationTab } from "@/lib/conversations/schema";
import { addressOf } from "../address";
import { useDesk, useDeskState } from "../desk-provider";
import { useGo, usePlace } from "../use-place";
import { ConversationRow, ROW_HEIGHT } from "./conversation-row";
import { useSelection } from "./selection";

/** How near to the end the next page is asked for, in rows. */
const LOAD_AHEAD = 12;
/** What the server renders before it knows the window's height. */
const FIRST_HEIGHT = 12 * ROW_HEIGHT;

/** Virtual rows: asks for the next page near the end, and shows the chosen row when the choice changes. */
function useVirtualRows(tab: ConversationTab, rows: readonly ConversationSummary[], chosenId: string | undefined) {
  const desk = useDesk();
  const more = useDeskState((state) => state.tabs[tab].nextCursor !== null);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length + (more ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? "more",
    initialRect: { width: 0, height: FIRST_HEIGHT },
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - LOAD_AHEAD) {
      desk.list.loadMore(tab);
    }
  }, [desk, tab, more, last, rows.length]);

  // j and k may choose a row out of sight. Only a change of the choice scrolls: a row that moves up on its own does not.
  const chosen = useRef<string>(undefined);
  useEffect(() => {
    const index = rows.findIndex(({ id }) => id === chosenId);
    if (chosen.current !== chosenId && index >= 0) {
      virtual.scrollToIndex(index, { align: "auto" });
    }
    chosen.current = chosenId;
  }, [chosenId, rows, virtual]);
  return { scroller, items, height: virtual.getTotalSize() };
}

function LoadingRow() {
  const t = useTranslations("desk.list");
  return (
    <span className="flex h-full items-center justify-center">
      <Spinner silent />
      <span className="sr-only">{t("loadingMore")}</span>
    </span>
  );
}

/** The rows of a tab. Only those in sight are in the page, so ten thousand scroll like ten. */
export function ConversationRows({ tab, rows }: { tab: ConversationTab; rows: readonly ConversationSummary[] }) {
  const t = useTranslations("desk.list");
  const desk = useDesk();
  const place = usePlace();
  const go = useGo();
  const { scroller, items, height } = useVirtualRows(tab, rows, place.conversationId);
  const selection = useSelection();
  const { active, toggle } = selection;
  const open = useCallback(
    (conversationId: string) => (active ? toggle(conversationId) : go({ conversationId })),
    [active, toggle, go],
  );
  const near = useCallback((conversationId: string) => void desk.threads.load(conversationId), [desk]);
  return (
    <div ref={scroller} className="h-full overflow-y-auto overscroll-contain">
      <ul aria-label={t("label")} className="relative" style={{ height }}>
        {items.map((item) => {
          const row = rows[item.index];
          return (
            <li
              key={item.key}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0"
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {row === undefined ? (
                <LoadingRow />
              ) : (
                <ConversationRow
                  row={row}
                  selected={row.id === place.conversationId}
                  chosen={active ? selection.ids.has(row.id) : undefined}
                  mine={row.assignee?.id === desk.agent.id}
                  href={addressOf({ ...place, tab, conversationId: row.id })}
                  onOpen={open}
                  onNear={near}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
