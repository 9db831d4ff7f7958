"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Input } from "@/components/ui/input";
import type { Channel } from "@/lib/channels/schema";
import { chatAddress, widgetSnippet } from "./channel-addresses";
import { ChannelSection } from "./channel-section";
import type { ChannelEditor } from "./use-channel-editor";

function CopyLine({ value, label }: { value: string; label: string }) {
  return (
    <Input
      readOnly
      value={value}
      aria-label={label}
      className="font-mono text-xs"
      onFocus={(event) => event.target.select()}
      trailing={<CopyButton value={value} size="sm" />}
    />
  );
}

/** The code to paste, and the plain link. */
export function InstallSection({ origin, channel }: { origin: string; channel: Channel }) {
  const t = useTranslations("admin-channels");
  const snippet = widgetSnippet(origin, channel.id, channel.config);
  const link = chatAddress(origin, channel.id);
  return (
    <ChannelSection title={t("snippet")} description={t("snippetHelp")}>
      {/* The words that are only heard stay here: without it they would lengthen the whole page. */}
      <div className="relative flex flex-col gap-2">
        <pre className="whitespace-pre-wrap break-all rounded-sm border border-line bg-sunken px-3 py-2 font-mono text-xs">
          <code data-testid="snippet">{snippet}</code>
        </pre>
        <CopyButton value={snippet} className="self-start">
          {t("snippetCopy")}
        </CopyButton>
      </div>
      <div className="flex flex-col gap-1.5">
        <p className="font-medium text-sm">{t("link")}</p>
        <p className="text-ink-muted text-sm">{t("linkHelp")}</p>
        <CopyLine value={link} label={t("link")} />
      </div>
    </ChannelSection>
  );
}

/** The real chat page in a frame; it loads again after each save. */
export function PreviewSection({ editor }: { editor: ChannelEditor }) {
  const t = useTranslations("admin-channels");
  const [turn, setTurn] = useState(0);
  return (
    <ChannelSection
      title={t("preview")}
      description={editor.dirty ? t("previewSaveFirst") : t("previewHelp")}
      actions={
        <Button size="sm" onClick={() => setTurn(turn + 1)}>
          <RotateCw aria-hidden />
          {t("previewReload")}
        </Button>
      }
    >
      <iframe
        key={`${turn}-${editor.saves}`}
        title={t("previewTitle")}
        src={`/chat?channel=${encodeURIComponent(editor.channel.id)}`}
        loading="lazy"
        className="h-140 w-full rounded-md border border-line bg-surface"
      />
    </ChannelSection>
  );
}

/** Where another platform sends messages to. */
export function WebhookSection({ address }: { address: string }) {
  const t = useTranslations("admin-channels");
  return (
    <ChannelSection title={t("webhook")} description={t("webhookHelp")}>
      <CopyLine value={address} label={t("webhook")} />
    </ChannelSection>
  );
}
