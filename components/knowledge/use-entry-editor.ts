"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { isStale } from "@/components/settings/is-stale";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { useUnsavedGuard } from "@/components/settings/use-unsaved-guard";
import { writtenIn } from "@/lib/core/written-language";
import { createEntry, getEntry, updateEntry } from "@/lib/knowledge/contracts";
import { beginAnswer } from "@/lib/knowledge/gap-contracts";
import { discardDraft, publishEntry, saveDraft } from "@/lib/knowledge/review-contracts";
import { type Entry, entryInput } from "@/lib/knowledge/schema";
import { forgetDraft, recallDraft, rememberDraft } from "./draft-memory";
import { cleaned, draftOf, EMPTY_DRAFT, type EntryDraft, sameDraft } from "./entry-draft";
import { isContentLanguage } from "./languages";

export interface EditorStart {
  /** The entry as the server has it; undefined for a new one. */
  readonly entry: Entry | undefined;
  readonly question?: string | undefined;
  readonly variants?: readonly string[] | undefined;
  readonly gapId?: string | undefined;
}

/** What a person wants to become of what they wrote. */
export type Intent = "draft" | "review" | "publish" | "unpublish" | "archive";

function languageOf(question: string): string {
  const written = writtenIn(question) ?? "";
  return isContentLanguage(written) ? written : EMPTY_DRAFT.language;
}

function newDraft({ question = "", variants = [] }: Pick<EditorStart, "question" | "variants">): EntryDraft {
  return { ...EMPTY_DRAFT, question, variants: [...variants], language: languageOf(question) };
}

