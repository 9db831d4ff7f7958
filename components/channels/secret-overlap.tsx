"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { DateTime } from "@/components/ui/relative-time";
import { endSecretOverlap } from "@/lib/channels/contracts";

export interface SecretOverlapProps {
  channelId: string;
  /** Name of the secret in its adapter. */
  name: string;
  /** ISO 8601. */
  until: string;
  disabled: boolean;
}

/** Until when the value before this one counts, and the way to end that now. */
export function SecretOverlap({ channelId, name, until, disabled }: SecretOverlapProps) {
  const t = useTranslations("admin-channels");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const router = useRouter();
  const [busy, setBusy] = useState(false);

  async function end(): Promise<void> {
    const agreed = await confirm({
      title: t("overlapEndTitle"),
      body: t("overlapEndBody"),
      confirmLabel: t("overlapEnd"),
      danger: true,
    });
    if (!agreed) {
      return;
    }
    setBusy(true);
    try {
      await call(endSecretOverlap, { params: { id: channelId, name } });
      toast.success(t("overlapEnded"));
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-line border-t pt-3 text-ink-muted text-sm">
      <span>
        {t("overlap")} <DateTime date={until} />
      </span>
      <Button size="sm" disabled={disabled} loading={busy} onClick={() => void end()}>
        {t("overlapEnd")}
      </Button>
    </div>
  );
}
