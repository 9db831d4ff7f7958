"use client";

import { FileText, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import type { Attachment } from "./use-attachments";

/** The files of the message being written, with how far each upload is. */
export function AttachmentChips({
  items,
  onRemove,
}: {
  items: readonly Attachment[];
  onRemove: (key: string) => void;
}) {
  const t = useTranslations("desk.composer");
  return items.length === 0 ? null : (
    <ul className="flex flex-wrap gap-1.5 px-1 pb-1">
      {items.map(({ key, name, share, file }) => (
        <li
          key={key}
          className="flex max-w-56 items-center gap-2 rounded-sm border border-line bg-surface py-0.5 pl-1.5"
        >
          {file?.mime.startsWith("image/") ? (
            // biome-ignore lint/performance/noImgElement: a signed address of our own file route
            <img src={file.url} alt="" className="size-7 rounded-xs object-cover" />
          ) : (
            <FileText aria-hidden className="size-5 shrink-0 text-ink-subtle" />
          )}
          <span className="min-w-0 flex-1">
            <span className="block truncate text-xs">{name}</span>
            {file === undefined ? <Progress label={t("uploading", { name })} value={share} className="mt-0.5" /> : null}
          </span>
          <IconButton label={t("removeFile", { name })} size="sm" onClick={() => onRemove(key)}>
            <X aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
