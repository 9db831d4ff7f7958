"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
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
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    call(listChannelTemplates, { params: { id: channelId } }, controller.signal)
      .then((found) => setItems(found.items))
      .catch(() => undefined);
    return () => controller.abort();
  }, [call, channelId]);

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

  return { items, busy, read, offer };
}

/** The wordings that the platform approved, and which of them agents are offered. */
export function TemplatesSection({ channelId, disabled }: { channelId: string; disabled: boolean }) {
  const t = useTranslations("admin-channels");
  const { items, busy, read, offer } = useTemplates(channelId);
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
      {items?.length ? (
        <ul className="flex flex-col divide-y divide-line">
          {items.map((template) => (
            <li key={template.templateId} className="flex items-start justify-between gap-3 py-2">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {template.title}
                  {template.kind === "subscribe" ? <Badge tone="neutral">{t("templateSubscribe")}</Badge> : null}
                </p>
                <p className="text-sm whitespace-pre-line text-ink-muted">{template.content}</p>
              </div>
              <Switch
                aria-label={template.title}
                checked={template.offered}
                disabled={disabled}
                onCheckedChange={(offered) => void offer(template, offered)}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-ink-muted">{t("templatesNone")}</p>
      )}
    </ChannelSection>
  );
}
