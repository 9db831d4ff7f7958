"use client";

import { ShieldCheck, ShieldOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { SecretDialog } from "@/components/settings/secret-dialog";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { rotateChannelSecret } from "@/lib/channels/contracts";
import { ChannelSection } from "./channel-section";
import { SecretOverlap } from "./secret-overlap";

export interface IssuedSecretSectionProps {
  channelId: string;
  /** Its name in the adapter. */
  name: string;
  title: string;
  description: string | undefined;
  isSet: boolean;
  /** Until when the value before it counts, ISO 8601; undefined: there is none. */
  overlapUntil: string | undefined;
  disabled: boolean;
  onIssued: () => void;
}

/** Making the secret, or replacing it after asking; what was made is there until it was put away. */
function useRotation({ channelId, name, title, isSet, onIssued }: IssuedSecretSectionProps) {
  const t = useTranslations("admin-channels");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const router = useRouter();
  const [secret, setSecret] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function rotate(): Promise<void> {
    const agreed =
      !isSet ||
      (await confirm({
        title: t("rotateSecretTitle", { name: title }),
        body: t("rotateSecretBody"),
        confirmLabel: t("rotateConfirm"),
      }));
    if (!agreed) {
      return;
    }
    setBusy(true);
    try {
      setSecret((await call(rotateChannelSecret, { params: { id: channelId }, body: { name } })).secret);
      onIssued();
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(false);
    }
  }

  return { secret, busy, rotate, putAway: () => setSecret(undefined) };
}

/** A secret that is ours to make: made or replaced here, shown once. */
export function IssuedSecretSection(props: IssuedSecretSectionProps) {
  const { channelId, name, title, description, isSet, overlapUntil, disabled } = props;
  const t = useTranslations("admin-channels");
  const { secret, busy, rotate, putAway } = useRotation(props);
  const Icon = isSet ? ShieldCheck : ShieldOff;
  return (
    <ChannelSection title={title} {...(description && { description })}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span className="inline-flex items-center gap-2 text-sm">
          <Icon aria-hidden className={isSet ? "size-4 text-success" : "size-4 text-ink-subtle"} />
          {isSet ? t("secretIsSet") : t("secretIsUnset")}
        </span>
        <Button disabled={disabled} loading={busy} onClick={() => void rotate()}>
          {isSet ? t("rotate") : t("create")}
        </Button>
      </div>
      {overlapUntil ? (
        <SecretOverlap channelId={channelId} name={name} until={overlapUntil} disabled={disabled} />
      ) : null}
      {secret === undefined ? null : (
        <SecretDialog
          title={title}
          description={t("secretBody")}
          secret={secret}
          copyLabel={t("secretCopy")}
          doneLabel={t("secretDone")}
          onDone={putAway}
        />
      )}
    </ChannelSection>
  );
}
