"use client";

import { useTranslations } from "next-intl";
import { PageFrame } from "@/components/settings/page-frame";
import { SaveBar } from "@/components/settings/save-bar";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import type { Channel } from "@/lib/channels/schema";
import { InstallSection, PreviewSection, WebhookSection } from "./channel-aside";
import { BasicFields, DomainFields, WelcomeFields } from "./channel-fields";
import { kindOf } from "./channel-kind";
import { DeliveriesTable, type DeliveryRow } from "./deliveries-table";
import { IdentitySection } from "./identity-section";
import { type ChannelEditorState, useChannelEditor } from "./use-channel-editor";

export interface ChannelPageProps {
  channel: Channel & { deliveries: readonly DeliveryRow[] };
  /** Public address of this installation, for the snippet. */
  origin: string;
  mayWrite: boolean;
}

function StaleDialog({ editor }: { editor: ChannelEditorState }) {
  const t = useTranslations("admin-channels");
  return editor.latest ? (
    <Dialog open>
      <DialogContent title={t("staleTitle")} description={t("staleBody")}>
        <DialogFooter className="mt-4">
          <Button onClick={() => void editor.settleStale(false)}>{t("staleReload")}</Button>
          <Button variant="primary" onClick={() => void editor.settleStale(true)}>
            {t("staleOverwrite")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  ) : null;
}

/** One channel: its settings, how to install it, how it looks, what came in. */
export function ChannelPage({ channel, origin, mayWrite }: ChannelPageProps) {
  const t = useTranslations("admin-channels");
  const editor = useChannelEditor(channel);
  const kind = kindOf(channel.type);
  const web = kind === "web";
  const disabled = !mayWrite;
  return (
    <PageFrame
      back={{ href: "/admin/channels", label: t("back") }}
      title={editor.channel.name}
      description={mayWrite ? (kind ? t(`typeHints.${kind}`) : undefined) : t("readOnly")}
    >
      <div className="grid items-start gap-4 lg:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <BasicFields editor={editor} disabled={disabled} />
          {web ? (
            <>
              <WelcomeFields editor={editor} disabled={disabled} />
              <DomainFields editor={editor} disabled={disabled} />
            </>
          ) : (
            <WebhookSection address={channel.webhookUrl} />
          )}
          {web ? (
            <IdentitySection
              channelId={channel.id}
              isSet={editor.channel.secretsSet.includes("identitySecret")}
              disabled={disabled}
              onRotated={editor.secretRotated}
            />
          ) : (
            <DeliveriesTable deliveries={channel.deliveries} />
          )}
        </div>
        {web ? (
          <div className="flex min-w-0 flex-col gap-4">
            <InstallSection origin={origin} channelId={channel.id} />
            <PreviewSection editor={editor} />
          </div>
        ) : null}
      </div>
      {mayWrite ? (
        <SaveBar
          dirty={editor.dirty}
          saving={editor.saving}
          onSave={() => void editor.save()}
          onReset={() => {
            editor.reset();
            editor.problems.clear();
          }}
        />
      ) : null}
      <StaleDialog editor={editor} />
    </PageFrame>
  );
}
