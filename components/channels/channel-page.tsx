"use client";

import { useTranslations } from "next-intl";
import { PageFrame } from "@/components/settings/page-frame";
import { SaveBar } from "@/components/settings/save-bar";
import type { ChannelDetail, ChannelKind } from "@/lib/channels/schema";
import { InstallSection, PreviewSection } from "./channel-aside";
import { BasicFields, DomainFields, WelcomeFields } from "./channel-fields";
import { IssuedSecrets } from "./issued-secrets";
import { RemoveSection } from "./remove-section";
import { StaleChannelDialog } from "./stale-dialog";
import { useChannelEditor } from "./use-channel-editor";
import { useChannelText } from "./use-channel-text";

export interface ChannelPageProps {
  channel: ChannelDetail;
  kind: ChannelKind;
  /** Public address of this installation, for the snippet. */
  origin: string;
  mayWrite: boolean;
}

/** One web channel: its settings, how to install it, how it looks. */
export function ChannelPage({ channel, kind, origin, mayWrite }: ChannelPageProps) {
  const t = useTranslations("admin-channels");
  const text = useChannelText();
  const editor = useChannelEditor(channel);
  const disabled = !mayWrite;
  return (
    <PageFrame
      back={{ href: "/admin/channels", label: t("back") }}
      title={editor.channel.name}
      description={mayWrite ? text("web.hint") : t("readOnly")}
    >
      <div className="grid items-start gap-4 lg:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <BasicFields editor={editor} disabled={disabled} />
          <WelcomeFields editor={editor} disabled={disabled} />
          <DomainFields editor={editor} disabled={disabled} />
          <IssuedSecrets channel={channel} kind={kind} editor={editor} disabled={disabled} />
          {mayWrite ? <RemoveSection channelId={channel.id} name={editor.channel.name} disabled={disabled} /> : null}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <InstallSection origin={origin} channelId={channel.id} />
          <PreviewSection editor={editor} />
        </div>
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
      <StaleChannelDialog
        open={editor.latest !== undefined}
        onSettle={(keepMine) => void editor.settleStale(keepMine)}
      />
    </PageFrame>
  );
}
