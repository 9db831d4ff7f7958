"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { useConfirm } from "@/components/ui/confirm";
import { createEntry, deleteEntry, updateEntry } from "@/lib/knowledge/contracts";
import type { Entry, EntryStatus } from "@/lib/knowledge/schema";

/** Requests under way at a time: a page of a hundred entries must not crowd out everybody else. */
const PARALLEL = 4;

interface Outcome {
  readonly done: readonly Entry[];
  readonly failed: readonly unknown[];
}

async function forEach(entries: readonly Entry[], work: (entry: Entry) => Promise<unknown>): Promise<Outcome> {
  const done: Entry[] = [];
  const failed: unknown[] = [];
  const waiting = [...entries];
  async function run(): Promise<void> {
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      try {
        await work(entry);
        done.push(entry);
      } catch (error) {
        failed.push(error);
      }
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, run));
  return { done, failed };
}

/** Works through entries, refreshes the list, and tells of what failed. */
function useBulk() {
  const t = useTranslations("admin-knowledge");
  const { explain } = useRequest();
  const router = useRouter();
  const [busy, setBusy] = useState(false);

  async function run(entries: readonly Entry[], work: (entry: Entry) => Promise<unknown>): Promise<Outcome> {
    setBusy(true);
    const outcome = await forEach(entries, work);
    setBusy(false);
    router.refresh();
    if (outcome.failed.length > 0) {
      const reason = explain(outcome.failed[0]);
      toast.error(t("bulkFailed", { done: outcome.done.length, failed: outcome.failed.length, reason }));
    }
    return outcome;
  }

  return { busy, run };
}

/** Publishing and deleting entries, one or many: tells what worked and what did not, and offers the way back. */
export function useEntryActions() {
  const t = useTranslations("admin-knowledge");
  const { call } = useRequest();
  const confirm = useConfirm();
  const { busy, run } = useBulk();

  async function restore(entries: readonly Entry[]): Promise<void> {
    const { done } = await run(entries, (entry) => {
      const { question, variants, answer, category, tags, language, status } = entry;
      return call(createEntry, { body: { question, variants, answer, category, tags, language, status } });
    });
    if (done.length > 0) {
      toast.success(t("restored", { count: done.length }));
    }
  }

  async function setStatus(entries: readonly Entry[], status: EntryStatus): Promise<void> {
    const changing = entries.filter((entry) => entry.status !== status);
    const { done, failed } = await run(changing, (entry) =>
      call(updateEntry, { params: { id: entry.id }, body: { status, version: entry.version } }),
    );
    if (failed.length === 0) {
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
    const { done } = await run(entries, (entry) => call(deleteEntry, { params: { id: entry.id } }));
    if (done.length > 0) {
      const action = { label: t("undo"), onClick: () => void restore(done) };
      toast.success(t("deleted", { count: done.length }), { duration: 10_000, action });
    }
    return done.length > 0;
  }

  return { busy, setStatus, remove };
}
