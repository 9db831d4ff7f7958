"use client";

import { CirclePlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { RichDialog } from "./rich-dialog";
import type { SendingFacts } from "./use-reply-allowance";
import type { RichKind } from "./use-rich-form";

/** What may be sent beside words and files: nothing is shown on channels that have nothing of it. */
export function RichMenu({ conversationId, facts }: { conversationId: string; facts: SendingFacts }) {
  const t = useTranslations("desk.rich");
  const [kind, setKind] = useState<RichKind>();
  const kinds: readonly RichKind[] = [...facts.cards, ...(facts.templates ? (["template"] as const) : [])];
  if (kinds.length === 0) {
    return null;
  }
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("open")}>
            <CirclePlus aria-hidden />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" side="top">
          {kinds.map((each) => (
            <DropdownMenuItem key={each} onSelect={() => setKind(each)}>
              {t(each)}
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
      <RichDialog conversationId={conversationId} kind={kind} onClose={() => setKind(undefined)} />
    </>
  );
}

/** The way out when the platform takes no more replies: a template message, where the channel has some. */
export function TemplateOffer({ conversationId, facts }: { conversationId: string; facts: SendingFacts }) {
  const t = useTranslations("desk.rich");
  const [open, setOpen] = useState(false);
  return facts.templates ? (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("offerTemplate")}
      </Button>
      <RichDialog conversationId={conversationId} kind={open ? "template" : undefined} onClose={() => setOpen(false)} />
    </>
  ) : null;
}
