"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { useConfirm } from "@/components/ui/confirm";
import {
  removeCollection,
  restoreCollection,
  switchSharedCollection,
  updateCollection,
} from "@/lib/knowledge/collection-contracts";
import type { ArchivedCollection, Collection, PlatformCollection } from "@/lib/knowledge/schema";

/** Does something and tells what happened, or why it did not. */
function useRun() {
  const { explain } = useRequest();
  const router = useRouter();
  const [busy, setBusy] = useState(false);

  async function run(work: () => Promise<unknown>, told: () => void): Promise<void> {
    setBusy(true);
    try {
      await work();
      told();
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(false);
      router.refresh();
    }
  }

  return { busy, run };
}

/** Putting collections away, bringing them back, deleting them: asks where something could be lost. */
export function useCollectionActions() {
  const t = useTranslations("admin-knowledge.collections");
  const { call } = useRequest();
  const confirm = useConfirm();
  const { busy, run } = useRun();

  const restore = ({ id, name }: Pick<Collection, "id" | "name">) =>
    run(
      () => call(restoreCollection, { params: { id } }),
      () => toast.success(t("restored", { name })),
    );

  async function archive(collection: Collection): Promise<void> {
    const { id, name, entries } = collection;
    const body = t("archiveBody", { count: entries });
    if (await confirm({ title: t("archiveTitle", { name }), body, confirmLabel: t("archive") })) {
      await run(
        () => call(removeCollection, { params: { id }, query: { entries: "archive" } }),
        () =>
          toast.success(t("archived", { name }), {
            duration: 10_000,
            action: { label: t("undo"), onClick: () => void restore(collection) },
          }),
      );
    }
  }

  async function remove({ id, name, entries }: Collection | ArchivedCollection, kept: boolean): Promise<void> {
    const agreed = await confirm({
      title: t(kept ? "dissolveTitle" : "deleteTitle", { name }),
      body: t(kept ? "dissolveBody" : "deleteBody", { count: entries }),
      confirmLabel: t(kept ? "dissolve" : "deleteForever"),
      danger: true,
    });
    if (agreed) {
      await run(
        () => call(removeCollection, { params: { id }, query: { entries: kept ? "keep" : "delete" } }),
        () => toast.success(t("deleted", { name })),
      );
    }
  }

  return { busy, restore, archive, remove };
}

/** Sharing a collection of the platform with all merchants, and a merchant's use of those that are. */
export function useSharing() {
  const t = useTranslations("admin-knowledge.collections");
  const { call } = useRequest();
  const confirm = useConfirm();
  const { busy, run } = useRun();

  async function share({ id, name, shared }: Collection): Promise<void> {
    const body = t(shared ? "unshareBody" : "shareBody");
    const confirmLabel = t(shared ? "unshare" : "share");
    if (await confirm({ title: t(shared ? "unshareTitle" : "shareTitle", { name }), body, confirmLabel })) {
      await run(
        () => call(updateCollection, { params: { id }, body: { shared: !shared } }),
        () => toast.success(t(shared ? "unsharedDone" : "sharedDone", { name })),
      );
    }
  }

  const switchShared = ({ id, name, enabled }: PlatformCollection) =>
    run(
      () => call(switchSharedCollection, { params: { id }, body: { enabled: !enabled } }),
      () => toast.success(t(enabled ? "switchedOff" : "switchedOn", { name })),
    );

  return { busy, share, switchShared };
}

export type CollectionActions = ReturnType<typeof useCollectionActions>;
