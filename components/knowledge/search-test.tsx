"use client";

import { Bot, MessagesSquare, SearchX, Sparkles, UserRound } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { plainText } from "@/lib/core/light-markup";
import { formatPercent } from "@/lib/i18n/format";
import { searchKnowledge } from "@/lib/knowledge/contracts";
import { AUDIENCES, type Audience, type SearchHit } from "@/lib/knowledge/schema";
import type { Named } from "./entry-names";
import { newEntryAddress } from "./new-entry-address";

/** As whom and where it is asked. */
interface Asker {
  readonly as: Audience;
  /** Undefined: in no channel. */
  readonly channel?: string | undefined;
}

/** What stands for no channel; Select takes no empty value. */
const ANY_CHANNEL = "any";

type Decision = "answer" | "choices" | "handoff";

interface Result {
  readonly asked: string;
  readonly decision: Decision;
  readonly items: readonly SearchHit[];
}

const DECISIONS = {
  answer: { icon: Bot, tone: "bg-success-soft text-success-ink" },
  choices: { icon: MessagesSquare, tone: "bg-info-soft text-info-ink" },
  handoff: { icon: UserRound, tone: "bg-warning-soft text-warning-ink" },
} as const;

function DecisionBanner({ decision }: { decision: Decision }) {
  const t = useTranslations("admin-knowledge.testView");
  const { icon: Icon, tone } = DECISIONS[decision];
  return (
    <p className={cn("flex items-start gap-2.5 rounded-md px-4 py-3", tone)}>
      <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0" />
      <span>
        {t("decision")} <strong className="font-semibold">{t(`decision_${decision}`)}</strong>
        <span className="block text-sm">{t(`decision_${decision}_hint`)}</span>
      </span>
    </p>
  );
}

function Words({ words }: { words: readonly string[] }) {
  return words.map((word) => (
    <mark key={word} className="rounded-xs bg-accent-soft px-1 text-accent-ink">
      {word}
    </mark>
  ));
}

function Hit({ hit, first }: { hit: SearchHit; first: boolean }) {
  const t = useTranslations("admin-knowledge.testView");
  const locale = useLocale();
  const variant = hit.matched.phrase === hit.question ? "" : hit.matched.phrase;
  return (
    <Card className={cn("p-4", first && "border-line-strong")}>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        {hit.shared ? (
          <span className="min-w-0 font-medium">{hit.question}</span>
        ) : (
          <Link href={`/admin/knowledge/${hit.entryId}`} className="min-w-0 font-medium hover:underline">
            {hit.question}
          </Link>
        )}
        <span className="flex items-center gap-2 text-ink-muted text-sm">
          <span aria-hidden className="h-1.5 w-20 overflow-hidden rounded-full bg-sunken">
            <span className="block h-full rounded-full bg-accent" style={{ width: `${hit.confidence * 100}%` }} />
          </span>
          {t("confidence", { percent: formatPercent(hit.confidence, locale) })}
        </span>
      </div>
      <p className="mt-1 line-clamp-3 text-ink-muted text-sm">{plainText(hit.answer)}</p>
      <p className="mt-2 flex flex-wrap items-center gap-1 text-ink-subtle text-xs">
        {hit.shared ? <Badge tone="accent">{t("shared")}</Badge> : null}
        {hit.audience === "agents" ? <Badge tone="note">{t("internal")}</Badge> : null}
        {hit.category ? <Badge tone="outline">{hit.category}</Badge> : null}
        {hit.matched.meaning ? <Badge tone="success">{t("byMeaning")}</Badge> : null}
        {variant || hit.matched.words.length > 0 ? (
          <>
            <span className="ml-1">{t("matched")}</span>
            {variant ? <span>「{variant}」</span> : null}
            <Words words={hit.matched.words} />
          </>
        ) : null}
        {hit.matched.synonyms.length > 0 ? (
          <>
            <span className="ml-1">{t("synonyms")}</span>
            <Words words={hit.matched.synonyms} />
          </>
        ) : null}
      </p>
    </Card>
  );
}

