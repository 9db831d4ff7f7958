"use client";

import { AlarmClock, AlarmClockOff, Flag, Languages } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  DropdownMenuItem,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSub,
  DropdownMenuSubContent,
  DropdownMenuSubTrigger,
} from "@/components/ui/dropdown-menu";
import { DateTime } from "@/components/ui/relative-time";
import type { ConversationSummary } from "@/lib/conversations/schema";
import { snoozeTimes } from "./snooze-times";
import type { ConversationActions } from "./use-conversation-actions";

const PRIORITIES = ["0", "1", "2", "3"] as const;

function SnoozeItems({ actions }: { actions: ConversationActions }) {
  const t = useTranslations("desk.conversation");
  return (
    <DropdownMenuSub>
      <DropdownMenuSubTrigger>
        <AlarmClock aria-hidden />
        {t("snooze")}
      </DropdownMenuSubTrigger>
      <DropdownMenuSubContent>
        {snoozeTimes(new Date()).map(({ choice, until }) => (
          <DropdownMenuItem
            key={choice}
            trailing={<DateTime date={until.getTime()} />}
            onSelect={() => actions.snooze(until.toISOString())}
          >
            {t(choice)}
          </DropdownMenuItem>
        ))}
        <DropdownMenuItem onSelect={() => actions.snooze(null)}>{t("untilReply")}</DropdownMenuItem>
      </DropdownMenuSubContent>
    </DropdownMenuSub>
  );
}

/** When a conversation is to be worked on: put aside, taken up again, more or less urgent. Lines of a menu. */
export function TriageMenu({ row, actions }: { row: ConversationSummary; actions: ConversationActions }) {
  const t = useTranslations("desk.conversation");
  const words = useTranslations("desk.translation");
  const { can } = actions;
  return (
    <>
      {can.snooze ? <SnoozeItems actions={actions} /> : null}
      {can.wake ? (
        <DropdownMenuItem onSelect={actions.wake}>
          <AlarmClockOff aria-hidden />
          {t("wake")}
        </DropdownMenuItem>
      ) : null}
      {can.translate ? (
        <DropdownMenuItem onSelect={() => actions.translate(!row.translates)}>
          <Languages aria-hidden />
          {words(row.translates ? "turnOff" : "turnOn")}
        </DropdownMenuItem>
      ) : null}
      {can.prioritise ? (
        <DropdownMenuSub>
          <DropdownMenuSubTrigger>
            <Flag aria-hidden />
            {t("priority")}
          </DropdownMenuSubTrigger>
          <DropdownMenuSubContent>
            <DropdownMenuRadioGroup
              value={String(row.priority)}
              onValueChange={(priority) => actions.prioritise(Number(priority))}
            >
              {PRIORITIES.map((priority) => (
                <DropdownMenuRadioItem key={priority} value={priority}>
                  {t(`priority${priority}`)}
                </DropdownMenuRadioItem>
              ))}
            </DropdownMenuRadioGroup>
          </DropdownMenuSubContent>
        </DropdownMenuSub>
      ) : null}
    </>
  );
}
