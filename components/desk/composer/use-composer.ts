"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { type ConversationSummary, MESSAGE_MAX_CHARACTERS, type QuotePart } from "@/lib/conversations/schema";
import { characterCount } from "@/lib/core/text";
import type { Agent } from "@/lib/identity/schema";
import { useDesk } from "../desk-provider";
import type { Draft } from "../store/storage";
import { calledIn } from "./mention-text";
import { type Attachments, useAttachments } from "./use-attachments";

/** Pause in typing after which the customer no longer sees "is typing", in milliseconds. */
const TYPING_PAUSE = 4_000;
const NOBODY = {};

export interface ComposerState {
  readonly text: string;
  readonly note: boolean;
  /** The note advises the assignee. */
  readonly whisper: boolean;
  readonly excess: number;
  readonly empty: boolean;
  readonly attachments: Attachments;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly setText: (text: string) => void;
  readonly setNote: (note: boolean, whisper?: boolean) => void;
  readonly quote: QuotePart | undefined;
  readonly setQuote: (quote: QuotePart | undefined) => void;
  /** Calls a colleague by name, in place of what stands between `from` and the caret. */
  readonly mention: (agent: Agent, from?: number) => void;
  /** Puts text where the caret is, in place of what stands between `from` and the caret. */
  readonly insert: (text: string, from?: number) => void;
  readonly submit: (options?: { readonly resolve?: boolean }) => void;
}

/** Tells the customer that the agent is typing; after a pause, or when they leave, that they are not. */
function useTypingSignal(id: string, text: string, typing: boolean): void {
  const { threads } = useDesk();
  // Runs anew with each letter: the pause is counted from the last one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` is what restarts it
  useEffect(() => {
    threads.isTyping(id, typing);
    const timer = typing ? setTimeout(() => threads.isTyping(id, false), TYPING_PAUSE) : undefined;
    return () => clearTimeout(timer);
  }, [threads, id, typing, text]);
  useEffect(() => () => threads.isTyping(id, false), [threads, id]);
}

/** Sends what was written with its files. @returns false when it has to wait for an upload */
function useSend({ id }: ConversationSummary, attachments: Attachments) {
  const t = useTranslations("desk");
  const desk = useDesk();
  const problemText = useProblemText();
  return useCallback(
    ({
      text,
      note,
      resolve,
      quote,
      mentions,
      whisper,
    }: {
      readonly text: string;
      readonly quote: QuotePart | undefined;
      readonly note: boolean;
      readonly mentions: readonly string[];
      readonly whisper: boolean;
      readonly resolve: boolean;
    }): boolean => {
      if (attachments.uploading) {
        toast.info(t("composer.waitForUpload"));
        return false;
      }
      const files = attachments.takeAll();
      const sent = desk.threads.send(id, {
        text,
        files,
        visibility: note ? "internal" : "public",
        quote,
        mentions,
        whisper,
      });
      if (resolve) {
        sent
          .then((arrived) =>
            arrived ? desk.resolve(id).then(() => toast.success(t("conversation.resolved"))) : undefined,
          )
          .catch((error: unknown) => toast.error(problemText(error)));
      }
      return true;
    },
    [attachments, desk, id, problemText, t],
  );
}

/** Text and kind of what is being written, kept in this browser with every letter. */
function useDraft(id: string) {
  const { storage } = useDesk();
  const [draft, setDraft] = useState<Draft>(() => storage.readDraft(id) ?? { text: "", note: false });
  const change = useCallback(
    (part: Partial<Draft>) =>
      setDraft((before) => {
        const next = { ...before, ...part };
        storage.writeDraft(id, next);
        return next;
      }),
    [storage, id],
  );
  return [draft, change] as const;
}

/** What a hand or a menu changes of the draft. */
function useSetters(change: (part: Partial<Draft>) => void): Pick<ComposerState, "setText" | "setQuote" | "setNote"> {
  const setText = useCallback((next: string) => change({ text: next }), [change]);
  const setQuote = useCallback((next: QuotePart | undefined) => change({ quote: next }), [change]);
  const setNote = useCallback((next: boolean, advice = false) => change({ note: next, whisper: advice }), [change]);
  return { setText, setQuote, setNote };
}

/** The message being written: its text is kept as a draft, whatever happens to the page. */
export function useComposer(row: ConversationSummary, mayReply: boolean): ComposerState {
  const [draft, change] = useDraft(row.id);
  const attachments = useAttachments();
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, quote, mentions = NOBODY } = draft;
  const note = draft.note || !mayReply;
  const whisper = note && draft.whisper === true;
  const excess = Math.max(0, characterCount(text.trim()) - MESSAGE_MAX_CHARACTERS);
  const empty = text.trim() === "" && attachments.items.length === 0;
  const send = useSend(row, attachments);
  useTypingSignal(row.id, text, !note && text.trim() !== "");

  const insert = useCallback(
    (piece: string, from?: number) => {
      const area = field.current;
      const end = area?.selectionEnd ?? text.length;
      const start = from ?? area?.selectionStart ?? end;
      change({ text: text.slice(0, start) + piece + text.slice(end) });
      requestAnimationFrame(() => {
        area?.focus();
        area?.setSelectionRange(start + piece.length, start + piece.length);
      });
    },
    [change, text],
  );

  const submit = useCallback<ComposerState["submit"]>(
    ({ resolve = false } = {}) => {
      const called = note ? calledIn(text, mentions) : [];
      if (!empty && excess === 0 && send({ text: text.trim(), note, resolve, quote, mentions: called, whisper })) {
        change({ text: "", quote: undefined, mentions: {} });
      }
    },
    [change, empty, excess, mentions, note, quote, send, text, whisper],
  );

  const mention = useCallback(
    ({ id, name }: Agent, from?: number) => {
      change({ mentions: { ...mentions, [name]: id } });
      insert(`@${name} `, from);
    },
    [change, insert, mentions],
  );
  const rest = { attachments, field, quote, mention, insert, submit };
  return { text, note, whisper, excess, empty, ...rest, ...useSetters(change) };
}
