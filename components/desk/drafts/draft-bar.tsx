"use client";

import { BadgeCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { useGo } from "../use-place";
import { DraftCard } from "./draft-card";
import { useDrafts } from "./use-drafts";

/** A line across the top of the desk while answers of the bot wait for an agent, and the sheet where they are decided. */
export function DraftBar() {
  const t = useTranslations("desk.drafts");
  const { drafts, decide } = useDrafts();
  const [open, setOpen] = useState(false);
  const go = useGo();
  return (
    <>
      <div aria-live="polite">
        {drafts.length > 0 ? (
          <div className="flex flex-wrap items-center justify-center gap-3 border-line border-b bg-info-soft px-4 py-1.5 text-info-ink text-sm">
            {t("waiting", { count: drafts.length })}
            <Button size="sm" variant="primary" onClick={() => setOpen(true)}>
              <BadgeCheck aria-hidden />
              {t("open")}
            </Button>
          </div>
        ) : null}
      </div>
      <Sheet open={open} onOpenChange={setOpen}>
        <SheetContent title={t("title")} className="sm:max-w-lg">
          <div className="flex flex-col gap-3 p-4">
            <p className="text-ink-muted text-sm">{t("description")}</p>
            {drafts.length === 0 ? <EmptyState icon={<BadgeCheck aria-hidden />} title={t("none")} /> : null}
            {drafts.map((draft) => (
              <DraftCard
                key={draft.id}
                draft={draft}
                onDecide={(decision) => decide(draft.id, decision)}
                onOpenConversation={() => {
                  setOpen(false);
                  go({ conversationId: draft.conversationId });
                }}
              />
            ))}
          </div>
        </SheetContent>
      </Sheet>
    </>
  );
}
