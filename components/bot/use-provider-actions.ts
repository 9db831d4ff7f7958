"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { useConfirm } from "@/components/ui/confirm";
import { deleteProvider, orderProviders, testProvider, updateProvider } from "@/lib/bot/provider-contracts";
import type { Provider, ProviderTrial } from "@/lib/bot/provider-schema";

/** Moving, switching, testing and deleting; each tells what came of it and reads the page anew. */
export function useProviderActions(providers: readonly Provider[]) {
  const t = useTranslations("admin-bot.provider");
  const common = useTranslations("common");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const router = useRouter();
  const [busy, setBusy] = useState<string>();
  const [trials, setTrials] = useState<Readonly<Record<string, ProviderTrial>>>({});

  async function run(id: string, action: () => Promise<unknown>): Promise<void> {
    setBusy(id);
    try {
      await action();
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(undefined);
    }
  }

  return {
    busy,
    trials,
    move: (id: string, by: -1 | 1) => {
      const ids = providers.map((provider) => provider.id);
      const at = ids.indexOf(id);
      const [taken] = ids.splice(at, 1);
      ids.splice(at + by, 0, taken ?? id);
      return run(id, () => call(orderProviders, { body: { ids } }));
    },
    toggle: ({ id, version }: Provider, enabled: boolean) =>
      run(id, () => call(updateProvider, { params: { id }, body: { enabled, version } })),
    test: (id: string) =>
      run(id, async () => {
        const trial = await call(testProvider, { params: { id } });
        setTrials((known) => ({ ...known, [id]: trial }));
      }),
    remove: async ({ id, name }: Provider) => {
      const agreed = await confirm({
        title: t("deleteTitle", { name }),
        body: t("deleteBody"),
        confirmLabel: common("delete"),
        danger: true,
      });
      if (agreed) {
        await run(id, async () => {
          await call(deleteProvider, { params: { id } });
          toast.success(t("deleted", { name }));
        });
      }
    },
  };
}
