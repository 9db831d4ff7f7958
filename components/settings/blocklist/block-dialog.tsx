"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { blockCustomer, blockNetwork } from "@/lib/customers/blocklist-contracts";

const LENGTHS = ["1", "7", "30", "365", "forever"] as const;
type Length = (typeof LENGTHS)[number];

export interface BlockDialogProps {
  /** Whom to block; undefined: an address, asked for here. */
  customer?: { readonly id: string; readonly name: string } | undefined;
  onClose: (blocked: boolean) => void;
}

interface Draft {
  readonly network: string;
  readonly reason: string;
  readonly length: Length;
}

function useBlock({ customer, onClose }: BlockDialogProps) {
  const t = useTranslations("blocklist");
  const { call } = useRequest();
  const problems = useFieldProblems();
  const [draft, setDraft] = useState<Draft>({ network: "", reason: "", length: "7" });
  const [saving, setSaving] = useState(false);

  async function block(event: FormEvent): Promise<void> {
    event.preventDefault();
    const terms = { reason: draft.reason, ...(draft.length === "forever" ? {} : { days: Number(draft.length) }) };
    setSaving(true);
    try {
      if (customer) {
        await call(blockCustomer, { params: { id: customer.id }, body: terms });
      } else {
        const body = problems.check(blockNetwork.body, { network: draft.network, ...terms });
        if (!body) {
          setSaving(false);
          return;
        }
        await call(blockNetwork, { body });
      }
      toast.success(t("blocked"));
      onClose(true);
    } catch (error) {
      toast.error(problems.report(error));
      setSaving(false);
    }
  }

  return { draft, saving, problem: problems.text, change: setDraft, block };
}

/** Whom, why and for how long. */
export function BlockDialog(props: BlockDialogProps) {
  const { customer, onClose } = props;
  const t = useTranslations("blocklist");
  const common = useTranslations("common");
  const form = useBlock(props);
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose(false))}>
      <DialogContent
        title={customer ? t("blockCustomerTitle", { name: customer.name }) : t("blockTitle")}
        description={t("blockBody")}
      >
        <form noValidate onSubmit={(event) => void form.block(event)}>
          <DialogBody className="flex flex-col gap-4">
            {customer ? null : (
              <Field required label={t("network")} help={t("networkHelp")} error={form.problem("network")}>
                {(control) => (
                  <Input
                    {...control}
                    value={form.draft.network}
                    placeholder="203.0.113.0/24"
                    onChange={(event) => form.change({ ...form.draft, network: event.target.value })}
                  />
                )}
              </Field>
            )}
            <TermFields form={form} />
          </DialogBody>
          <DialogFooter>
            <Button onClick={() => onClose(false)}>{common("cancel")}</Button>
            <Button type="submit" variant="danger" loading={form.saving}>
              {t("block")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function TermFields({ form }: { form: ReturnType<typeof useBlock> }) {
  const t = useTranslations("blocklist");
  return (
    <>
      <Field optional label={t("reason")} error={form.problem("reason")}>
        {(control) => (
          <Input
            {...control}
            value={form.draft.reason}
            maxLength={200}
            onChange={(event) => form.change({ ...form.draft, reason: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("length")}>
        {(control) => (
          <Select
            {...control}
            className="w-full"
            value={form.draft.length}
            options={LENGTHS.map((length) => ({ value: length, label: t(`lengths.${length}`) }))}
            onValueChange={(length) => form.change({ ...form.draft, length })}
          />
        )}
      </Field>
    </>
  );
}
