"use client";

import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useProblemText } from "@/components/shell/use-problem-text";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { ShortTime } from "@/components/ui/relative-time";
import { searchMessages } from "@/lib/conversations/contracts";
import type { Message } from "@/lib/conversations/schema";
import type { SearchFilters } from "@/lib/conversations/search-schema";
import { highlight } from "@/lib/core/highlight";
import type { ContractOutput } from "@/lib/platform/http/contract";
import { useCustomerName } from "../customer-name";
import { useDesk } from "../desk-provider";
import { ListSkeleton } from "./list-states";

type Found = ContractOutput<typeof searchMessages>["items"][number];

const LIMIT = 50;
/** Pause in typing after which the search starts, in milliseconds. */
const PAUSE = 200;

function lineOf(message: Message): string {
  return message.parts
    .flatMap((part) => (part.type === "text" ? [part.text] : "name" in part ? [part.name] : []))
    .join(" ")
    .replace(/\s+/g, " ");
}

function useSearch(query: string, filters: SearchFilters | undefined) {
  const desk = useDesk();
  const problemText = useProblemText();
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<{ asked: string; query: string; items: readonly Found[]; problem: string }>();
  const asked = JSON.stringify([query, filters]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` stands for words and filters, and changes with each
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(
      () => {
        desk
          .call(searchMessages, { query: { ...filters, q: query, limit: LIMIT } }, controller.signal)
          .then(({ items }) => setAnswer({ asked, query, items, problem: "" }))
          .catch((error: unknown) => {
            if (!controller.signal.aborted) {
              setAnswer({ asked, query, items: [], problem: problemText(error) });
            }
          });
      },
      attempt === 0 ? PAUSE : 0,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [desk, asked, attempt, problemText]);
  return { answer, searching: answer?.asked !== asked, retry: () => setAttempt((count) => count + 1) };
}

function Hit({ found, query, onOpen }: { found: Found; query: string; onOpen: (found: Found) => void }) {
  const customerName = useCustomerName();
  return (
    <button
      type="button"
      onClick={() => onOpen(found)}
      className="flex w-full flex-col gap-0.5 border-b border-line px-3 py-2.5 text-left hover:bg-hover focus-visible:-outline-offset-2"
    >
      <span className="flex w-full items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">
          {customerName({ id: found.conversationId, name: found.customerName })}
        </span>
        <ShortTime date={found.createdAt} className="shrink-0 text-xs text-ink-subtle" />
      </span>
      <span className="line-clamp-2 text-sm text-ink-muted">
        {highlight(lineOf(found), query).map((piece) =>
          piece.hit ? (
            <mark key={piece.at} className="rounded-xs bg-warning-soft text-ink">
              {piece.text}
            </mark>
          ) : (
            <span key={piece.at}>{piece.text}</span>
          ),
        )}
      </span>
    </button>
  );
}

/** Messages that contain the words, newest first; choosing one opens its conversation at that place. */
export function SearchResults({
  query,
  filters,
  onOpen,
}: {
  query: string;
  filters: SearchFilters | undefined;
  onOpen: (message: Message) => void;
}) {
  const t = useTranslations("desk.search");
  const { answer, searching, retry } = useSearch(query, filters);
  if (answer === undefined) {
    return <ListSkeleton />;
  }
  if (answer.problem !== "") {
    return <ErrorState body={answer.problem} onRetry={retry} retrying={searching} compact />;
  }
  return (
    <section aria-label={t("results")} aria-busy={searching} className="h-full overflow-y-auto">
      <p aria-live="polite" className="px-3 pt-2 pb-1 text-xs text-ink-subtle">
        {searching ? t("searching") : t("count", { count: answer.items.length })}
      </p>
      {answer.items.length === 0 && !searching ? (
        <EmptyState icon={<SearchX aria-hidden />} title={t("empty")} body={t("emptyHint")} compact />
      ) : null}
      {answer.items.map((found) => (
        <Hit key={found.id} found={found} query={answer.query} onOpen={onOpen} />
      ))}
    </section>
  );
}
