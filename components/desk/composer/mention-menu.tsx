"use client";

import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Spinner } from "@/components/ui/spinner";
import { SuggestionList } from "./suggestion-list";
import type { MentionChoice } from "./use-mention-menu";

/** The colleagues whose name fits what stands after the `@`. */
export function MentionMenu({ menu }: { menu: MentionChoice }) {
  const t = useTranslations("desk.mention");
  return (
    <SuggestionList
      id={menu.id}
      label={t("label")}
      items={menu.shown}
      active={menu.active}
      onPick={menu.pick}
      keyOf={(agent) => agent.id}
      empty={menu.status === "loading" ? <Spinner /> : t(menu.status === "failed" ? "failed" : "empty")}
    >
      {(agent) => (
        <span className="flex items-center gap-2">
          <Avatar name={agent.name} src={agent.avatarUrl} presence={agent.presence} size="sm" />
          <span className="truncate">{agent.name}</span>
          <span className="ml-auto truncate text-xs text-ink-subtle">{agent.email}</span>
        </span>
      )}
    </SuggestionList>
  );
}
