"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonText } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import {
  type ChannelTemplate,
  listChannelTemplates,
  offerChannelTemplate,
  syncChannelTemplates,
} from "@/lib/channels/template-contracts";
import { ChannelSection } from "./channel-section";

function useTemplates(channelId: string) {
  const t = useTranslations("admin-channels");
  const { call, explain } = useRequest();
  const [items, setItems] = useState<readonly ChannelTemplate[]>();
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const load = useCallback(
    (signal?: AbortSignal) => {
      setFailed(false);
      call(listChannelTemplates, { params: { id: channelId } }, signal)
        .then((found) => setItems(found.items))
        .catch(() => setFailed(signal?.aborted !== true));
    },
    [call, channelId],
  );
  useEffect(() => {
    const controller = new AbortController();
    load(controller.signal);
    return () => controller.abort();
  }, [load]);

  async function read(): Promise<void> {
    setBusy(true);
    try {
      const found = await call(syncChannelTemplates, { params: { id: channelId } });
      setItems(found.items);
      toast.success(t("templatesReadDone", { count: found.items.length }));
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(false);
    }
  }

  async function offer(template: ChannelTemplate, offered: boolean): Promise<void> {
    try {
      const params = { id: channelId, templateId: template.templateId };
      const saved = await call(offerChannelTemplate, { params, body: { offered } });
      setItems((before) => before?.map((item) => (item.templateId === saved.templateId ? saved : item)));
    } catch (error) {
      toast.error(explain(error));
    }
  }

  return { items, failed, busy, load, read, offer };
}

interface ListProps {
  items: readonly ChannelTemplate[];
  disabled: boolean;
  onOffer: (template: ChannelTemplate, offered: boolean) => void;
}

function TemplateList({ items, disabled, onOffer }: ListProps) {
  const t = useTranslations("admin-channels");
  if (items.length === 0) {
    return <p className="text-sm text-ink-muted">{t("templatesNone")}</p>;
  }
  return (
    <ul className="flex flex-col divide-y divide-line">
      {items.map((template) => (
        <li key={template.templateId} className="flex items-start justify-between gap-3 py-2">
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              {template.title}
              {template.kind === "subscribe" ? <Badge tone="neutral">{t("templateSubscribe")}</Badge> : null}
            </p>
            <p className="text-sm whitespace-pre-line break-words text-ink-muted">{template.content}</p>
          </div>
          <Switch
            aria-label={template.title}
            checked={template.offered}
            disabled={disabled}
            onCheckedChange={(offered) => onOffer(template, offered)}
          />
        </li>
      ))}
    </ul>
  );
}

/** The wordings that the platform approved, and which of them agents are offered. */
export function TemplatesSection({ channelId, disabled }: { channelId: string; disabled: boolean }) {
  const t = useTranslations("admin-channels");
  const { items, failed, busy, load, read, offer } = useTemplates(channelId);
  let list: ReactNode = failed ? <ErrorState compact onRetry={() => load()} /> : <SkeletonText lines={2} />;
  if (items) {
    list = (
      <TemplateList items={items} disabled={disabled} onOffer={(template, offered) => void offer(template, offered)} />
    );
  }
  return (
    <ChannelSection
      title={t("templates")}
      description={t("templatesHelp")}
      actions={
        <Button disabled={disabled} loading={busy} onClick={() => void read()}>
          {t("templatesRead")}
        </Button>
      }
    >
      {list}
    </ChannelSection>
  );
}
