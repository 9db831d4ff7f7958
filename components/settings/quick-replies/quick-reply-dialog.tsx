"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { createQuickReply, type QuickReply, updateQuickReply } from "@/lib/conversations/quick-reply-contracts";
import { useDraftForm } from "../use-draft-form";
import { useRequest } from "../use-request";
import { draftOfReply } from "./quick-reply-draft";
import { QuickReplyFields } from "./quick-reply-fields";

export interface QuickReplyDialogProps {
  /** Undefined for a new one. */
  reply: QuickReply | undefined;
  folders: readonly string[];
  onClose: () => void;
  onSaved: () => void;
}

function useQuickReplyForm({ reply, onClose, onSaved }: QuickReplyDialogProps) {
  const { call } = useRequest();
  return useDraftForm({
    start: () => draftOfReply(reply),
    schema: createQuickReply.body,
    inputOf: (draft) => ({ ...draft, personal: false }),
    save: ({ personal, ...patch }) =>
      reply
        ? call(updateQuickReply, { params: { id: reply.id }, body: patch })
        : call(createQuickReply, { body: { ...patch, personal } }),
    onClose,
    onSaved,
  });
}

/** The form of one shared quick reply. */
export function QuickReplyDialog(props: QuickReplyDialogProps) {
  const t = useTranslations("admin.quickReplies");
  const common = useTranslations("common");
  const form = useQuickReplyForm(props);
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : void form.close())}>
      <DialogContent title={props.reply ? t("editTitle") : t("add")}>
        <form
          noValidate
          className="contents"
          onSubmit={(event) => {
            event.preventDefault();
            void form.save();
          }}
        >
          <DialogBody className="flex flex-col gap-4">
            <QuickReplyFields
              draft={form.draft}
              folders={props.folders}
              problem={form.problem}
              onChange={form.change}
            />
          </DialogBody>
          <DialogFooter>
            <Button onClick={() => void form.close()}>{common("cancel")}</Button>
            <Button type="submit" variant="primary" loading={form.saving}>
              {common("save")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
