"use client";

import { MessagesSquare } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useNow } from "@/components/ui/clock";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { Draft } from "@/lib/bot/draft-contracts";
import type { DraftDecision } from "./use-drafts";

const MINUTE_MS = 60_000;
/** Below it the time that is left stands out. */
const URGENT_MINUTES = 1;

function TimeLeft({ expiresAt }: { expiresAt: string }) {
  const t = useTranslations("desk.drafts");
  const minutes = Math.ceil((Date.parse(expiresAt) - useNow()) / MINUTE_MS);
  if (minutes <= 0) {
    return <Badge tone="danger">{t("late")}</Badge>;
  }
  return <Badge tone={minutes <= URGENT_MINUTES ? "warning" : "outline"}>{t("left", { minutes })}</Badge>;
}

export interface DraftCardProps {
  draft: Draft;
  onDecide: (decision: DraftDecision) => Promise<void>;
  onOpenConversation: () => void;
}

function useDecision({ draft, onDecide }: DraftCardProps) {
  const t = useTranslations("desk.drafts");
  const problemText = useProblemText();
  const [text, setText] = useState(draft.answer);
  const [busy, setBusy] = useState<DraftDecision["action"]>();
  const edited = text.trim() !== draft.answer.trim();

  async function decide(decision: DraftDecision): Promise<void> {
    setBusy(decision.action);
    try {
      await onDecide(decision);
      toast.success(decision.action === "reject" ? t("rejected") : t("sent"));
    } catch (error) {
      toast.error(problemText(error));
    } finally {
      setBusy(undefined);
    }
  }

  return {
    text,
    setText,
    busy,
    edited,
    send: () => decide(edited ? { action: "edit", text: text.trim() } : { action: "approve" }),
    reject: () => decide({ action: "reject" }),
  };
}

/** One waiting answer: what was asked, what the bot would say, and the three ways on. */
export function DraftCard(props: DraftCardProps) {
  const { draft, onOpenConversation } = props;
  const t = useTranslations("desk.drafts");
  const { text, setText, busy, edited, send, reject } = useDecision(props);
  const reasons = ["sensitive", "intent", "low_confidence", "amount"] as const;
  const reason = reasons.find((known) => known === draft.reason) ?? "intent";
  return (
    <Card className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="mr-auto font-medium">{draft.customerName ?? t("customer")}</h3>
        <Badge>{t(`reason.${reason}`)}</Badge>
        <TimeLeft expiresAt={draft.expiresAt} />
      </div>
      <div>
        <p className="text-ink-muted text-sm">{t("question")}</p>
        <p className="whitespace-pre-line break-words">{draft.question}</p>
      </div>
      <Field label={t("answer")}>
        {(control) => (
          <Textarea
            {...control}
            grow
            value={text}
            maxLength={5_000}
            className="min-h-24"
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {draft.sources.length > 0 ? (
        <p className="text-ink-subtle text-xs">{t("sources", { titles: draft.sources.join(" · ") })}</p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          loading={busy === "approve" || busy === "edit"}
          disabled={busy !== undefined || text.trim() === ""}
          onClick={() => void send()}
        >
          {edited ? t("sendEdited") : t("approve")}
        </Button>
        <Button loading={busy === "reject"} disabled={busy !== undefined} onClick={() => void reject()}>
          {t("reject")}
        </Button>
        <Button variant="ghost" onClick={onOpenConversation}>
          <MessagesSquare aria-hidden />
          {t("openConversation")}
        </Button>
      </div>
    </Card>
  );
}
