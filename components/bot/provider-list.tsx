"use client";

import { BookOpenText, Bot, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Provider } from "@/lib/bot/provider-schema";
import { ProviderCard } from "./provider-card";
import { ProviderDialog } from "./provider-dialog";
import { useProviderActions } from "./use-provider-actions";

/** The chain from first to last, and what stands at its end. */
export function ProviderList({ providers, mayWrite }: { providers: readonly Provider[]; mayWrite: boolean }) {
  const t = useTranslations("admin-bot.provider");
  const router = useRouter();
  const [editing, setEditing] = useState<{ provider: Provider | undefined }>();
  const actions = useProviderActions(providers);
  const add = mayWrite ? (
    <Button variant="primary" onClick={() => setEditing({ provider: undefined })} className="self-start">
      <Plus aria-hidden />
      {t("add")}
    </Button>
  ) : null;
  return (
    <div className="flex max-w-4xl flex-col gap-3">
      {providers.length === 0 ? (
        <EmptyState icon={<Bot aria-hidden />} title={t("empty")} body={t("emptyBody")} action={add} />
      ) : (
        add
      )}
      {providers.map((provider, index) => (
        <ProviderCard
          key={provider.id}
          provider={provider}
          place={index + 1}
          last={index === providers.length - 1}
          busy={actions.busy === provider.id}
          trial={actions.trials[provider.id]}
          actions={
            mayWrite
              ? {
                  move: (by) => void actions.move(provider.id, by),
                  toggle: (enabled) => void actions.toggle(provider, enabled),
                  test: () => void actions.test(provider.id),
                  edit: () => setEditing({ provider }),
                  remove: () => void actions.remove(provider),
                }
              : undefined
          }
        />
      ))}
      {providers.length === 0 ? null : (
        <p className="flex items-start gap-2 rounded-md border border-line border-dashed px-4 py-3 text-ink-muted text-sm">
          <BookOpenText aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            <strong className="font-medium text-ink">{t("fallback")}</strong> {t("fallbackBody")}
          </span>
        </p>
      )}
      {editing ? (
        <ProviderDialog
          provider={editing.provider}
          onClose={() => setEditing(undefined)}
          onSaved={() => {
            setEditing(undefined);
            router.refresh();
          }}
        />
      ) : null}
    </div>
  );
}
