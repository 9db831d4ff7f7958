"use client";

import { useTranslations } from "next-intl";
import { PageFrame } from "@/components/settings/page-frame";
import { SaveBar } from "@/components/settings/save-bar";
import type { ChannelDetail, ChannelKind } from "@/lib/channels/schema";
import { WebhookSection } from "./channel-aside";
import { ConnectionFields, PlatformBasics } from "./connection-fields";
import { DeliveriesTable } from "./deliveries-table";
import { EventsTable } from "./events-table";
import { IssuedSecrets } from "./issued-secrets";
import { RefusedSection } from "./refused-section";
import { RemoveSection } from "./remove-section";
import { RepliesTable, type ShownReply } from "./replies-table";
import { StaleChannelDialog } from "./stale-dialog";
import { TemplatesSection } from "./templates-section";
import { TestSection } from "./test-section";
import { useChannelText } from "./use-channel-text";
import { usePlatformEditor } from "./use-platform-editor";

export interface PlatformPageProps {
  channel: ChannelDetail;
  kind: ChannelKind;
  /** What last went out by the platform's own API. */
  replies: readonly ShownReply[];
  mayWrite: boolean;
}

/** One channel of a platform or an own app: its connection, whether it works, what came in and what went out. */
export function PlatformPage({ channel, kind, replies, mayWrite }: PlatformPageProps) {
  const t = useTranslations("admin-channels");
  const text = useChannelText();
  const editor = usePlatformEditor(channel, kind);
  const disabled = !mayWrite;
  return (
    <PageFrame
      back={{ href: "/admin/channels", label: t("back") }}
      title={editor.channel.name}
      description={mayWrite ? text(`${kind.kind}.hint`) : t("readOnly")}
    >
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <PlatformBasics editor={editor} disabled={disabled} />
          <ConnectionFields editor={editor} kind={kind} disabled={disabled} />
          {mayWrite ? <RemoveSection channelId={channel.id} name={editor.channel.name} disabled={disabled} /> : null}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <RefusedSection channel={channel} disabled={disabled} />
          <WebhookSection address={channel.webhookUrl} />
          <IssuedSecrets channel={channel} kind={kind} editor={editor} disabled={disabled} />
          {kind.testable ? (
            <TestSection channelId={channel.id} kind={kind.kind} dirty={editor.dirty} disabled={disabled} />
          ) : null}
          {kind.hasTemplates ? <TemplatesSection channelId={channel.id} disabled={disabled} /> : null}
          {channel.events.length > 0 || kind.kind === "api" ? (
            <EventsTable channelId={channel.id} events={channel.events} mayReplay={mayWrite} />
          ) : null}
          {kind.kind !== "api" && kind.capabilities.delivers ? (
            <RepliesTable channelId={channel.id} replies={replies} mayReplay={mayWrite} />
          ) : null}
          <DeliveriesTable channelId={channel.id} deliveries={channel.deliveries} mayReplay={mayWrite} />
        </div>
      </div>
      {mayWrite ? (
        <SaveBar
          dirty={editor.dirty}
          saving={editor.saving}
          onSave={() => void editor.save()}
          onReset={() => editor.reset()}
        />
      ) : null}
      <StaleChannelDialog
        open={editor.latest !== undefined}
        onSettle={(keepMine) => void editor.settleStale(keepMine)}
      />
    </PageFrame>
  );
}
