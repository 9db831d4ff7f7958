"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { useConfirm } from "@/components/ui/confirm";
import { type BulkAction, changeEntries } from "@/lib/knowledge/bulk-contracts";
import { createEntry } from "@/lib/knowledge/contracts";
import type { Entry } from "@/lib/knowledge/schema";
import { contentOf } from "./entry-draft";

/** Does the same to entries, refreshes the list, and tells of what failed. */
function useBulk() {
  const t = useTranslations("admin-knowledge");
  const { call, explain } = useRequest();
  const router = useRouter();
  const [busy, setBusy] = useState(false);

  /** @returns the entries that were changed */
  async function run(entries: readonly Entry[], action: BulkAction, collection = ""): Promise<readonly Entry[]> {
    if (entries.length === 0) {
      return [];
    }
    setBusy(true);
    try {
      const body = { ids: entries.map(({ id }) => id), action, collection };
      const { done, failed } = await call(changeEntries, { body });
      if (failed[0]) {
        toast.error(t("bulkFailed", { done: done.length, failed: failed.length, reason: failed[0].detail }));
      }
      return failed[0] ? [] : entries.filter(({ id }) => done.includes(id));
    } catch (error) {
      toast.error(explain(error));
      return [];
    } finally {
      setBusy(false);
      router.refresh();
    }
  }

  return { busy, run };
}

/** Publishing, moving, archiving and deleting entries, one or many: tells what worked and what did not, and the way back. */
export function useEntryActions() {
  const t = useTranslations("admin-knowledge");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const router = useRouter();
  const { busy, run } = useBulk();

  async function restore(entries: readonly Entry[]): Promise<void> {
    try {
      for (const entry of entries) {
        await call(createEntry, { body: { ...contentOf(entry), status: entry.status } });
      }
      toast.success(t("restored", { count: entries.length }));
    } catch (error) {
      toast.error(explain(error));
    } finally {
      router.refresh();
    }
  }

  async function change(entries: readonly Entry[], action: BulkAction, collection = ""): Promise<void> {
    const done = await run(entries, action, collection);
    if (done.length > 0) {
      toast.success(t("bulkDone", { count: done.length }));
    }
  }

  /** Asks, deletes, and offers to bring them back. @returns whether anything was deleted */
  async function remove(entries: readonly Entry[]): Promise<boolean> {
    const count = entries.length;
    const question = entries[0]?.question ?? "";
    const title = count === 1 ? t("deleteTitle", { question }) : t("deleteManyTitle", { count });
    const agreed = await confirm({ title, body: t("deleteBody"), confirmLabel: t("deleteSelected"), danger: true });
    if (!agreed) {
      return false;
    }
    const done = await run(entries, "delete");
    if (done.length > 0) {
      const action = { label: t("undo"), onClick: () => void restore(done) };
      toast.success(t("deleted", { count: done.length }), { duration: 10_000, action });
    }
    return done.length > 0;
  }

  return { busy, change, remove };
}
