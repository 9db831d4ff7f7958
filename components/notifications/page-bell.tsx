"use client";

import { NotificationBell } from "./notification-bell";
import { pageOf } from "./notification-line";

/** The bell on pages other than the desk: a notification opens the desk at its place. */
export function PageBell() {
  return (
    <span className="flex">
      <NotificationBell
        onOpen={(item) => {
          const { conversationId, seq } = item;
          const page = pageOf(item);
          if (page !== undefined) {
            window.location.assign(page);
            return;
          }
          const search = new URLSearchParams();
          if (conversationId !== null) {
            search.set("c", conversationId);
          }
          if (seq !== null) {
            search.set("at", String(seq));
          }
          window.location.assign(`/desk?${search.toString()}`);
        }}
      />
    </span>
  );
}
