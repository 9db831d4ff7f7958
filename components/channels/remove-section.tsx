"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { removeChannel } from "@/lib/channels/contracts";
import { ChannelSection } from "./channel-section";

/** Takes a channel away, after a question. */
export function RemoveSection({ channelId, name, disabled }: { channelId: string; name: string; disabled: boolean }) {
  const t = useTranslations("admin-channels");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const router = useRouter();
  const [busy, setBusy] = useState(false);

  async function remove(): Promise<void> {
    const agreed = await confirm({
      title: t("removeTitle", { name }),
      body: t("removeBody"),
      confirmLabel: t("removeConfirm"),
      danger: true,
    });
    if (!agreed) {
      return;
    }
    setBusy(true);
    try {
      await call(removeChannel, { params: { id: channelId } });
      toast.success(t("removed", { name }));
      router.push("/admin/channels");
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
      setBusy(false);
    }
  }

  return (
    <ChannelSection
      title={t("remove")}
      description={t("removeHelp")}
      actions={
        <Button variant="danger" disabled={disabled} loading={busy} onClick={() => void remove()}>
          {t("remove")}
        </Button>
      }
    />
  );
}
