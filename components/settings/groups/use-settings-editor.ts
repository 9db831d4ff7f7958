"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFormProblems } from "@/components/settings/use-form-problems";
import { useRequest } from "@/components/settings/use-request";
import { useUnsavedGuard } from "@/components/settings/use-unsaved-guard";
import { useVersionedSave } from "@/components/settings/use-versioned-save";
import { getSettings, type SettingsGroupView, updateSettings } from "@/lib/settings/contracts";
import type { FieldShape } from "@/lib/settings/schema";
import { cleanedValues, findProblems, sameValue, type Values } from "./field-values";

/** A secret that was typed, `null` for one that is to be cleared; absent: as it is. */
type Secrets = Readonly<Record<string, string | null>>;

/** Only what differs is sent; a value that equals the inherited one is given back rather than fixed. */
function patchOf(view: SettingsGroupView, values: Values, secrets: Secrets): Record<string, unknown> {
  const changed = Object.entries(values)
    .filter(([name, value]) => name in view.values && !sameValue(value, view.values[name]))
    .map(([name, value]) => [name, sameValue(value, view.inherited[name]) ? null : value]);
  return { ...Object.fromEntries(changed), ...secrets };
}

/** What is saved, what is written, how they differ. */
function useSettingsDraft(initial: SettingsGroupView, fields: readonly FieldShape[]) {
  const [view, setView] = useState(initial);
  const [draft, setDraft] = useState<Values>(initial.values);
  const [secrets, setSecrets] = useState<Secrets>({});
  const cleaned = cleanedValues(fields, draft);
  const patch = patchOf(view, cleaned, secrets);
  const dirty = Object.keys(patch).length > 0;
  useUnsavedGuard(dirty);
  return {
    view,
    draft,
    secrets,
    cleaned,
    patch,
    dirty,
    change: (name: string, value: unknown) => setDraft({ ...draft, [name]: value }),
    changeSecret: (name: string, value: string | null | undefined) => {
      const { [name]: _, ...rest } = secrets;
      setSecrets(value === undefined ? rest : { ...rest, [name]: value });
    },
    settle: (next: SettingsGroupView) => {
      setView(next);
      setDraft(next.values);
      setSecrets({});
    },
  };
}

/** The state of a settings form, its saving, and what somebody else saved meanwhile. */
export function useSettingsEditor(initial: SettingsGroupView, fields: readonly FieldShape[]) {
  const t = useTranslations("settings.form");
  const { call } = useRequest();
  const plain = fields.filter(({ kind }) => kind !== "secret");
  const form = useSettingsDraft(initial, plain);
  const problems = useFormProblems("values");
  const { view, patch } = form;
  const params = { group: view.group };

  function settle(next: SettingsGroupView): void {
    form.settle(next);
    problems.clear();
  }

  const { save, ...saving } = useVersionedSave<SettingsGroupView>({
    send: (version) => call(updateSettings, { params, body: { values: patch, version } }),
    read: () => call(getSettings, { params }),
    settle,
    report: problems.report,
    done: t("saved"),
  });

  return {
    ...form,
    ...saving,
    problem: problems.field,
    save: async (): Promise<void> => {
      const found = findProblems(plain, form.cleaned);
      problems.setFound(found);
      if (Object.keys(found).length === 0) {
        await save(view.version);
      }
    },
    reset: () => settle(view),
  };
}

export type SettingsEditor = ReturnType<typeof useSettingsEditor>;
