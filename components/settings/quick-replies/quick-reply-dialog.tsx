"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { createQuickReply, type QuickReply, updateQuickReply } from "@/lib/conversations/quick-reply-contracts";
import { useConfirmLeave } from "../use-confirm-leave";
import { useFieldProblems } from "../use-field-problems";
import { useRequest } from "../use-request";
import { draftOfReply, type QuickReplyDraft } from "./quick-reply-draft";
import { QuickReplyFields } from "./quick-reply-fields";

export interface QuickReplyDialogProps {
  /** Undefined for a new one. */
  reply: QuickReply | undefined;
  folders: readonly string[];
  onClose: () => void;
  onSaved: () => void;
}

function useQuickReplyForm({ reply, onClose, onSaved }: QuickReplyDialogProps) {
  const common = useTranslations("common");
  const mayLeave = useConfirmLeave();
  const { call } = useRequest();
  const problems = useFieldProblems();
  const start = draftOfReply(reply);
  const [draft, setDraft] = useState(start);
  const [saving, setSaving] = useState(false);

  async function save(): Promise<void> {
    const body = problems.check(createQuickReply.body, { ...draft, personal: false });
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      if (reply) {
        const { personal: _, ...patch } = body;
        await call(updateQuickReply, { params: { id: reply.id }, body: patch });
      } else {
        await call(createQuickReply, { body });
      }
      toast.success(common("saved"));
      onSaved();
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
    change: (patch: Partial<QuickReplyDraft>) => setDraft({ ...draft, ...patch }),
    close: async () => {
      if (await mayLeave(JSON.stringify(draft) !== JSON.stringify(start))) {
        onClose();
      }
    },
  };
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
