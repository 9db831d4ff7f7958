"use client";

import { NotificationBell } from "@/components/notifications/notification-bell";
import { useDeskState } from "./desk-provider";
import { useGo } from "./use-place";

/** The bell of the desk: kept up to date by the live connection. */
export function DeskBell() {
  const signal = useDeskState((state) => state.notificationsChanged);
  const go = useGo();
  return (
    <NotificationBell
      signal={signal}
      onOpen={({ conversationId, seq }) =>
        conversationId !== null && go({ conversationId, at: seq ?? undefined, query: "", filters: undefined })
      }
    />
  );
}
