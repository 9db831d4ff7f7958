"use client";

import { useTranslations } from "next-intl";
import { keyed } from "@/components/automations/rule-draft";
import { RuleRows } from "@/components/automations/rule-rows";
import { FormSheet } from "@/components/settings/form-frame";
import { useDraftForm } from "@/components/settings/use-draft-form";
import { useRequest } from "@/components/settings/use-request";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { createMacro, updateMacro } from "@/lib/conversations/macro-contracts";
import type { Macro } from "@/lib/conversations/macro-schema";
import { MacroActionRow, type MacroAgent } from "./macro-action-row";
import { draftOf, emptyAction, type MacroDraft } from "./macro-draft";

const MOST_ACTIONS = 10;

export interface MacroSheetProps {
  /** Undefined for a new one. */
  macro: Macro | undefined;
  personal: boolean;
  agents: readonly MacroAgent[];
  skills: readonly string[];
  onClose: () => void;
  onSaved: () => void;
}

function useMacroForm({ macro, personal, onClose, onSaved }: MacroSheetProps) {
  const { call } = useRequest();
  return useDraftForm({
    start: () => draftOf(macro),
    schema: createMacro.body,
    inputOf: ({ name, shortcut, rows }: MacroDraft) => ({
      name,
      shortcut,
      personal,
      actions: rows.map(({ value }) => value),
    }),
    save: ({ personal: own, ...patch }) =>
      macro
        ? call(updateMacro, { params: { id: macro.id }, body: { ...patch, version: macro.version } })
        : call(createMacro, { body: { ...patch, personal: own } }),
    onClose,
    onSaved,
  });
}

/** First problem of one action, at whichever of its fields. */
function actionProblem(problem: (path: string) => string | undefined, index: number): string | undefined {
  const at = `actions.${index}`;
  return problem(at) ?? problem(`${at}.text`) ?? problem(`${at}.tags`) ?? problem(`${at}.hours`);
}

function Fields({
  form,
  agents,
  skills,
}: Pick<MacroSheetProps, "agents" | "skills"> & { form: ReturnType<typeof useMacroForm> }) {
  const t = useTranslations("macros");
  const { draft, problem, change } = form;
  return (
    <>
      <Field required label={t("name")} error={problem("name")}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={60}
            placeholder={t("namePlaceholder")}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field optional label={t("shortcut")} help={t("shortcutHelp")} error={problem("shortcut")}>
        {(control) => (
          <Input
            {...control}
            value={draft.shortcut}
            maxLength={20}
            leading="/"
            onChange={(event) => change({ shortcut: event.target.value.replace(/^\/+|\s/gu, "") })}
          />
        )}
      </Field>
      <RuleRows
        title={t("actions")}
        addLabel={t("addAction")}
        removeLabel={(number) => t("removeAction", { number })}
        rows={draft.rows}
        max={MOST_ACTIONS}
        min={1}
        onAdd={() => change({ rows: [...draft.rows, keyed(emptyAction("note"))] })}
        onChange={(rows) => change({ rows })}
      >
        {(row, index, replace) => (
          <MacroActionRow
            action={row.value}
            agents={agents}
            skills={skills}
            problem={actionProblem(problem, index)}
            onChange={replace}
          />
        )}
      </RuleRows>
    </>
  );
}

/** The form of one macro. */
export function MacroSheet(props: MacroSheetProps) {
  const t = useTranslations("macros");
  const form = useMacroForm(props);
  return (
    <FormSheet title={t(props.macro ? "edit" : "add")} form={form} className="sm:max-w-lg">
      <Fields form={form} agents={props.agents} skills={props.skills} />
    </FormSheet>
  );
}
