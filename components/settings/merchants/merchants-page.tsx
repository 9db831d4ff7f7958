"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { switchMerchant } from "@/lib/identity/contracts";
import { type MerchantRow, updateMerchant } from "@/lib/identity/merchant-contracts";
import { PageFrame } from "../page-frame";
import { useListQuery } from "../use-list-query";
import { useRequest } from "../use-request";
import { MerchantDialog } from "./merchant-dialog";
import { type MerchantActions, MerchantTable } from "./merchant-table";

const DAYS = ["7", "30", "90"] as const;

function useMerchantActions(edit: MerchantActions["edit"], refresh: () => void): MerchantActions {
  const t = useTranslations("admin-merchants");
  const { call, explain } = useRequest();
  const confirm = useConfirm();

  async function setSuspended(merchant: MerchantRow, suspended: boolean): Promise<void> {
    const { id, name } = merchant;
    const agreed =
      !suspended ||
      (await confirm({
        title: t("suspendTitle", { name }),
        body: t("suspendBody"),
        confirmLabel: t("suspend"),
        danger: true,
      }));
    if (!agreed) {
      return;
    }
    await call(updateMerchant, { params: { id }, body: { suspended } }).then(
      () => toast.success(t(suspended ? "suspendedToast" : "resumedToast", { name })),
      (error: unknown) => toast.error(explain(error)),
    );
    refresh();
  }

  return {
    edit,
    setSuspended: (merchant, suspended) => void setSuspended(merchant, suspended),
    enter: (merchant, path) =>
      void call(switchMerchant, { body: { merchantId: merchant.id } }).then(
        // A whole load: nothing of the merchant before may stay on the page.
        () => window.location.assign(path),
        (error: unknown) => toast.error(explain(error)),
      ),
  };
}

export interface MerchantsPageProps {
  merchants: readonly MerchantRow[];
  nextCursor: string | null;
  days: number;
}

/** Every merchant of the platform: how it goes, and the way in. */
export function MerchantsPage({ merchants, nextCursor, days }: MerchantsPageProps) {
  const t = useTranslations("admin-merchants");
  const query = useListQuery();
  const [editing, setEditing] = useState<{ merchant: MerchantRow | undefined }>();
  const actions = useMerchantActions((merchant) => setEditing({ merchant }), query.refresh);
  const chosen = DAYS.find((value) => Number(value) === days) ?? "30";
  return (
    <PageFrame
      title={t("title")}
      description={t("description")}
      actions={
        <>
          <SegmentedControl
            label={t("days", { count: days })}
            segments={DAYS.map((value) => ({ value, label: t("days", { count: Number(value) }) }))}
            value={chosen}
            onValueChange={(value) => query.set({ days: value })}
          />
          <Button variant="primary" onClick={() => setEditing({ merchant: undefined })}>
            <Plus aria-hidden />
            {t("add")}
          </Button>
        </>
      }
    >
      <MerchantTable merchants={merchants} nextCursor={nextCursor} query={query} actions={actions} />
      {editing ? (
        <MerchantDialog
          merchant={editing.merchant}
          onClose={() => setEditing(undefined)}
          onSaved={() => {
            setEditing(undefined);
            query.refresh();
          }}
        />
      ) : null}
    </PageFrame>
  );
}