/** What is saved, what is written, and what was left unsaved in this tab before. */
function useEntryDraft({ entry, ...given }: EditorStart) {
  const start = entry ? draftOf(entry) : newDraft(given);
  const id = entry?.id;
  const [saved, setSaved] = useState<Entry | undefined>(entry);
  const [base, setBase] = useState<EntryDraft>(start);
  const [draft, setDraft] = useState<EntryDraft>(start);
  const [found, setFound] = useState<EntryDraft>();
  const latest = useRef(start);
  const languageChosen = useRef(entry !== undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what lay there when the editor opened
  useEffect(() => {
    const left = recallDraft(id, base);
    setFound(left && !sameDraft(left, base) ? left : undefined);
  }, []);

  /** A patch is made of what is written at that moment: an upload ends long after the render that began it. */
  function change(patch: Partial<EntryDraft> | ((draft: EntryDraft) => Partial<EntryDraft>)): void {
    const said = typeof patch === "function" ? patch(latest.current) : patch;
    // A new entry is in the language of its question until somebody says another.
    languageChosen.current ||= "language" in said;
    const next = { ...latest.current, ...said };
    latest.current = languageChosen.current ? next : { ...next, language: languageOf(next.question) };
    setDraft(latest.current);
    rememberDraft(id, latest.current);
  }

  /** @param sent what was saved by it; what was typed on since stays, as a further change */
  function settle(next: Entry, sent?: EntryDraft): void {
    const after = draftOf(next);
    setSaved(next);
    setBase(after);
    setFound(undefined);
    forgetDraft(id);
    if (sent === undefined || sameDraft(latest.current, sent)) {
      latest.current = after;
      setDraft(after);
    } else {
      rememberDraft(next.id, latest.current);
    }
  }

  return {
    saved,
    draft,
    found,
    dirty: !sameDraft(draft, base),
    change,
    settle,
    forget: () => forgetDraft(id),
    /** Takes over what was left unsaved, or throws it away. */
    settleFound: (restore: boolean) => {
      restore && found ? change(found) : forgetDraft(id);
      setFound(undefined);
    },
  };
}

const FIRST_STATUS = {
  draft: "draft",
  review: "review",
  publish: "published",
  unpublish: "draft",
  archive: "archived",
} as const;

/** Sends a draft; undefined when it has problems of its own, which are then shown. */
function useSendEntry(gapId: string | undefined) {
  const { call } = useRequest();
  const problems = useFieldProblems();

  async function send(draft: EntryDraft, intent: Intent, at: { id: string; version: number } | undefined) {
    const body = problems.check(entryInput, { ...cleaned(draft), status: FIRST_STATUS[intent] });
    if (!body) {
      return undefined;
    }
    if (!at) {
      const made = await call(createEntry, { body });
      if (gapId !== undefined) {
        // The entry stands; a gap that does not know it is no reason to call the saving failed.
        await call(beginAnswer, { params: { id: gapId }, body: { entryId: made.id } }).catch(() => undefined);
      }
      return made;
    }
    const { status, ...content } = body;
    const params = { id: at.id };
    switch (intent) {
      case "publish":
        return call(publishEntry, { params, body: { ...content, version: at.version } });
      case "draft":
      case "review":
        return call(saveDraft, { params, body: { ...content, review: intent === "review", version: at.version } });
      default:
        return call(updateEntry, { params, body: { ...content, status, version: at.version } });
    }
  }

  return {
    problems,
    send,
    read: (id: string) => call(getEntry, { params: { id } }),
    discard: (id: string, version: number) => call(discardDraft, { params: { id }, query: { version } }),
  };
}

const OUTCOMES = {
  draft: "draftSaved",
  review: "submitted",
  publish: "published",
  unpublish: "unpublished",
  archive: "archived",
} as const;

/** Goes on with what was saved: tells it, and leads a new entry to its own address. */
function useFinish(text: ReturnType<typeof useEntryDraft>) {
  const router = useRouter();
  const [leaving, setLeaving] = useState(false);
  useUnsavedGuard(text.dirty && !leaving, text.forget);

  function finish(next: Entry, outcome: string, sent?: EntryDraft): void {
    const isNew = text.saved === undefined;
    text.settle(next, sent);
    toast.success(outcome);
    if (isNew) {
      setLeaving(true);
      router.replace(`/admin/knowledge/${next.id}`);
    } else {
      router.refresh();
    }
  }

  return {
    finish,
    left: () => {
      text.forget();
      setLeaving(true);
    },
  };
}

/** The editor's state: draft, problems, saving, and what somebody else saved meanwhile. */
export function useEntryEditor(start: EditorStart) {
  const t = useTranslations("admin-knowledge.editor");
  const text = useEntryDraft(start);
  const { finish, left } = useFinish(text);
  const { problems, send, read, discard } = useSendEntry(start.gapId);
  const [saving, setSaving] = useState<Intent | "discard">();
  const [conflict, setConflict] = useState<{ readonly theirs: Entry; readonly intent: Intent }>();
  const { saved, draft } = text;

  async function attempt(work: Intent | "discard", at: Entry | undefined): Promise<void> {
    setSaving(work);
    try {
      if (work === "discard") {
        at && finish(await discard(at.id, at.version), t("discarded"));
        return;
      }
      const next = await send(draft, work, at);
      if (next) {
        finish(next, t(work === "publish" && at?.status === "published" ? "saved" : OUTCOMES[work]), draft);
      }
    } catch (error) {
      if (at && work !== "discard" && isStale(error)) {
        setConflict({ theirs: await read(at.id), intent: work });
      } else {
        toast.error(problems.report(error));
      }
    } finally {
      setSaving(undefined);
    }
  }

  return {
    ...text,
    ...{ problems, saving, conflict: conflict?.theirs },
    save: (intent: Intent) => attempt(intent, saved),
    discard: () => attempt("discard", saved),
    settleConflict: (keepMine: boolean) => {
      setConflict(undefined);
      if (conflict && keepMine) {
        return attempt(conflict.intent, conflict.theirs);
      }
      problems.clear();
      return conflict && text.settle(conflict.theirs);
    },
    left,
  };
}

export type EntryEditorState = ReturnType<typeof useEntryEditor>;
