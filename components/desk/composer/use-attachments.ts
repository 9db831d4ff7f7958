"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { newId } from "@/lib/core/ids";
import { formatBytes } from "@/lib/i18n/format";
import { useDeskSettings } from "../desk-provider";
import type { PendingFile } from "../store/thread";
import { uploadFile } from "./upload-file";

const MAX_FILES = 9;

/** A file that was added to the message being written. */
export interface Attachment {
  readonly key: string;
  readonly name: string;
  readonly share: number;
  readonly file: PendingFile | undefined;
}

export interface Attachments {
  readonly items: readonly Attachment[];
  readonly uploading: boolean;
  readonly add: (files: readonly File[]) => void;
  readonly remove: (key: string) => void;
  /** Hands the finished files over to a message. */
  readonly takeAll: () => readonly PendingFile[];
}

/** What stops the uploads that are under way; all of them stop with the component. */
function useControllers(): Map<string, AbortController> {
  const [controllers] = useState(() => new Map<string, AbortController>());
  useEffect(
    () => () => {
      for (const controller of controllers.values()) {
        controller.abort();
      }
    },
    [controllers],
  );
  return controllers;
}

/** The files of the message being written: they go up as soon as they are added. */
export function useAttachments(): Attachments {
  const t = useTranslations("desk.composer");
  const locale = useLocale();
  const problemText = useProblemText();
  const { uploadMaxBytes } = useDeskSettings();
  const [items, setItems] = useState<readonly Attachment[]>([]);
  const controllers = useControllers();

  const remove = useCallback(
    (key: string) => {
      controllers.get(key)?.abort();
      controllers.delete(key);
      setItems((current) => current.filter((item) => item.key !== key));
    },
    [controllers],
  );

  const start = useCallback(
    (file: File) => {
      const key = newId("client");
      const controller = new AbortController();
      controllers.set(key, controller);
      const change = (part: Partial<Attachment>) =>
        setItems((current) => current.map((item) => (item.key === key ? { ...item, ...part } : item)));
      setItems((current) => [...current, { key, name: file.name, share: 0, file: undefined }]);
      uploadFile(file, (share) => change({ share }), controller.signal)
        .then(({ id, name, mime, size, url }) => change({ share: 1, file: { fileId: id, name, mime, size, url } }))
        .catch((error: unknown) => {
          remove(key);
          toast.error(t("uploadFailed", { name: file.name, reason: problemText(error) }));
        });
    },
    [controllers, remove, t, problemText],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      for (const file of files.slice(0, MAX_FILES)) {
        if (file.size > uploadMaxBytes) {
          toast.error(t("fileTooLarge", { name: file.name, size: formatBytes(uploadMaxBytes, locale) }));
        } else {
          start(file);
        }
      }
    },
    [start, t, locale, uploadMaxBytes],
  );

  const takeAll = useCallback(() => {
    setItems([]);
    controllers.clear();
    return items.flatMap(({ file }) => (file ? [file] : []));
  }, [controllers, items]);

  return { items, uploading: items.some(({ file }) => file === undefined), add, remove, takeAll };
}
