"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { isStale } from "./is-stale";

/** Saving a thing that others may save meanwhile. */
export interface VersionedSave<Saved> {
  /** Sends what was written, as a change of this version. */
  send(version: number): Promise<Saved>;
  /** What is there now, after somebody else's save. */
  read(): Promise<Saved>;
  /** Shows what is saved. */
  settle(saved: Saved): void;
  /** Shows what went wrong. @returns a sentence for it */
  report(error: unknown): string;
  /** What to say when it is done. */
  readonly done: string;
}

/** The state of saving, and what somebody else saved meanwhile. */
export function useVersionedSave<Saved extends { readonly version: number }>(how: VersionedSave<Saved>) {
  const router = useRouter();
  const [saving, setSaving] = useState(false);
  const [latest, setLatest] = useState<Saved>();
  const [saves, setSaves] = useState(0);

  async function save(version: number): Promise<void> {
    setSaving(true);
    try {
      how.settle(await how.send(version));
      setSaves((count) => count + 1);
      toast.success(how.done);
      router.refresh();
    } catch (error) {
      if (isStale(error)) {
        setLatest(await how.read());
      } else {
        toast.error(how.report(error));
      }
    } finally {
      setSaving(false);
    }
  }

  return {
    saving,
    /** Counts successful saves. */
    saves,
    /** Present while somebody else's save stands in the way. */
    latest,
    save,
    settleStale: (keepMine: boolean): Promise<void> | undefined => {
      setLatest(undefined);
      if (latest && keepMine) {
        return save(latest.version);
      }
      if (latest) {
        how.settle(latest);
      }
      return undefined;
    },
  };
}
