"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import type { z } from "zod";
import { useConfirmLeave } from "./use-confirm-leave";
import { useFieldProblems } from "./use-field-problems";

export interface DraftFormOptions<Draft, Schema extends z.ZodType> {
  /** What the form holds when it opens; read once. */
  readonly start: () => Draft;
  readonly schema: Schema;
  /** What the schema checks. */
  readonly inputOf: (draft: Draft) => unknown;
  readonly save: (body: z.output<Schema>) => Promise<unknown>;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** The draft of a form in a dialog: checked by the API's own schema, saved, and not lost by a stray click. */
export function useDraftForm<Draft extends object, Schema extends z.ZodType>(options: DraftFormOptions<Draft, Schema>) {
  const common = useTranslations("common");
  const mayLeave = useConfirmLeave();
  const problems = useFieldProblems();
  const [start] = useState(options.start);
  const [draft, setDraft] = useState<Draft>(start);
  const [saving, setSaving] = useState(false);

  async function save(): Promise<void> {
    const body = problems.check(options.schema, options.inputOf(draft));
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      await options.save(body);
      toast.success(common("saved"));
      options.onSaved();
    } catch (error) {
      toast.error(problems.report(error));
    } finally {
      setSaving(false);
    }
  }

  return {
    draft,
    saving,
    problem: problems.text,
    save,
    change: (patch: Partial<Draft>) => setDraft({ ...draft, ...patch }),
    close: async () => {
      if (await mayLeave(JSON.stringify(draft) !== JSON.stringify(start))) {
        options.onClose();
      }
    },
  };
}
