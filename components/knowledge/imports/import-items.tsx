"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { chooseForItem, listImportItems } from "@/lib/knowledge/imports/contracts";
import {
  type DuplicateChoice,
  duplicateChoice,
  type ImportItemView,
  type ItemPlan,
  itemPlan,
  type KnowledgeImport,
} from "@/lib/knowledge/imports/schema";

const TONES: Readonly<Record<ItemPlan, BadgeTone>> = {
  create: "success",
  update: "info",
  unchanged: "neutral",
  repeated: "neutral",
  duplicate: "warning",
  archive: "neutral",
  refused: "danger",
};

/** The rows of an import, page by page, all or those of one plan. */
function useItems({ id, status }: KnowledgeImport, plan: ItemPlan | "all", onChosen: () => void) {
  const { call, explain } = useRequest();
  const [items, setItems] = useState<readonly ImportItemView[]>();
  const [more, setMore] = useState(false);

  const load = useCallback(
    async (after: number): Promise<void> => {
      const query = { after, ...(plan === "all" ? {} : { plan }) };
      try {
        const page = await call(listImportItems, { params: { id }, query });
        setItems((before) => (after < 0 ? page.items : [...(before ?? []), ...page.items]));
        setMore(page.more);
      } catch (error) {
        toast.error(explain(error));
      }
    },
    [call, explain, id, plan],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another state of the import has other rows.
  useEffect(() => void load(-1), [load, status]);

  async function choose(position: number, choice: DuplicateChoice): Promise<void> {
    setItems((before) => before?.map((item) => (item.position === position ? { ...item, choice } : item)));
    try {
      await call(chooseForItem, { params: { id, position }, body: { choice } });
      onChosen();
    } catch (error) {
      toast.error(explain(error));
      await load(-1);
    }
  }

  return { items, more, next: () => load(items?.at(-1)?.position ?? -1), choose };
}

/** Where a row stands: a page of a document, a row of a table and of which sheet, the address of a page. */
function Place({ item, from }: { item: ImportItemView; from: KnowledgeImport }) {
  const t = useTranslations("admin-knowledge.imports");
  const isTable = from.source === "file" && item.place !== from.name;
  const number = item.row === null ? null : t(isTable ? "rowNumber" : "pageNumber", { row: item.row });
  const place = item.place === from.name || item.place === item.question ? null : item.place;
  const shown = [place, number].filter(Boolean).join(" · ");
  return shown ? <span className="break-all text-ink-muted text-xs">{shown}</span> : null;
}

function Matched({ item }: { item: ImportItemView }) {
  const t = useTranslations("admin-knowledge.imports");
  if (!item.matchedQuestion) {
    return null;
  }
  const question = item.matchedQuestion;
  const confidence = item.confidence ?? 1;
  return (
    <span className="break-words text-ink-muted text-sm">
      {confidence >= 1
        ? t("matches", { question })
        : t("matchesPercent", { question, percent: `${Math.floor(confidence * 100)}%` })}
    </span>
  );
}

function ItemRow({
  item,
  from,
  onChoose,
}: {
  item: ImportItemView;
  from: KnowledgeImport;
  onChoose?: ((choice: DuplicateChoice) => void) | undefined;
}) {
  const t = useTranslations("admin-knowledge.imports");
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-2.5">
      <span className="flex min-w-0 flex-1 basis-60 flex-col gap-0.5">
        <span className="line-clamp-2 break-words">{item.question}</span>
        {item.answer && item.answer !== item.question ? (
          <span className="line-clamp-2 break-words text-ink-muted">{item.answer}</span>
        ) : null}
        <Matched item={item} />
        {item.problem ? (
          <span className="break-words text-danger-ink text-sm">
            {[item.field, item.problem].filter(Boolean).join(" · ")}
          </span>
        ) : null}
        <Place item={item} from={from} />
      </span>
      {item.plan === "duplicate" && onChoose ? (
        <Select
          aria-label={t("choice")}
          className="w-40"
          value={item.choice ?? undefined}
          placeholder={t("choice")}
          onValueChange={onChoose}
          options={duplicateChoice.options
            // A row of the same file is no entry yet that a wording could be added to.
            .filter((choice) => choice !== "merge" || item.entryId !== null)
            .map((choice) => ({ value: choice, label: t(`choice_${choice}`) }))}
        />
      ) : null}
      <Badge tone={TONES[item.plan]}>{t(`plan_${item.plan}`)}</Badge>
    </li>
  );
}

/** What an import found, row by row; duplicates can be chosen for while it waits. */
export function ImportItems({ current, onChosen }: { current: KnowledgeImport; onChosen: () => void }) {
  const t = useTranslations("admin-knowledge.imports");
  const [plan, setPlan] = useState<ItemPlan | "all">("all");
  const { items, more, next, choose } = useItems(current, plan, onChosen);
  const plans = itemPlan.options.filter((each) => (current.plans[each] ?? 0) > 0);
  return (
    <section className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold text-base">{t("rows")}</h2>
        <Select
          aria-label={t("rows")}
          className="w-44"
          value={plan}
          onValueChange={setPlan}
          options={[
            { value: "all" as const, label: t("allPlans") },
            ...plans.map((each) => ({ value: each, label: `${t(`plan_${each}`)} ${current.plans[each]}` })),
          ]}
        />
      </div>
      {items && items.length > 0 ? (
        <ul className="divide-y divide-line rounded-md border border-line bg-surface text-sm">
          {items.map((item) => (
            <ItemRow
              key={item.position}
              item={item}
              from={current}
              onChoose={current.status === "ready" ? (choice) => void choose(item.position, choice) : undefined}
            />
          ))}
        </ul>
      ) : (
        <p className="text-ink-muted text-sm">{items ? t("noRows") : null}</p>
      )}
      {more ? (
        <Button className="self-start" onClick={() => void next()}>
          {t("more")}
        </Button>
      ) : null}
    </section>
  );
}
