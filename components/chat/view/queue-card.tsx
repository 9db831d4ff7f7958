/** @jsxImportSource preact */
import type { VisitorConversation } from "@/lib/conversations/schema";
import { useChat } from "./chat-context";

/** Where the visitor stands in line, honestly, and a way out of it. */
export function QueueCard({ conversation }: { readonly conversation: VisitorConversation }) {
  const { open, t } = useChat();
  const { queue } = conversation;
  if (conversation.status !== "queued" || !queue) {
    return null;
  }
  const isAway = queue.agentsOnline === 0;
  const minutes = queue.estimateSeconds === null ? null : Math.max(1, Math.ceil(queue.estimateSeconds / 60));
  return (
    <section class="card queue" aria-live="polite">
      <div class="queue-text">
        <strong>
          {isAway
            ? t("queue.away")
            : t(queue.position <= 1 ? "queue.next" : "queue.position", { position: queue.position })}
        </strong>
        {!isAway && <span>{minutes === null ? t("queue.hint") : t("queue.estimate", { minutes })}</span>}
      </div>
      <button type="button" class={isAway ? "button button-strong" : "button"} onClick={() => open({ kind: "leave" })}>
        {t("queue.leave")}
      </button>
    </section>
  );
}
