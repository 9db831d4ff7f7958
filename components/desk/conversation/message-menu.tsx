"use client";

import { Copy, Ellipsis, Languages, Quote, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { IconButton } from "@/components/ui/button";
import { useNow } from "@/components/ui/clock";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { Message } from "@/lib/conversations/schema";
import { useDesk } from "../desk-provider";
import { useQuote } from "./quoting";
import { ReactionItems } from "./reactions";

/** As long as the server allows it (lib/conversations/policy.ts), in milliseconds. */
const RECALL_WINDOW = 120_000;

function textOf(message: Message): string {
  return message.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

/** What can be done with its words. */
function WordItems({ text, onTranslate }: { text: string; onTranslate: () => void }) {
  const t = useTranslations("desk.thread");
  const common = useTranslations("common");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => toast.success(common("copied")),
      () => toast.error(common("copyFailed")),
    );
  return (
    <>
      <DropdownMenuItem onSelect={onTranslate}>
        <Languages aria-hidden />
        {t("translate")}
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={() => void copy()}>
        <Copy aria-hidden />
        {t("copy")}
      </DropdownMenuItem>
    </>
  );
}

/** What can be done with a message: answer with a sign, quote, translate, copy its words, take an own one back. */
export function MessageMenu({ message, onTranslate }: { message: Message; onTranslate: () => void }) {
  const t = useTranslations("desk.thread");
  const desk = useDesk();
  const problemText = useProblemText();
  const now = useNow();
  const own = message.author.kind === "agent" && message.author.id === desk.agent.id;
  const recallable = own && now - Date.parse(message.createdAt) < RECALL_WINDOW;
  const quote = useQuote();
  const text = textOf(message);
  if (message.recalledAt !== null) {
    return null;
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton
          label={t("actions")}
          size="sm"
          className="opacity-0 transition-opacity group-focus-within/message:opacity-100 group-hover/message:opacity-100 data-[state=open]:opacity-100 touch:opacity-100"
        >
          <Ellipsis aria-hidden />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <ReactionItems message={message} />
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => quote(message)}>
          <Quote aria-hidden />
          {t("quote")}
        </DropdownMenuItem>
        {text === "" ? null : <WordItems text={text} onTranslate={onTranslate} />}
        {recallable ? (
          <DropdownMenuItem
            onSelect={() =>
              void desk.threads
                .recall(message.conversationId, message.id)
                .catch((error: unknown) => toast.error(problemText(error)))
            }
          >
            <Undo2 aria-hidden />
            {t("recall")}
          </DropdownMenuItem>
        ) : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
