"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { isStale } from "@/components/settings/is-stale";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { useUnsavedGuard } from "@/components/settings/use-unsaved-guard";
import { getSettings, type SettingsGroupView, updateSettings } from "@/lib/settings/contracts";
import type { FieldShape } from "@/lib/settings/schema";
import { cleanedValues, type FieldProblem, findProblems, sameValue, type Values } from "./field-values";

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

/** What is wrong with the fields, in words: found here before sending, or by the server after. */
function useSettingProblems() {
  const t = useTranslations("settings.form");
  const answers = useFieldProblems();
  const [problems, setProblems] = useState<Readonly<Record<string, FieldProblem>>>({});
  return {
    setProblems,
    report: answers.report,
    clear: () => {
      setProblems({});
      answers.clear();
    },
    text: (path: string): string | undefined => {
      const found = problems[path];
      switch (found?.kind) {
        case "range":
          return t(found.whole ? "whole" : "range", { minimum: found.minimum, maximum: found.maximum });
        case "tooLong":
          return t("tooLong", { max: found.max });
        default:
          return found ? t("problem") : answers.textWithin(`values.${path}`);
      }
    },
  };
}

/** The state of a settings form, its saving, and what somebody else saved meanwhile. */
export function useSettingsEditor(initial: SettingsGroupView, fields: readonly FieldShape[]) {
  const t = useTranslations("settings.form");
  const { call } = useRequest();
  const router = useRouter();
  const plain = fields.filter(({ kind }) => kind !== "secret");
  const form = useSettingsDraft(initial, plain);
  const problems = useSettingProblems();
  const [saving, setSaving] = useState(false);
  const [latest, setLatest] = useState<SettingsGroupView>();
  const { view, patch } = form;

  function settle(next: SettingsGroupView): void {
    form.settle(next);
    problems.clear();
  }

  async function save(version = view.version): Promise<void> {
    const found = findProblems(plain, form.cleaned);
    problems.setProblems(found);
    if (Object.keys(found).length > 0) {
      return;
    }
    setSaving(true);
    try {
      settle(await call(updateSettings, { params: { group: view.group }, body: { values: patch, version } }));
      toast.success(t("saved"));
      router.refresh();
    } catch (error) {
      if (isStale(error)) {
        setLatest(await call(getSettings, { params: { group: view.group } }));
      } else {
        toast.error(problems.report(error));
      }
    } finally {
      setSaving(false);
    }
  }

  return {
    ...form,
    saving,
    latest,
    problem: problems.text,
    save: () => save(),
    reset: () => settle(view),
    settleStale: (keepMine: boolean) => {
      setLatest(undefined);
      if (latest && keepMine) {
        return save(latest.version);
      }
      return latest && settle(latest);
    },
  };
}

export type SettingsEditor = ReturnType<typeof useSettingsEditor>;
