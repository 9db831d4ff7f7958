"use client";

import { ArrowDown, ArrowUp, Plus, Trash2, Workflow } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { PageFrame } from "@/components/settings/page-frame";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Switch } from "@/components/ui/switch";
import { Tab, TabPanel, Tabs, TabsList } from "@/components/ui/tabs";
import { deleteRule, orderRules, updateRule } from "@/lib/automations/contracts";
import type { Rule } from "@/lib/automations/schema";
import type { RuleAgent } from "./action-row";
import { RuleSheet } from "./rule-sheet";
import { ACTION_WORDS, EVENT_WORDS } from "./rule-words";
import { type RunPage, RunTable } from "./run-table";

export interface RulesPageProps {
  rules: readonly Rule[];
  runs: RunPage;
  agents: readonly RuleAgent[];
  skills: readonly string[];
}

interface RuleActions {
  readonly edit: (rule: Rule) => void;
  readonly remove: (rule: Rule) => void;
  readonly toggle: (rule: Rule, enabled: boolean) => void;
  /** @param by -1: earlier; 1: later */
  readonly move: (rule: Rule, by: -1 | 1) => void;
}

/** Switching on and off, and deleting, from the list. */
function useRuleActions(rules: readonly Rule[], edit: (rule: Rule) => void): RuleActions {
  const t = useTranslations("admin-rules");
  const common = useTranslations("common");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const router = useRouter();
  const attempt = (work: () => Promise<unknown>): void => {
    work().then(
      () => router.refresh(),
      (error: unknown) => toast.error(explain(error)),
    );
  };
  return {
    edit,
    move: (rule, by) => {
      const ids = rules.map(({ id }) => id);
      const place = ids.indexOf(rule.id);
      const moved = ids.toSpliced(place, 1).toSpliced(place + by, 0, rule.id);
      attempt(() => call(orderRules, { body: { ids: moved } }));
    },
    toggle: ({ id, name, event, match, conditions, actions, version }, enabled) =>
      attempt(() =>
        call(updateRule, { params: { id }, body: { name, event, match, conditions, actions, version, enabled } }),
      ),
    remove: (rule) =>
      attempt(async () => {
        const body = t("deleteBody");
        const question = { title: t("deleteTitle", { name: rule.name }), body, confirmLabel: common("delete") };
        if (await confirm({ ...question, danger: true })) {
          await call(deleteRule, { params: { id: rule.id } });
          toast.success(t("deleted", { name: rule.name }));
        }
      }),
  };
}

function RuleName({ rule, onEdit }: { rule: Rule; onEdit: () => void }) {
  const t = useTranslations("admin-rules");
  return (
    <span className="flex flex-col py-0.5">
      <button
        type="button"
        onClick={onEdit}
        className="self-start rounded-xs text-left font-medium hover:underline touch:min-h-11"
      >
        {rule.name}
      </button>
      <span className="text-ink-subtle text-xs">
        {t("summary", { event: t(EVENT_WORDS[rule.event]), conditions: rule.conditions.length })}
      </span>
    </span>
  );
}

function ActionNames({ rule }: { rule: Rule }) {
  const t = useTranslations("admin-rules");
  return (
    <span className="flex flex-wrap gap-1">
      {[...new Set(rule.actions.map(({ type }) => type))].map((type) => (
        <Badge key={type}>{t(ACTION_WORDS[type])}</Badge>
      ))}
    </span>
  );
}