function useSearch() {
  const { call, explain } = useRequest();
  const [result, setResult] = useState<Result>();
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);
  const turn = useRef(0);

  async function ask(question: string, asker: Asker): Promise<void> {
    const asked = question.trim();
    if (asked === "") {
      return;
    }
    turn.current += 1;
    const mine = turn.current;
    setPending(true);
    setProblem(undefined);
    try {
      const found = await call(searchKnowledge, { query: { q: asked, ...asker } });
      // An earlier question that answers late must not replace a later one.
      if (mine === turn.current) {
        setResult({ asked, ...found });
      }
    } catch (error) {
      setProblem(explain(error));
    } finally {
      if (mine === turn.current) {
        setPending(false);
      }
    }
  }

  return { result, problem, pending, ask };
}

function Results({ result }: { result: Result | undefined }) {
  const t = useTranslations("admin-knowledge.testView");
  if (result === undefined) {
    return <EmptyState icon={<Sparkles aria-hidden />} title={t("idle")} body={t("idleBody")} />;
  }
  return (
    <>
      <DecisionBanner decision={result.decision} />
      {result.items.map((hit, index) => (
        <Hit key={hit.entryId} hit={hit} first={index === 0} />
      ))}
      {result.decision === "handoff" ? (
        <EmptyState
          compact
          icon={<SearchX aria-hidden />}
          title={result.items.length === 0 ? t("none") : t("noneClose")}
          body={t("noneBody")}
          action={
            <Button asChild variant="primary">
              <Link href={newEntryAddress(result.asked)}>{t("addThis")}</Link>
            </Button>
          }
        />
      ) : null}
    </>
  );
}

function AskerChoice({
  asker,
  channels,
  onChange,
}: {
  asker: Asker;
  channels: readonly Named[];
  onChange: (asker: Asker) => void;
}) {
  const t = useTranslations("admin-knowledge");
  return (
    <>
      <Select<Audience>
        aria-label={t("testView.as")}
        className="h-10 w-full sm:w-40"
        value={asker.as}
        onValueChange={(as) => onChange({ ...asker, as })}
        options={AUDIENCES.map((audience) => ({ value: audience, label: t(`askers.${audience}`) }))}
      />
      <Select
        aria-label={t("testView.channel")}
        className="h-10 w-full sm:w-40"
        value={asker.channel ?? ANY_CHANNEL}
        onValueChange={(id) => onChange({ ...asker, channel: id === ANY_CHANNEL ? undefined : id })}
        options={[
          { value: ANY_CHANNEL as string, label: t("testView.anyChannel") },
          ...channels.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </>
  );
}

/** Asks like a customer and shows what the bot finds, how sure it is, and what it would do. */
export function SearchTest({ channels }: { channels: readonly Named[] }) {
  const t = useTranslations("admin-knowledge.testView");
  const { result, problem, pending, ask } = useSearch();
  const [question, setQuestion] = useState("");
  const [asker, setAsker] = useState<Asker>({ as: "everyone" });
  return (
    <div className="flex flex-col gap-4">
      <form
        className="flex flex-col gap-2 sm:flex-row sm:flex-wrap sm:items-start"
        onSubmit={(event) => {
          event.preventDefault();
          void ask(question, asker);
        }}
      >
        <Field label={t("label")} hideLabel error={problem} className="w-full sm:max-w-xl">
          {(control) => (
            <Input
              {...control}
              value={question}
              maxLength={300}
              placeholder={t("placeholder")}
              enterKeyHint="search"
              onChange={(event) => setQuestion(event.target.value)}
              className="h-10"
            />
          )}
        </Field>
        <AskerChoice asker={asker} channels={channels} onChange={setAsker} />
        <Button type="submit" variant="primary" size="lg" loading={pending}>
          <Sparkles aria-hidden />
          {t("ask")}
        </Button>
      </form>
      <section aria-live="polite" aria-busy={pending} className="flex flex-col gap-3">
        <Results result={result} />
      </section>
    </div>
  );
}
