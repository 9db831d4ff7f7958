"use client";

import { Ear } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Message } from "@/lib/conversations/schema";
import { useDesk, useDeskState } from "../desk-provider";

/** Advice for this agent that they have neither put away nor answered the customer after. */
function standingWhisper(messages: readonly Message[], agentId: string): Message | undefined {
  const last = messages.findLast(
    ({ parts, recalledAt }) =>
      recalledAt === null && parts.some((part) => part.type === "whisper" && part.agentId === agentId),
  );
  const answered = messages.some(
    ({ seq, author, visibility }) => seq > (last?.seq ?? 0) && author.id === agentId && visibility === "public",
  );
  return answered ? undefined : last;
}

/** What a supervisor advises, over the field where the reply is being written. The customer never sees it. */
export function WhisperCard({ conversationId, onUse }: { conversationId: string; onUse: (text: string) => void }) {
  const t = useTranslations("desk.whisper");
  const { agent } = useDesk();
  const messages = useDeskState((state) => state.threads.get(conversationId)?.messages);
  const [dismissed, setDismissed] = useState(0);
  const whisper = standingWhisper(messages ?? [], agent.id);
  if (whisper === undefined || whisper.seq <= dismissed) {
    return null;
  }
  const text = whisper.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
  return (
    <section
      aria-label={t("from", { name: whisper.author.name ?? "" })}
      className="mb-2 flex flex-wrap items-start gap-x-3 gap-y-1.5 rounded-md border border-note-line bg-note-soft px-3 py-2 text-sm text-note-ink"
    >
      <Ear aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="text-xs font-medium">{t("from", { name: whisper.author.name ?? "" })}</p>
        <p className="max-h-24 overflow-y-auto whitespace-pre-wrap break-words text-ink">{text}</p>
      </div>
      <div className="flex shrink-0 gap-1">
        <Button size="sm" onClick={() => onUse(text)}>
          {t("use")}
        </Button>
        <Button size="sm" variant="ghost" onClick={() => setDismissed(whisper.seq)}>
          {t("dismiss")}
        </Button>
      </div>
    </section>
  );
}
