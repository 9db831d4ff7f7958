"use client";

import { useRouter } from "next/navigation";
import { NotificationBell } from "@/components/notifications/notification-bell";
import { pageOf } from "@/components/notifications/notification-line";
import { useDeskState } from "./desk-provider";
import { useGo } from "./use-place";

/** The bell of the desk: kept up to date by the live connection. */
export function DeskBell() {
  const signal = useDeskState((state) => state.notificationsChanged);
  const go = useGo();
  const router = useRouter();
  return (
    <NotificationBell
      signal={signal}
      onOpen={(item) => {
        const { conversationId, seq } = item;
        const page = pageOf(item);
        if (page !== undefined) {
          router.push(page);
        } else if (conversationId !== null) {
          go({ conversationId, at: seq ?? undefined, query: "", filters: undefined });
        }
      }}
    />
  );
}
