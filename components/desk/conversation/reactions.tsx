"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { cn } from "@/components/ui/class-names";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { Tooltip } from "@/components/ui/tooltip";
import { reactToMessage } from "@/lib/conversations/reaction-contracts";
import type { Message } from "@/lib/conversations/schema";
import { REACTION_SIGNS, type ReactionSign } from "@/lib/core/reaction-signs";
import { useDesk } from "../desk-provider";

/** Puts a sign on a message, or takes one's own away. */
function useReact(message: Message): { mine: ReadonlySet<string>; react: (sign: ReactionSign) => void } {
  const desk = useDesk();
  const problemText = useProblemText();
  const mine = new Set(
    (message.reactions ?? []).filter(({ agentId }) => agentId === desk.agent.id).map(({ sign }) => sign),
  );
  return {
    mine,
    react(sign) {
      const params = { id: message.conversationId, messageId: message.id };
      desk
        .call(reactToMessage, { params, body: { sign, on: !mine.has(sign) } })
        .then((changed) => desk.threads.take(message.conversationId, [changed]))
        .catch((error: unknown) => toast.error(problemText(error)));
    },
  };
}

/** The signs to choose from, at the top of a message's menu. */
export function ReactionItems({ message }: { message: Message }) {
  const t = useTranslations("desk.thread");
  const { mine, react } = useReact(message);
  return (
    <fieldset className="flex">
      <legend className="sr-only">{t("react")}</legend>
      {REACTION_SIGNS.map((sign) => (
        <DropdownMenuItem
          key={sign}
          aria-label={t(mine.has(sign) ? "reactOff" : "reactOn", { sign })}
          onSelect={() => react(sign)}
          className={cn("min-w-8 flex-1 justify-center px-1.5 text-base", mine.has(sign) && "bg-selected")}
        >
          {sign}
        </DropdownMenuItem>
      ))}
    </fieldset>
  );
}

/** The signs that a message was answered with; a click adds one's own or takes it away. */
export function ReactionChips({ message }: { message: Message }) {
  const t = useTranslations("desk.thread");
  const { mine, react } = useReact(message);
  const given = REACTION_SIGNS.flatMap((sign) => {
    const names = (message.reactions ?? []).flatMap((each) =>
      each.sign === sign ? [each.visitor ? t("reactionCustomer") : each.name] : [],
    );
    return names.length === 0 ? [] : [{ sign, names }];
  });
  return given.length === 0 ? null : (
    <ul aria-label={t("reactions")} className="flex flex-wrap gap-1">
      {given.map(({ sign, names }) => (
        <li key={sign}>
          <Tooltip content={names.join("、")}>
            <button
              type="button"
              aria-pressed={mine.has(sign)}
              aria-label={t("reactedBy", { sign, names: names.join("、") })}
              onClick={() => react(sign)}
              className={cn(
                "inline-flex h-6 items-center gap-1 rounded-full border border-line bg-surface px-2 text-xs tabular-nums hover:bg-hover touch:h-8",
                mine.has(sign) && "border-accent bg-selected text-accent-ink",
              )}
            >
              <span aria-hidden>{sign}</span>
              <span aria-hidden>{names.length}</span>
            </button>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}
