"use client";

import { Lightbulb } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { acceptSuggestion, dismissSuggestion, type Suggestion } from "@/lib/bot/suggestion-contracts";

interface CardProps {
  suggestion: Suggestion;
  busy: boolean;
  onAccept: () => void;
  onDismiss: () => void;
}

/** One answer with why it is offered, where it comes from, and the two ways on. */
function SuggestionCard({ suggestion, busy, onAccept, onDismiss }: CardProps) {
  const t = useTranslations("admin-knowledge.suggestionsView");
  const { question, answer, uses, stars, conversationId, updatedAt } = suggestion;
  return (
    <Card className="flex flex-col gap-2 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto font-medium wrap-anywhere">{question}</h2>
        {stars === null ? null : <Badge tone="success">{t("praised", { stars })}</Badge>}
        {uses > 1 ? <Badge tone="info">{t("used", { uses })}</Badge> : null}
      </div>
      <p className="max-w-prose whitespace-pre-line text-ink-muted wrap-anywhere">{answer}</p>
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary" size="sm" disabled={busy} onClick={onAccept}>
          {t("accept")}
        </Button>
        <Button size="sm" variant="ghost" disabled={busy} onClick={onDismiss}>
          {t("dismiss")}
        </Button>
        <span className="ml-auto flex flex-wrap items-center gap-x-3 text-sm">
          {conversationId === null ? null : (
            <Link className="text-accent-ink underline underline-offset-3" href={`/desk?tab=all&c=${conversationId}`}>
              {t("source")}
            </Link>
          )}
          <RelativeTime date={updatedAt} className="text-ink-subtle" />
        </span>
      </div>
    </Card>
  );
}

/** Agents' answers that may be worth an entry. */
export function SuggestionList({ suggestions }: { suggestions: readonly Suggestion[] }) {
  const t = useTranslations("admin-knowledge.suggestionsView");
  const { call, explain } = useRequest();
  const router = useRouter();
  const [busy, setBusy] = useState<string>();

  async function decide(id: string, decision: () => Promise<void>): Promise<void> {
    setBusy(id);
    try {
      await decision();
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(undefined);
    }
  }

  const accept = async (id: string): Promise<void> => {
    const { entryId } = await call(acceptSuggestion, { params: { id } });
    toast.success(t("accepted"));
    router.push(`/admin/knowledge/${entryId}`);
  };
  const dismiss = async (id: string): Promise<void> => {
    await call(dismissSuggestion, { params: { id } });
    toast.success(t("dismissed"));
    router.refresh();
  };

  if (suggestions.length === 0) {
    return <EmptyState icon={<Lightbulb aria-hidden />} title={t("empty")} body={t("emptyBody")} />;
  }
  return (
    <section aria-label={t("list")} className="flex flex-col gap-3">
      {suggestions.map((suggestion) => (
        <SuggestionCard
          key={suggestion.id}
          suggestion={suggestion}
          busy={busy === suggestion.id}
          onAccept={() => void decide(suggestion.id, () => accept(suggestion.id))}
          onDismiss={() => void decide(suggestion.id, () => dismiss(suggestion.id))}
        />
      ))}
    </section>
  );
}
