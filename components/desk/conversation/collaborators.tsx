"use client";

import { UserPlus, UserRoundPlus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { Avatar } from "@/components/ui/avatar";
import { Button, IconButton } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Tooltip } from "@/components/ui/tooltip";
import { addCollaborator, listCollaborators, removeCollaborator } from "@/lib/conversations/collaborator-contracts";
import type { AgentSummary, ConversationSummary } from "@/lib/conversations/schema";
import { useDesk, useDeskState } from "../desk-provider";
import { useColleagues } from "../use-colleagues";

/** Faces shown before the rest is only counted. */
const FACES = 3;
const OFFERED = 6;

function useCollaborators(id: string) {
  const { call } = useDesk();
  const problemText = useProblemText();
  const changed = useDeskState((state) => state.collaboratorsChanged);
  const [items, setItems] = useState<readonly AgentSummary[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `changed` asks again
  useEffect(() => {
    const controller = new AbortController();
    call(listCollaborators, { params: { id } }, controller.signal)
      .then((answer) => setItems(answer.items))
      // The faces are a help; without them the conversation is as good.
      .catch(() => undefined);
    return () => controller.abort();
  }, [call, id, changed]);
  const change = (work: Promise<{ items: readonly AgentSummary[] }>) =>
    void work.then((answer) => setItems(answer.items)).catch((error: unknown) => toast.error(problemText(error)));
  return {
    items,
    add: (agentId: string) => change(call(addCollaborator, { params: { id }, body: { agentId } })),
    remove: (agentId: string) => change(call(removeCollaborator, { params: { id, agentId } })),
  };
}

type Collaborators = ReturnType<typeof useCollaborators>;

function Present({ items, remove }: Collaborators) {
  const t = useTranslations("desk.collaborators");
  if (items.length === 0) {
    return <p className="text-sm text-ink-muted">{t("none")}</p>;
  }
  return (
    <ul className="flex flex-col">
      {items.map((agent) => (
        <li key={agent.id} className="flex items-center gap-2 py-1">
          <Avatar name={agent.name} src={agent.avatarUrl} size="sm" />
          <span className="min-w-0 flex-1 truncate">{agent.name}</span>
          <IconButton label={t("remove", { name: agent.name })} size="sm" onClick={() => remove(agent.id)}>
            <X aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

function Add({ row, items, add }: Collaborators & { row: ConversationSummary }) {
  const t = useTranslations("desk.collaborators");
  const [search, setSearch] = useState("");
  const { agents } = useColleagues();
  const taken = new Set([row.assignee?.id, ...items.map(({ id }) => id)]);
  const wanted = search.trim().toLowerCase();
  const offered = Array.isArray(agents)
    ? agents.filter(({ id, name }) => !taken.has(id) && name.toLowerCase().includes(wanted)).slice(0, OFFERED)
    : [];
  return (
    <div className="flex flex-col gap-1 border-t border-line pt-2">
      <Input
        type="search"
        aria-label={t("search")}
        placeholder={t("add")}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {agents !== undefined && offered.length === 0 ? (
        <p className="px-1 py-2 text-sm text-ink-muted">{t(agents === "failed" ? "failed" : "noMatch")}</p>
      ) : null}
      <ul className="flex flex-col">
        {offered.map((agent) => (
          <li key={agent.id}>
            <button
              type="button"
              onClick={() => add(agent.id)}
              className="flex w-full items-center gap-2 rounded-sm px-1 py-1.5 text-left hover:bg-hover touch:min-h-11"
            >
              <Avatar name={agent.name} src={agent.avatarUrl} presence={agent.presence} size="sm" />
              <span className="min-w-0 flex-1 truncate">{agent.name}</span>
              <UserPlus aria-hidden className="size-4 text-ink-subtle" />
            </button>
          </li>
        ))}
      </ul>
      <p className="px-1 text-xs text-ink-subtle">{t("help")}</p>
    </div>
  );
}

/** Who works on the conversation beside its assignee, and the way to ask somebody. */
export function Collaborators({ row }: { row: ConversationSummary }) {
  const t = useTranslations("desk.collaborators");
  const { agent } = useDesk();
  const collaborators = useCollaborators(row.id);
  const { add, remove } = collaborators;
  // Whoever has it now is no helper, though they were one before.
  const items = collaborators.items.filter(({ id }) => id !== row.assignee?.id);
  const mine = row.assignee?.id === agent.id;
  return (
    <Popover>
      <Tooltip content={t("title")} side="bottom">
        <PopoverTrigger asChild>
          <Button variant="ghost" className="gap-0 px-2 max-sm:hidden" aria-label={t("label", { count: items.length })}>
            {items.length === 0 ? <UserRoundPlus aria-hidden /> : null}
            {items.slice(0, FACES).map((each) => (
              <span key={each.id} className="-ml-1.5 rounded-full ring-2 ring-surface first:ml-0">
                <Avatar name={each.name} src={each.avatarUrl} size="sm" />
              </span>
            ))}
            {items.length > FACES ? <span className="pl-1 text-xs">+{items.length - FACES}</span> : null}
          </Button>
        </PopoverTrigger>
      </Tooltip>
      <PopoverContent align="end" aria-label={t("title")} className="flex flex-col gap-2">
        <div className="flex items-center justify-between gap-2">
          <h2 className="font-semibold">{t("title")}</h2>
          {mine ? null : (
            <Button size="sm" onClick={() => (row.collaborating ? remove(agent.id) : add(agent.id))}>
              {t(row.collaborating ? "leave" : "join")}
            </Button>
          )}
        </div>
        <Present {...collaborators} items={items} />
        <Add row={row} {...collaborators} />
      </PopoverContent>
    </Popover>
  );
}
