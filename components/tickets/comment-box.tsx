"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { commentOnTicket } from "@/lib/tickets/contracts";
import { COMMENT_MAX } from "@/lib/tickets/schema";

/** A comment for colleagues. What could not be sent stays in the field, with the reason. */
export function CommentBox({ ticketId, onSent }: { ticketId: string; onSent: () => Promise<void> }) {
  const t = useTranslations("tickets.page");
  const { call, explain } = useRequest();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const said = text.trim();

  async function send(): Promise<void> {
    if (said === "" || busy) {
      return;
    }
    setBusy(true);
    setProblem("");
    try {
      await call(commentOnTicket, { params: { id: ticketId }, body: { text: said } });
      setText("");
      await onSent();
    } catch (error) {
      setProblem(explain(error));
    } finally {
      setBusy(false);
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void send();
    }
  }

  return (
    <div className="flex flex-col gap-2">
      <Field label={t("comment")} error={problem}>
        {(control) => (
          <Textarea
            {...control}
            grow
            rows={2}
            maxLength={COMMENT_MAX}
            placeholder={t("commentHint")}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <Button variant="primary" className="self-end" loading={busy} disabled={said === ""} onClick={() => void send()}>
        {t("send")}
      </Button>
    </div>
  );
}
