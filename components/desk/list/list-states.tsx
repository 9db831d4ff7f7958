"use client";

import { CircleCheck, Handshake, Inbox, MessagesSquare, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { ConversationTab } from "@/lib/conversations/schema";
import { useDeskState } from "../desk-provider";
import { useGo } from "../use-place";
import { useSetPresence } from "../use-set-presence";
import { ROW_HEIGHT } from "./conversation-row";

const LINES = ["a", "b", "c", "d", "e", "f", "g"];

/** Holds the space of the rows while they load. */
export function ListSkeleton() {
  return (
    <div aria-hidden>
      {LINES.map((line) => (
        <div key={line} className="flex items-center gap-2.5 border-b border-line px-3" style={{ height: ROW_HEIGHT }}>
          <Skeleton className="size-10 rounded-full" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3.5 w-2/5" />
            <Skeleton className="h-3 w-4/5" />
          </div>
        </div>
      ))}
    </div>
  );
}

/** Says why nothing comes, with the one click that changes it. Above the list, in sight on every tab. */
export function OfflineNotice() {
  const t = useTranslations("desk.list.empty");
  const setPresence = useSetPresence();
  const offline = useDeskState((state) => state.presence) === "offline";
  return offline ? (
    <div className="flex shrink-0 items-center gap-3 border-b border-line bg-warning-soft px-3 py-2 text-sm text-warning-ink">
      <span className="min-w-0 flex-1">{t("mineOffline")}</span>
      <Button size="sm" variant="primary" onClick={() => setPresence("online")}>
        {t("goOnline")}
      </Button>
    </div>
  ) : null;
}

const ICONS = {
  mine: <Inbox aria-hidden />,
  involved: <Handshake aria-hidden />,
  queued: <Users aria-hidden />,
  all: <MessagesSquare aria-hidden />,
  ended: <CircleCheck aria-hidden />,
} as const;

/** Nothing in this tab: says why, and what to do next. */
export function EmptyTab({ tab }: { tab: ConversationTab }) {
  const t = useTranslations("desk.list.empty");
  const go = useGo();
  const waiting = useDeskState((state) => state.counts.queued) > 0;
  const action =
    tab === "mine" && waiting ? <Button onClick={() => go({ tab: "queued" })}>{t("showQueue")}</Button> : undefined;
  return <EmptyState icon={ICONS[tab]} title={t(tab)} body={t(`${tab}Hint`)} action={action} />;
}
