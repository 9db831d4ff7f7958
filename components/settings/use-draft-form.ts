"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import type { z } from "zod";
import { useConfirmLeave } from "./use-confirm-leave";
import { useFieldProblems } from "./use-field-problems";
import { useUnsavedGuard } from "./use-unsaved-guard";

export interface DraftFormOptions<Draft, Schema extends z.ZodType, Saved> {
  /** What the form holds when it opens; read once. */
  readonly start: () => Draft;
  readonly schema: Schema;
  /** What the schema checks; also what is compared to tell whether anything was changed. */
  readonly inputOf: (draft: Draft) => unknown;
  readonly save: (body: z.output<Schema>) => Promise<Saved>;
  readonly onClose: () => void;
  readonly onSaved: (saved: Saved) => void;
  /** What is said once it is saved; "saved" unless given, null where the page says something itself. */
  readonly told?: string | null;
}

/** The draft of a form in a dialog or sheet: checked by the API's own schema, saved, and not lost by a stray click. */
export function useDraftForm<Draft extends object, Schema extends z.ZodType, Saved>(
  options: DraftFormOptions<Draft, Schema, Saved>,
) {
  const common = useTranslations("common");
  const mayLeave = useConfirmLeave();
  const problems = useFieldProblems();
  const [start] = useState(options.start);
  const [draft, setDraft] = useState<Draft>(start);
  const [saving, setSaving] = useState(false);
  const dirty = JSON.stringify(options.inputOf(draft)) !== JSON.stringify(options.inputOf(start));
  useUnsavedGuard(dirty && !saving);

  async function save(): Promise<void> {
    const body = problems.check(options.schema, options.inputOf(draft));
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      const saved = await options.save(body);
      if (options.told !== null) {
        toast.success(options.told ?? common("saved"));
      }
      options.onSaved(saved);
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
    problemWithin: problems.textWithin,
    save,
    // Of what is written by then: what a lookup brings comes late.
    change: (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch })),
    close: async () => {
      if (await mayLeave(dirty)) {
        options.onClose();
      }
    },
  };
}
