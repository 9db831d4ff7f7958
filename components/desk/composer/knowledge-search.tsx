"use client";

import { BookOpen, CornerDownLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { MarkedText } from "@/components/ui/marked-text";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { SkeletonText } from "@/components/ui/skeleton";
import { typedText } from "@/lib/core/light-markup";
import { searchKnowledge } from "@/lib/knowledge/contracts";
import type { SearchHit } from "@/lib/knowledge/schema";
import { useDesk } from "../desk-provider";

const LIMIT = 6;
const PAUSE = 250;

function useHits(query: string) {
  const desk = useDesk();
  const [answer, setAnswer] = useState<{ query: string; hits: readonly SearchHit[]; failed: boolean }>();
  useEffect(() => {
    if (query === "") {
      return undefined;
    }
    const controller = new AbortController();
    const timer = setTimeout(() => {
      desk
        .call(searchKnowledge, { query: { q: query, limit: LIMIT } }, controller.signal)
        .then(({ items }) => setAnswer({ query, hits: items, failed: false }))
        .catch(() => {
          if (!controller.signal.aborted) {
            setAnswer({ query, hits: [], failed: true });
          }
        });
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [desk, query]);
  return answer?.query === query ? answer : undefined;
}

function Hits({ query, onInsert }: { query: string; onInsert: (text: string) => void }) {
  const t = useTranslations("desk.knowledge");
  const answer = useHits(query);
  if (query === "") {
    return <p className="p-3 text-sm text-ink-muted">{t("start")}</p>;
  }
  if (answer === undefined) {
    return <SkeletonText lines={5} className="p-3" />;
  }
  if (answer.hits.length === 0) {
    return <p className="p-3 text-sm text-ink-muted">{t(answer.failed ? "failed" : "empty")}</p>;
  }
  return (
    <ul className="divide-y divide-line">
      {answer.hits.map((hit) => (
        <li key={hit.entryId} className="flex flex-col items-start gap-1 p-3">
          <p className="font-medium">
            {hit.question}
            {hit.audience === "agents" ? (
              <Badge tone="note" className="ml-1.5">
                {t("internal")}
              </Badge>
            ) : null}
          </p>
          <div className="max-h-32 w-full overflow-y-auto text-sm text-ink-muted">
            <MarkedText text={hit.answer} />
          </div>
          {/* People write plain text: the marks stay in the knowledge base. */}
          <Button size="sm" variant="soft" onClick={() => onInsert(typedText(hit.answer))}>
            <CornerDownLeft aria-hidden />
            {t("insert")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** The knowledge base beside the composer: starts with the customer's last words, puts an answer into the reply. */
export function KnowledgeSearch({ lastWords, onInsert }: { lastWords: string; onInsert: (text: string) => void }) {
  const t = useTranslations("desk");
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  return (
    <Popover
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) {
          setQuery(lastWords);
        }
      }}
    >
      <PopoverTrigger asChild>
        <IconButton label={t("composer.knowledge")}>
          <BookOpen aria-hidden />
        </IconButton>
      </PopoverTrigger>
      <PopoverContent aria-label={t("knowledge.title")} align="start" side="top" className="w-[min(26rem,92vw)] p-0">
        <div className="sticky top-0 border-b border-line bg-raised p-2">
          <Input
            type="search"
            aria-label={t("knowledge.title")}
            placeholder={t("knowledge.placeholder")}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </div>
        <div className="h-72 overflow-y-auto">
          <Hits
            query={query.trim()}
            onInsert={(text) => {
              setOpen(false);
              onInsert(text);
            }}
          />
        </div>
      </PopoverContent>
    </Popover>
  );
}
