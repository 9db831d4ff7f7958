"use client";

import { useTranslations } from "next-intl";
import { PageFrame } from "@/components/settings/page-frame";
import { SaveBar } from "@/components/settings/save-bar";
import type { ChannelDetail, ChannelKind } from "@/lib/channels/schema";
import { BasicFields, KindFields } from "./channel-fields";
import { PlatformAside } from "./platform-aside";
import { RemoveSection } from "./remove-section";
import type { ShownReply } from "./replies-table";
import { StaleChannelDialog } from "./stale-dialog";
import { useChannelEditor } from "./use-channel-editor";
import { useChannelText } from "./use-channel-text";
import { WebAside } from "./web-aside";

export interface ChannelPageProps {
  channel: ChannelDetail;
  kind: ChannelKind;
  /** What last went out by the platform's own API. */
  replies: readonly ShownReply[];
  /** Public address of this installation, for the snippet. */
  origin: string;
  mayWrite: boolean;
}

/** One channel: what its adapter needs, from its schema; beside it how to install it, or whether it works. */
export function ChannelPage({ channel, kind, replies, origin, mayWrite }: ChannelPageProps) {
  const t = useTranslations("admin-channels");
  const text = useChannelText();
  const editor = useChannelEditor(channel, kind);
  const own = { channel, kind, editor, disabled: !mayWrite };
  return (
    <PageFrame
      back={{ href: "/admin/channels", label: t("back") }}
      title={editor.channel.name}
      description={mayWrite ? text(`${kind.kind}.hint`) : t("readOnly")}
    >
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2 lg:grid-rows-[auto_1fr]">
        <div className="flex min-w-0 flex-col gap-4">
          <BasicFields {...own} />
          <KindFields {...own} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:row-span-2">
          {kind.kind === "web" ? <WebAside {...own} origin={origin} /> : <PlatformAside {...own} replies={replies} />}
        </div>
        {mayWrite ? <RemoveSection channelId={channel.id} name={editor.channel.name} disabled={own.disabled} /> : null}
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
