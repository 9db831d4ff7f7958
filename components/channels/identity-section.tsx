"use client";

import { ShieldCheck, ShieldOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { SecretDialog } from "@/components/settings/secret-dialog";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { rotateIdentitySecret } from "@/lib/channels/contracts";
import { ChannelSection } from "./channel-section";

export interface IdentitySectionProps {
  channelId: string;
  isSet: boolean;
  disabled: boolean;
  onRotated: () => void;
}

/** The secret that signs customers' ids: made or replaced here, shown once. */
export function IdentitySection({ channelId, isSet, disabled, onRotated }: IdentitySectionProps) {
  const t = useTranslations("admin-channels");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const [secret, setSecret] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function rotate(): Promise<void> {
    const agreed =
      !isSet ||
      (await confirm({
        title: t("rotateTitle"),
        body: t("rotateBody"),
        confirmLabel: t("rotateConfirm"),
        danger: true,
      }));
    if (!agreed) {
      return;
    }
    setBusy(true);
    try {
      const made = await call(rotateIdentitySecret, { params: { id: channelId } });
      setSecret(made.secret);
      onRotated();
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(false);
    }
  }

  const Icon = isSet ? ShieldCheck : ShieldOff;
  return (
    <ChannelSection title={t("identity")} description={t("identityHelp")}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span className="inline-flex items-center gap-2 text-sm">
          <Icon aria-hidden className={isSet ? "size-4 text-success" : "size-4 text-ink-subtle"} />
          {isSet ? t("identitySet") : t("identityUnset")}
        </span>
        <Button disabled={disabled} loading={busy} onClick={() => void rotate()}>
          {isSet ? t("rotate") : t("create")}
        </Button>
      </div>
      {secret === undefined ? null : (
        <SecretDialog
          title={t("secretTitle")}
          description={t("secretBody")}
          secret={secret}
          copyLabel={t("secretCopy")}
          doneLabel={t("secretDone")}
          onDone={() => setSecret(undefined)}
        />
      )}
    </ChannelSection>
  );
}