/** Earlier, later, away: rules of one event run from top to bottom. */
function RuleButtons({
  rule,
  first,
  last,
  onMove,
  onRemove,
}: {
  rule: Rule;
  first: boolean;
  last: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const t = useTranslations("admin-rules");
  const common = useTranslations("common");
  const buttons = [
    { label: t("moveUp", { name: rule.name }), icon: <ArrowUp aria-hidden />, disabled: first, run: () => onMove(-1) },
    {
      label: t("moveDown", { name: rule.name }),
      icon: <ArrowDown aria-hidden />,
      disabled: last,
      run: () => onMove(1),
    },
    { label: `${common("delete")} ${rule.name}`, icon: <Trash2 aria-hidden />, disabled: false, run: onRemove },
  ];
  return (
    <span className="inline-flex">
      {buttons.map(({ label, icon, disabled, run }) => (
        <IconButton
          key={label}
          label={label}
          disabled={disabled}
          onClick={(event) => {
            event.stopPropagation();
            run();
          }}
        >
          {icon}
        </IconButton>
      ))}
    </span>
  );
}

function useColumns(rules: readonly Rule[], { edit, remove, toggle, move }: RuleActions): Column<Rule>[] {
  const t = useTranslations("admin-rules");
  const common = useTranslations("common");
  return [
    {
      id: "enabled",
      header: t("enabled"),
      className: "w-16",
      cell: (rule) => (
        <Switch
          aria-label={t("switch", { name: rule.name })}
          checked={rule.enabled}
          onClick={(event) => event.stopPropagation()}
          onCheckedChange={(enabled) => toggle(rule, enabled)}
        />
      ),
    },
    {
      id: "name",
      header: t("name"),
      className: "min-w-40",
      cell: (rule) => <RuleName rule={rule} onEdit={() => edit(rule)} />,
    },
    {
      id: "actions",
      header: t("action"),
      hideBelow: "md",
      cell: (rule) => <ActionNames rule={rule} />,
    },
    { id: "runs", header: t("runsWeek"), hideBelow: "md", align: "end", cell: (rule) => rule.runs },
    {
      id: "last",
      header: t("lastRun"),
      hideBelow: "lg",
      align: "end",
      cell: (rule) => (rule.lastRunAt ? <RelativeTime date={rule.lastRunAt} /> : t("never")),
    },
    {
      id: "delete",
      header: <span className="sr-only">{common("table.actions")}</span>,
      align: "end",
      cell: (rule) => (
        <RuleButtons
          first={rules[0] === rule}
          last={rules.at(-1) === rule}
          rule={rule}
          onMove={(by) => move(rule, by)}
          onRemove={() => remove(rule)}
        />
      ),
    },
  ];
}

/** The merchant's rules, and what they did. */
export function RulesPage({ rules, runs, agents, skills }: RulesPageProps) {
  const t = useTranslations("admin-rules");
  const router = useRouter();
  const [editing, setEditing] = useState<{ rule: Rule | undefined }>();
  const columns = useColumns(
    rules,
    useRuleActions(rules, (rule) => setEditing({ rule })),
  );
  const add = (
    <Button variant="primary" onClick={() => setEditing({ rule: undefined })}>
      <Plus aria-hidden />
      {t("add")}
    </Button>
  );
  return (
    <PageFrame title={t("title")} description={t("description")} actions={add}>
      <Tabs defaultValue="rules">
        <TabsList aria-label={t("title")}>
          <Tab value="rules" count={rules.length}>
            {t("rules")}
          </Tab>
          <Tab value="runs">{t("runs")}</Tab>
        </TabsList>
        <TabPanel value="rules">
          <DataTable
            label={t("rules")}
            columns={columns}
            rows={rules}
            rowKey={(rule) => rule.id}
            onOpen={(rule) => setEditing({ rule })}
            empty={<EmptyState icon={<Workflow aria-hidden />} title={t("empty")} body={t("emptyBody")} action={add} />}
          />
        </TabPanel>
        <TabPanel value="runs">
          <RunTable first={runs} />
        </TabPanel>
      </Tabs>
      {editing ? (
        <RuleSheet
          rule={editing.rule}
          agents={agents}
          skills={skills}
          onClose={() => setEditing(undefined)}
          onSaved={() => {
            setEditing(undefined);
            router.refresh();
          }}
        />
      ) : null}
    </PageFrame>
  );
}
