"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { type ConversationSummary, MESSAGE_MAX_CHARACTERS } from "@/lib/conversations/schema";
import { characterCount } from "@/lib/core/text";
import { useDesk } from "../desk-provider";
import { type Attachments, useAttachments } from "./use-attachments";

/** Pause in typing after which the customer no longer sees "is typing", in milliseconds. */
const TYPING_PAUSE = 4_000;

export interface ComposerState {
  readonly text: string;
  readonly note: boolean;
  readonly excess: number;
  readonly empty: boolean;
  readonly attachments: Attachments;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly setText: (text: string) => void;
  readonly setNote: (note: boolean) => void;
  /** Puts text where the caret is, in place of what stands between `from` and the caret. */
  readonly insert: (text: string, from?: number) => void;
  readonly submit: (options?: { readonly resolve?: boolean }) => void;
}

/** The message being written: its text is kept as a draft, whatever happens to the page. */
export function useComposer(row: ConversationSummary, mayReply: boolean): ComposerState {
  const t = useTranslations("desk");
  const desk = useDesk();
  const problemText = useProblemText();
  const { id } = row;
  const [draft] = useState(() => desk.storage.readDraft(id));
  const [text, setTextState] = useState(draft?.text ?? "");
  const [wantsNote, setWantsNote] = useState(draft?.note ?? false);
  const attachments = useAttachments();
  const field = useRef<HTMLTextAreaElement>(null);
  const note = wantsNote || !mayReply;
  const excess = Math.max(0, characterCount(text.trim()) - MESSAGE_MAX_CHARACTERS);
  const empty = text.trim() === "" && attachments.items.length === 0;

  const typing = !note && text.trim() !== "";
  // Runs anew with each letter: the pause is counted from the last one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` is what restarts it
  useEffect(() => {
    if (!typing) {
      desk.threads.isTyping(id, false);
      return undefined;
    }
    desk.threads.isTyping(id, true);
    const timer = setTimeout(() => desk.threads.isTyping(id, false), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [desk, id, typing, text]);
  useEffect(() => () => desk.threads.isTyping(id, false), [desk, id]);

  const setText = useCallback(
    (next: string) => {
      setTextState(next);
      desk.storage.writeDraft(id, { text: next, note: wantsNote });
    },
    [desk, id, wantsNote],
  );

  const insert = useCallback(
    (piece: string, from?: number) => {
      const area = field.current;
      const end = area?.selectionEnd ?? text.length;
      const start = from ?? area?.selectionStart ?? end;
      setText(text.slice(0, start) + piece + text.slice(end));
      requestAnimationFrame(() => {
        area?.focus();
        area?.setSelectionRange(start + piece.length, start + piece.length);
      });
    },
    [setText, text],
  );

  const submit = useCallback<ComposerState["submit"]>(
    async ({ resolve = false } = {}) => {
      if (empty || excess > 0) {
        return;
      }
      if (attachments.uploading) {
        toast.info(t("composer.waitForUpload"));
        return;
      }
      const files = attachments.takeAll();
      setText("");
      const sent = await desk.threads.send(id, { text: text.trim(), files, visibility: note ? "internal" : "public" });
      if (sent && resolve) {
        await desk.resolve(id).then(
          () => toast.success(t("conversation.resolved")),
          (error: unknown) => toast.error(problemText(error)),
        );
      }
    },
    [attachments, desk, empty, excess, id, note, problemText, setText, t, text],
  );

  return {
    text,
    note,
    excess,
    empty,
    attachments,
    field,
    setText,
    setNote(next) {
      setWantsNote(next);
      desk.storage.writeDraft(id, { text, note: next });
    },
    insert,
    submit: (options) => void submit(options),
  };
}
