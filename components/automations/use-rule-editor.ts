"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useConfirmLeave } from "@/components/settings/use-confirm-leave";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { useUnsavedGuard } from "@/components/settings/use-unsaved-guard";
import { createRule, dryRunRule, updateRule } from "@/lib/automations/contracts";
import { type DryRun, type Rule, ruleInput } from "@/lib/automations/schema";
import { draftOfRule, inputOf, type RuleDraft } from "./rule-draft";

/** Draft, problems, trying and saving of one rule. */
export function useRuleEditor(rule: Rule | undefined, onClose: () => void, onSaved: () => void) {
  const common = useTranslations("common");
  const { call } = useRequest();
  const mayLeave = useConfirmLeave();
  const problems = useFieldProblems();
  const [start] = useState(() => draftOfRule(rule));
  const [draft, setDraft] = useState(start);
  const [busy, setBusy] = useState<"saving" | "trying">();
  const [tried, setTried] = useState<DryRun>();
  const dirty = JSON.stringify(inputOf(draft)) !== JSON.stringify(inputOf(start));
  useUnsavedGuard(dirty && busy !== "saving");

  async function run(what: "saving" | "trying", work: () => Promise<void>): Promise<void> {
    setBusy(what);
    try {
      await work();
    } catch (error) {
      toast.error(problems.report(error));
    } finally {
      setBusy(undefined);
    }
  }

  return {
    draft,
    busy,
    tried,
    problem: problems.textWithin,
    change: (next: RuleDraft) => {
      setDraft(next);
      setTried(undefined);
    },
    tryOut: async () => {
      // A name is not needed for a look at what was.
      const body = problems.check(ruleInput, { ...inputOf(draft), name: draft.name.trim() || "-" });
      if (body) {
        await run("trying", async () => setTried(await call(dryRunRule, { body })));
      }
    },
    save: async () => {
      const body = problems.check(ruleInput, inputOf(draft));
      if (body) {
        await run("saving", async () => {
          await (rule
            ? call(updateRule, { params: { id: rule.id }, body: { ...body, version: rule.version } })
            : call(createRule, { body }));
          toast.success(common("saved"));
          onSaved();
        });
      }
    },
    close: async () => {
      if (await mayLeave(dirty)) {
        onClose();
      }
    },
  };
}
