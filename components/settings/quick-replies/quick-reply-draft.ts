import type { QuickReply } from "@/lib/conversations/quick-reply-contracts";

export interface QuickReplyDraft {
  readonly title: string;
  readonly shortcut: string;
  readonly folder: string;
  readonly language: string;
  readonly text: string;
}

const EMPTY: QuickReplyDraft = { title: "", shortcut: "", folder: "", language: "zh-CN", text: "" };

/** What the form holds; empty for a new one. */
export function draftOfReply(reply: QuickReply | undefined): QuickReplyDraft {
  if (!reply) {
    return EMPTY;
  }
  const { title, shortcut, folder, language, text } = reply;
  return { title, shortcut, folder, language, text };
}
