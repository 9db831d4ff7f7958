"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useConfirmLeave } from "@/components/settings/use-confirm-leave";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { createProvider, updateProvider } from "@/lib/bot/provider-contracts";
import type { Provider } from "@/lib/bot/provider-schema";
import { draftOfProvider } from "./provider-draft";
import { ProviderFields } from "./provider-fields";
import { ProviderOptionFields } from "./provider-options";

export interface ProviderDialogProps {
  /** Undefined for a new one. */
  provider: Provider | undefined;
  onClose: () => void;
  onSaved: () => void;
}

function useProviderForm({ provider, onClose, onSaved }: ProviderDialogProps) {
  const common = useTranslations("common");
  const mayLeave = useConfirmLeave();
  const { call } = useRequest();
  const problems = useFieldProblems();
  const start = draftOfProvider(provider);
  const [draft, setDraft] = useState(start);
  const [saving, setSaving] = useState(false);

  async function save(): Promise<void> {
    const body = problems.check(createProvider.body, draft);
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      if (provider) {
        const { kind: _, apiKey, extraSecret, ...rest } = body;
        await call(updateProvider, {
          params: { id: provider.id },
          // What was not typed stays.
          body: { ...rest, ...(apiKey && { apiKey }), ...(extraSecret && { extraSecret }), version: provider.version },
        });
      } else {
        await call(createProvider, { body });
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
    setDraft,
    saving,
    problem: problems.text,
    save,
    close: async () => {
      if (await mayLeave(JSON.stringify(draft) !== JSON.stringify(start))) {
        onClose();
      }
    },
  };
}

/** The form of one service. */
export function ProviderDialog(props: ProviderDialogProps) {
  const t = useTranslations("admin-bot.provider");
  const common = useTranslations("common");
  const form = useProviderForm(props);
  const fields = { draft: form.draft, saved: props.provider, problem: form.problem, onChange: form.setDraft };
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : void form.close())}>
      <DialogContent title={props.provider ? t("edit") : t("add")}>
        <form
          noValidate
          autoComplete="off"
          className="contents"
          onSubmit={(event) => {
            event.preventDefault();
            void form.save();
          }}
        >
          <DialogBody className="flex flex-col gap-4">
            <ProviderFields {...fields} />
            <ProviderOptionFields {...fields} />
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
