"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { isStale } from "@/components/settings/is-stale";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { useUnsavedGuard } from "@/components/settings/use-unsaved-guard";
import { createEntry, getEntry, updateEntry } from "@/lib/knowledge/contracts";
import { beginAnswer } from "@/lib/knowledge/gap-contracts";
import { type Entry, type EntryStatus, entryInput } from "@/lib/knowledge/schema";
import { forgetDraft, recallDraft, rememberDraft } from "./draft-memory";
import { cleaned, draftOf, EMPTY_DRAFT, type EntryDraft, sameDraft } from "./entry-draft";

export interface EditorStart {
  /** The entry as the server has it; undefined for a new one. */
  readonly entry: Entry | undefined;
  readonly question?: string | undefined;
  readonly variants?: readonly string[] | undefined;
  readonly language?: string | undefined;
  readonly gapId?: string | undefined;
}

/** What is saved, what is written, and what was left unsaved in this tab before. */
function useEntryDraft({ entry, question = "", variants = [], language }: EditorStart) {
  const start = entry
    ? draftOf(entry)
    : { ...EMPTY_DRAFT, question, variants: [...variants], language: language ?? EMPTY_DRAFT.language };
  const id = entry?.id;
  const [saved, setSaved] = useState<Entry | undefined>(entry);
  const [base, setBase] = useState<EntryDraft>(start);
  const [draft, setDraft] = useState<EntryDraft>(start);
  const [found, setFound] = useState<EntryDraft>();

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

  return {
    saved,
    draft,
    found,
    dirty: !sameDraft(draft, base),
    change,
    settle: (next: Entry) => {
      setSaved(next);
      setBase(draftOf(next));
      setDraft(draftOf(next));
      setFound(undefined);
      forgetDraft(id);
    },
    forget: () => forgetDraft(id),
    /** Takes over what was left unsaved, or throws it away. */
    settleFound: (restore: boolean) => {
      if (restore && found) {
        change(found);
      } else {
        forgetDraft(id);
      }
      setFound(undefined);
    },
  };
}

/** Sends a draft; undefined when it has problems of its own, which are then shown. */
function useSendEntry(gapId: string | undefined) {
  const { call } = useRequest();
  const problems = useFieldProblems();

  async function send(draft: EntryDraft, status: EntryStatus, at: { id: string; version: number } | undefined) {
    const body = problems.check(entryInput, { ...cleaned(draft), status });
    if (!body) {
      return undefined;
    }
    if (at) {
      return call(updateEntry, { params: { id: at.id }, body: { ...body, version: at.version } });
    }
    const made = await call(createEntry, { body });
    if (gapId !== undefined) {
      // The entry stands; a gap that does not know it is no reason to call the saving failed.
      await call(beginAnswer, { params: { id: gapId }, body: { entryId: made.id } }).catch(() => undefined);
    }
    return made;
  }

  return { problems, send, read: (id: string) => call(getEntry, { params: { id } }) };
}

function outcomeOf(before: EntryStatus, after: EntryStatus): "saved" | "published" | "unpublished" {
  return before === after ? "saved" : after === "published" ? "published" : "unpublished";
}

/** The editor's state: draft, problems, saving, and what somebody else saved meanwhile. */
export function useEntryEditor(start: EditorStart) {
  const t = useTranslations("admin-knowledge.editor");
  const router = useRouter();
  const text = useEntryDraft(start);
  const { problems, send, read } = useSendEntry(start.gapId);
  const [saving, setSaving] = useState<EntryStatus>();
  const [conflict, setConflict] = useState<Entry>();
  const [leaving, setLeaving] = useState(false);
  const { saved, draft } = text;
  useUnsavedGuard(text.dirty && !leaving);

  function finish(next: Entry, before: EntryStatus): void {
    text.settle(next);
    setConflict(undefined);
    toast.success(t(outcomeOf(before, next.status)));
    if (saved === undefined) {
      setLeaving(true);
      router.replace(`/admin/knowledge/${next.id}`);
    } else {
      router.refresh();
    }
  }

  async function save(status: EntryStatus, at = saved): Promise<void> {
    setSaving(status);
    try {
      const next = await send(draft, status, at);
      if (next) {
        finish(next, at?.status ?? "draft");
      }
    } catch (error) {
      if (at && isStale(error)) {
        setConflict(await read(at.id));
      } else {
        toast.error(problems.report(error));
      }
    } finally {
      setSaving(undefined);
    }
  }

  return {
    ...text,
    ...{ problems, saving, conflict },
    save: (status: EntryStatus) => save(status),
    settleConflict: (keepMine: boolean) => {
      setConflict(undefined);
      if (conflict && keepMine) {
        return save(conflict.status, conflict);
      }
      problems.clear();
      return conflict && text.settle(conflict);
    },
    left: () => {
      text.forget();
      setLeaving(true);
    },
  };
}

export type EntryEditorState = ReturnType<typeof useEntryEditor>;
