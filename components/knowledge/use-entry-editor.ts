"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { useUnsavedGuard } from "@/components/settings/use-unsaved-guard";
import { createEntry, getEntry, updateEntry } from "@/lib/knowledge/contracts";
import { dismissGap } from "@/lib/knowledge/gap-contracts";
import { type Entry, type EntryStatus, entryInput } from "@/lib/knowledge/schema";
import { RequestFailed } from "@/lib/platform/http/client";
import { forgetDraft, recallDraft, rememberDraft } from "./draft-memory";
import { cleaned, draftOf, EMPTY_DRAFT, type EntryDraft, sameDraft } from "./entry-draft";

export interface EditorStart {
  /** The entry as the server has it; undefined for a new one. */
  readonly entry: Entry | undefined;
  readonly question?: string | undefined;
  readonly language?: string | undefined;
  readonly gapId?: string | undefined;
}

function isStale(error: unknown): boolean {
  return error instanceof RequestFailed && error.problem.reason === "stale_version";
}

/** The editor's state: draft, problems, saving, what somebody else saved meanwhile, and what was left unsaved before. */
export function useEntryEditor({ entry, question = "", language, gapId }: EditorStart) {
  const t = useTranslations("admin-knowledge.editor");
  const { call, explain } = useRequest();
  const router = useRouter();
  const problems = useFieldProblems();
  const start = entry ? draftOf(entry) : { ...EMPTY_DRAFT, question, language: language ?? EMPTY_DRAFT.language };
  const [saved, setSaved] = useState<Entry | undefined>(entry);
  const [base, setBase] = useState<EntryDraft>(start);
  const [draft, setDraft] = useState<EntryDraft>(start);
  const [saving, setSaving] = useState<EntryStatus>();
  const [conflict, setConflict] = useState<Entry>();
  const [found, setFound] = useState<EntryDraft>();
  const [leaving, setLeaving] = useState(false);
  const dirty = !sameDraft(draft, base);
  const id = entry?.id;
  useUnsavedGuard(dirty && !leaving);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what lay there when the editor opened
  useEffect(() => {
    const left = recallDraft(id, base);
    setFound(left && !sameDraft(left, base) ? left : undefined);
  }, []);

  function change(patch: Partial<EntryDraft>): void {
    const next = { ...draft, ...patch };
    setDraft(next);
    rememberDraft(id, next);
  }

  function settle(next: Entry): void {
    setSaved(next);
    setBase(draftOf(next));
    setDraft(draftOf(next));
    setConflict(undefined);
    setFound(undefined);
    problems.clear();
    forgetDraft(id);
  }

  async function send(status: EntryStatus, version: number | undefined): Promise<Entry | undefined> {
    const body = problems.check(entryInput, { ...cleaned(draft), status });
    if (!body) {
      return undefined;
    }
    if (saved === undefined) {
      const made = await call(createEntry, { body });
      if (gapId !== undefined) {
        // The entry stands; a gap that stays on the list is no reason to call the saving failed.
        await call(dismissGap, { params: { id: gapId } }).catch(() => undefined);
      }
      return made;
    }
    return call(updateEntry, { params: { id: saved.id }, body: { ...body, version } });
  }

  async function save(status: EntryStatus, version = saved?.version): Promise<void> {
    const before = saved?.status ?? "draft";
    setSaving(status);
    try {
      const next = await send(status, version);
      if (!next) {
        return;
      }
      settle(next);
      toast.success(status === before ? t("saved") : status === "published" ? t("published") : t("unpublished"));
      if (saved === undefined) {
        setLeaving(true);
        router.replace(`/admin/knowledge/${next.id}`);
      } else {
        router.refresh();
      }
    } catch (error) {
      if (saved && isStale(error)) {
        setConflict(await call(getEntry, { params: { id: saved.id } }));
      } else {
        toast.error(problems.report(error));
      }
    } finally {
      setSaving(undefined);
    }
  }

  return {
    saved,
    draft,
    dirty,
    problems,
    saving,
    conflict,
    found,
    explain,
    change,
    save: (status: EntryStatus) => save(status),
    reset: () => {
      setDraft(base);
      problems.clear();
      forgetDraft(id);
    },
    /** Takes over what was left unsaved, or throws it away. */
    settleFound: (restore: boolean) => {
      if (restore && found) {
        change(found);
      } else {
        forgetDraft(id);
      }
      setFound(undefined);
    },
    settleConflict: (keepMine: boolean) => {
      if (conflict && keepMine) {
        setSaved(conflict);
        void save(conflict.status, conflict.version);
      } else if (conflict) {
        settle(conflict);
      }
    },
    left: () => {
      forgetDraft(id);
      setLeaving(true);
    },
  };
}

export type EntryEditorState = ReturnType<typeof useEntryEditor>;
