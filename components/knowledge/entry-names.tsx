"use client";

import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { createContext, type ReactNode, use } from "react";
import type { UploadedFile } from "@/lib/files/schema";
import { formatDate } from "@/lib/i18n/format";
import { DEFAULT_TIME_ZONE } from "@/lib/i18n/locales";
import type { EntryDraft } from "./entry-draft";
import { useLanguageName } from "./use-language-name";

/** Something an entry points at, with the name that people know it by. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface EntryNames {
  readonly agents: readonly Named[];
  readonly channels: readonly Named[];
  readonly files: readonly UploadedFile[];
}

const NamesContext = createContext<EntryNames>({ agents: [], channels: [], files: [] });

/** Names of what entries point at, for all that shows them below. */
export function EntryNamesProvider({ names, children }: { names: EntryNames; children: ReactNode }) {
  return <NamesContext value={names}>{children}</NamesContext>;
}

export function useEntryNames(): EntryNames {
  return use(NamesContext);
}

/** A field of an entry in words, as a reader would say it; empty for nothing. */
export function useFieldText(): (field: keyof EntryDraft, content: EntryDraft) => string {
  const t = useTranslations("admin-knowledge");
  const common = useTranslations("common");
  const languageName = useLanguageName();
  const locale = useLocale();
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const { agents, channels, files } = useEntryNames();
  const nameIn = (all: readonly Named[], id: string) => all.find((each) => each.id === id)?.name ?? common("unknown");
  const moment = (value: string | null) => (value === null ? "" : formatDate(value, "exact", locale, timeZone));
  return (field, content) => {
    switch (field) {
      case "kind":
        return t(`kinds.${content.kind}`);
      case "audience":
        return t(`audiences.${content.audience}`);
      case "language":
        return languageName(content.language);
      case "validFrom":
      case "validUntil":
        return moment(content[field]);
      case "ownerId":
        return content.ownerId === null ? "" : nameIn(agents, content.ownerId);
      case "channelIds":
        return content.channelIds.map((id) => nameIn(channels, id)).join("\n");
      case "fileIds":
        return content.fileIds.map((id) => nameIn(files, id)).join("\n");
      case "reviewOn":
        return content.reviewOn ?? "";
      default: {
        const value = content[field];
        return typeof value === "string" ? value : value.join("\n");
      }
    }
  };
}
