"use client";

import type { ChannelDetail, ChannelKind } from "@/lib/channels/schema";
import { IssuedSecretSection } from "./issued-secret-section";
import type { ChannelEditor } from "./use-channel-editor";
import { useChannelText } from "./use-channel-text";

export interface IssuedSecretsProps {
  channel: ChannelDetail;
  kind: ChannelKind;
  editor: ChannelEditor;
  disabled: boolean;
}

/** The secrets of a channel that are ours to make. */
export function IssuedSecrets({ channel, kind, editor, disabled }: IssuedSecretsProps) {
  const text = useChannelText();
  return kind.issuedSecrets.map((name) => (
    <IssuedSecretSection
      key={name}
      channelId={channel.id}
      name={name}
      title={text(`${kind.kind}.fields.${name}.label`) ?? name}
      description={text(`${kind.kind}.fields.${name}.hint`)}
      isSet={editor.channel.secretsSet.includes(name)}
      overlapUntil={channel.overlaps.find((overlap) => overlap.name === name)?.until}
      disabled={disabled}
      onIssued={() => editor.secretIssued(name)}
    />
  ));
}
