"use client";

import { CirclePlus, MessageSquareText, Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import type { TicketChange, TicketEvent } from "@/lib/tickets/schema";
import { useChangeWords } from "./ticket-words";
import type { History } from "./use-ticket";

const ICONS: Record<TicketEvent["kind"], ReactNode> = {
  created: <CirclePlus aria-hidden />,
  changed: <Pencil aria-hidden />,
  commented: <MessageSquareText aria-hidden />,
};

/** Fields whose words are too long to stand in a line. */
const LONG = new Set<TicketChange["field"]>(["description", "resolution", "conversation"]);

function useActorName(): (event: TicketEvent) => string {
  const t = useTranslations("tickets.history.actors");
  return ({ actor }) => (actor.kind === "rule" ? t("rule", { name: actor.name ?? "" }) : (actor.name ?? t(actor.kind)));
}

/** A customer without a name is somebody; a type without a name is none. */
const isNothing = (change: TicketChange, side: "from" | "to"): boolean =>
  change[side] === null || (change[side] === "" && change.field !== "customer");

function useSentence(): (actor: string, change: TicketChange) => string {
  const t = useTranslations("tickets.history");
  const fields = useTranslations("tickets.fields");
  const words = useChangeWords();
  return (actor, change) => {
    const field = fields(change.field);
    if (LONG.has(change.field)) {
      return t("rewritten", { actor, field });
    }
    if (isNothing(change, "to")) {
      return t("unset", { actor, field, from: words(change, "from") });
    }
    return isNothing(change, "from")
      ? t("set", { actor, field, to: words(change, "to") })
      : t("changed", { actor, field, from: words(change, "from"), to: words(change, "to") });
  };
}

/** What somebody said, set apart from what they did. */
function Words({ text, isPublic }: { text: string; isPublic: boolean }) {
  const t = useTranslations("tickets.history");
  return (
    <div className="mt-1 rounded-sm border border-line bg-surface px-3 py-2">
      {isPublic ? (
        <Badge tone="info" className="mb-1">
          {t("public")}
        </Badge>
      ) : null}
      <p className="whitespace-pre-wrap break-words">{text}</p>
    </div>
  );
}

function Line({ event }: { event: TicketEvent }) {
  const t = useTranslations("tickets.history");
  const actor = useActorName()(event);
  const sentence = useSentence();
  const sentences =
    event.kind === "changed"
      ? event.changes.map((change) => sentence(actor, change))
      : [t(event.kind === "created" ? "created" : "commented", { actor })];
  return (
    <li className="flex gap-2.5">
      <span className="mt-0.5 inline-flex size-6 shrink-0 items-center justify-center rounded-full bg-sunken text-ink-muted [&_svg]:size-3.5">
        {ICONS[event.kind]}
      </span>
      <div className="min-w-0 flex-1">
        <p className="break-words text-ink-muted text-sm">
          {sentences.map((text) => (
            <span key={text} className="block">
              {text}
            </span>
          ))}
        </p>
        <p className="text-ink-subtle text-xs">
          <RelativeTime date={event.createdAt} /> · <DateTime date={event.createdAt} />
        </p>
        {event.text === "" ? null : <Words text={event.text} isPublic={event.visibility === "public"} />}
      </div>
    </li>
  );
}

/** Changes and comments in one line of time, oldest first: the newest stands where one writes. */
export function TicketTimeline({ history, onEarlier }: { history: History; onEarlier: () => void }) {
  const t = useTranslations("tickets.page");
  return (
    <section aria-label={t("history")}>
      <h2 className="pb-3 font-medium">{t("history")}</h2>
      {history.nextCursor === null ? null : (
        <Button variant="ghost" size="sm" className="mb-3" onClick={onEarlier}>
          {t("earlier")}
        </Button>
      )}
      <ol className="flex flex-col gap-4">
        {history.items.toReversed().map((event) => (
          <Line key={event.id} event={event} />
        ))}
      </ol>
    </section>
  );
}
