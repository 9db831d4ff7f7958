"use client";

import { Pencil, Plus, Tags, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";
import { deleteIntent } from "@/lib/bot/intent-contracts";
import type { Intent, IntentInput, TaughtCategory } from "@/lib/bot/intent-schema";
import { EMPTY_INTENT, IntentDialog } from "./intent-dialog";
import { IntentTrial } from "./intent-trial";

/** What is open in the dialog. */
interface Editing {
  readonly intent: Intent | undefined;
  readonly start: IntentInput;
}

function Doing({ intent }: { intent: Intent }) {
  const t = useTranslations("admin-bot.intentsView");
  const { action, priority, skill } = intent;
  const level = priority === null ? undefined : (`levelOf.${priority}` as "levelOf.0");
  return (
    <span className="flex flex-wrap gap-1">
      <Badge tone={action === "answer" ? "outline" : "info"}>{t(`actionOf.${action}`)}</Badge>
      {level ? <Badge tone="outline">{t("withPriority", { level: t(level) })}</Badge> : null}
      {skill ? <Badge tone="outline">{t("withSkill", { skill })}</Badge> : null}
    </span>
  );
}

function useColumns(mayWrite: boolean, on: { edit: (intent: Intent) => void; remove: (intent: Intent) => void }) {
  const t = useTranslations("admin-bot.intentsView");
  const common = useTranslations("common");
  const columns: Column<Intent>[] = [
    {
      id: "name",
      header: t("name"),
      className: "min-w-32",
      cell: (intent) => (
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{intent.name}</span>
          {intent.enabled ? null : <Badge tone="warning">{t("off")}</Badge>}
        </span>
      ),
    },
    { id: "action", header: t("action"), cell: (intent) => <Doing intent={intent} /> },
    {
      id: "learned",
      header: t("learnsFrom"),
      hideBelow: "md",
      cell: (intent) => (
        <span className="text-ink-muted text-sm">
          {t("taughtBy", { examples: intent.examples.length, learned: intent.learned })}
        </span>
      ),
    },
  ];
  if (mayWrite) {
    columns.push({
      id: "actions",
      header: <span className="sr-only">{common("table.actions")}</span>,
      align: "end",
      cell: (intent) => (
        <span className="flex justify-end">
          <IconButton label={t("editOne", { name: intent.name })} onClick={() => on.edit(intent)}>
            <Pencil aria-hidden />
          </IconButton>
          <IconButton label={t("deleteOne", { name: intent.name })} onClick={() => on.remove(intent)}>
            <Trash2 aria-hidden />
          </IconButton>
        </span>
      ),
    });
  }
  return columns;
}

function Categories({
  categories,
  onChoose,
}: {
  categories: readonly TaughtCategory[];
  onChoose: ((name: string) => void) | undefined;
}) {
  const t = useTranslations("admin-bot.intentsView");
  if (categories.length === 0) {
    return null;
  }
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{t("categories")}</h2>
      <p className="text-ink-muted text-sm">{t("categoriesHint")}</p>
      <ul className="flex flex-wrap gap-2">
        {categories.map(({ name, learned }) => (
          <li key={name}>
            {onChoose ? (
              <Button size="sm" onClick={() => onChoose(name)}>
                <Plus aria-hidden />
                {t("category", { name, learned })}
              </Button>
            ) : (
              <Badge tone="outline">{t("category", { name, learned })}</Badge>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function useRemove() {
  const t = useTranslations("admin-bot.intentsView");
  const common = useTranslations("common");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const router = useRouter();
  return async (intent: Intent): Promise<void> => {
    const title = t("deleteTitle", { name: intent.name });
    if (!(await confirm({ title, body: t("deleteBody"), confirmLabel: common("delete"), danger: true }))) {
      return;
    }
    try {
      await call(deleteIntent, { params: { id: intent.id } });
      toast.success(t("deleted"));
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    }
  };
}

export interface IntentListProps {
  intents: readonly Intent[];
  categories: readonly TaughtCategory[];
  skills: readonly string[];
  mayWrite: boolean;
}

/** What customers come about: trying a question out, the intents, and what the categories teach by themselves. */
export function IntentList({ intents, categories, skills, mayWrite }: IntentListProps) {
  const t = useTranslations("admin-bot.intentsView");
  const router = useRouter();
  const remove = useRemove();
  const [editing, setEditing] = useState<Editing>();
  const columns = useColumns(mayWrite, {
    edit: (intent) => setEditing({ intent, start: intent }),
    remove: (intent) => void remove(intent),
  });
  const begin = (name: string) => setEditing({ intent: undefined, start: { ...EMPTY_INTENT, name } });
  const add = mayWrite ? (
    <Button variant="primary" className="self-start" onClick={() => begin("")}>
      <Plus aria-hidden />
      {t("add")}
    </Button>
  ) : undefined;
  return (
    <div className="flex flex-col gap-5">
      <IntentTrial />
      {intents.length === 0 ? (
        <EmptyState icon={<Tags aria-hidden />} title={t("empty")} body={t("emptyBody")} action={add} />
      ) : (
        <div className="flex flex-col gap-3">
          {add}
          <DataTable
            label={t("intents")}
            columns={columns}
            rows={intents}
            rowKey={(intent) => intent.id}
            empty={t("empty")}
          />
        </div>
      )}
      <Categories categories={categories} onChoose={mayWrite ? begin : undefined} />
      {editing ? (
        <IntentDialog
          intent={editing.intent}
          start={editing.start}
          skills={skills}
          onClose={() => setEditing(undefined)}
          onSaved={() => {
            setEditing(undefined);
            router.refresh();
          }}
        />
      ) : null}
    </div>
  );
}
