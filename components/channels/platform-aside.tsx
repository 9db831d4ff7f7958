"use client";

import { DeliveriesTable } from "./deliveries-table";
import { EventsTable } from "./events-table";
import { WebhookSection } from "./install-sections";
import { IssuedSecrets, type IssuedSecretsProps } from "./issued-secrets";
import { RefusedSection } from "./refused-section";
import { RepliesTable, type ShownReply } from "./replies-table";
import { TemplatesSection } from "./templates-section";
import { TestSection } from "./test-section";

export interface PlatformAsideProps extends IssuedSecretsProps {
  replies: readonly ShownReply[];
}

/** Of a platform or an own app: its address, whether it works, what came in and what went out. */
export function PlatformAside({ channel, kind, editor, replies, disabled }: PlatformAsideProps) {
  const mayReplay = !disabled;
  return (
    <>
      <RefusedSection channel={channel} disabled={disabled} />
      <WebhookSection address={channel.webhookUrl} />
      <IssuedSecrets channel={channel} kind={kind} editor={editor} disabled={disabled} />
      {kind.testable ? (
        <TestSection channelId={channel.id} kind={kind.kind} dirty={editor.dirty} disabled={disabled} />
      ) : null}
      {kind.hasTemplates ? <TemplatesSection channelId={channel.id} disabled={disabled} /> : null}
      {channel.events.length > 0 || kind.kind === "api" ? (
        <EventsTable channelId={channel.id} events={channel.events} mayReplay={mayReplay} />
      ) : null}
      {kind.kind === "api" ? null : <RepliesTable channelId={channel.id} replies={replies} mayReplay={mayReplay} />}
      <DeliveriesTable channelId={channel.id} deliveries={channel.deliveries} mayReplay={mayReplay} />
    </>
  );
}
