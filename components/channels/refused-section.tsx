"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { retryReplies } from "@/lib/channels/contracts";
import type { ChannelDetail } from "@/lib/channels/schema";
import { formatDate } from "@/lib/i18n/format";
import { DEFAULT_TIME_ZONE } from "@/lib/i18n/locales";
import { ChannelSection } from "./channel-section";

/** That the platform refuses replies by its API, what that means, and the way to try again; nothing where it does not. */
export function RefusedSection({ channel, disabled }: { channel: ChannelDetail; disabled: boolean }) {
  const t = useTranslations("admin-channels");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const { call, explain } = useRequest();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const since = channel.repliesRefusedSince;
  if (since === null) {
    return null;
  }

  async function retry(): Promise<void> {
    setBusy(true);
    try {
      await call(retryReplies, { params: { id: channel.id } });
      toast.success(t("repliesRetried"));
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <ChannelSection
      title={t("repliesRefused")}
      description={t("repliesRefusedHelp", { since: formatDate(since, "dayTime", locale, timeZone) })}
      actions={
        <Button disabled={disabled} loading={busy} onClick={() => void retry()}>
          {t("repliesRetry")}
        </Button>
      }
    />
  );
}
