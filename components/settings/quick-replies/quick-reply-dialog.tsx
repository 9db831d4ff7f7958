"use client";

import { useTranslations } from "next-intl";
import { createQuickReply, type QuickReply, updateQuickReply } from "@/lib/conversations/quick-reply-contracts";
import { FormDialog } from "../form-frame";
import { useDraftForm } from "../use-draft-form";
import { useRequest } from "../use-request";
import { draftOfReply } from "./quick-reply-draft";
import { QuickReplyFields } from "./quick-reply-fields";

export interface QuickReplyDialogProps {
  /** Undefined for a new one. */
  reply: QuickReply | undefined;
  /** True: the caller's own; false: the merchant's. */
  personal: boolean;
  folders: readonly string[];
  onClose: () => void;
  onSaved: () => void;
}

function useQuickReplyForm({ reply, personal, onClose, onSaved }: QuickReplyDialogProps) {
  const { call } = useRequest();
  return useDraftForm({
    start: () => draftOfReply(reply),
    schema: createQuickReply.body,
    inputOf: (draft) => ({ ...draft, personal }),
    save: ({ personal: own, ...patch }) =>
      reply
        ? call(updateQuickReply, { params: { id: reply.id }, body: patch })
        : call(createQuickReply, { body: { ...patch, personal: own } }),
    onClose,
    onSaved,
  });
}

/** The form of one quick reply. */
export function QuickReplyDialog(props: QuickReplyDialogProps) {
  const t = useTranslations("quick-replies");
  const form = useQuickReplyForm(props);
  return (
    <FormDialog title={t(props.reply ? "editTitle" : "add")} form={form}>
      <QuickReplyFields draft={form.draft} folders={props.folders} problem={form.problem} onChange={form.change} />
    </FormDialog>
  );
}
