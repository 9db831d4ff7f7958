"use client";

import { Archive, ChevronDown, EyeOff, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { EntryEditorState, Intent } from "./use-entry-editor";

/** What is rarer: handing in, taking back, putting away. */
function MoreActions({ editor, mayPublish }: { editor: EntryEditorState; mayPublish: boolean }) {
  const t = useTranslations("admin-knowledge.editor");
  const page = useTranslations("admin-knowledge");
  const { saved, dirty, saving } = editor;
  const actions: { intent: Intent; label: string; icon: typeof Send; shown: boolean }[] = [
    {
      intent: "review",
      label: t("submit"),
      icon: Send,
      shown: saved === undefined || dirty || saved.status === "draft",
    },
    { intent: "unpublish", label: page("unpublish"), icon: EyeOff, shown: saved?.status === "published" },
    {
      intent: "archive",
      label: t("archive"),
      icon: Archive,
      shown: saved !== undefined && saved.status !== "archived",
    },
  ];
  const shown = mayPublish ? actions.filter((action) => action.shown) : [];
  return shown.length === 0 ? null : (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button disabled={saving !== undefined}>
          {t("more")}
          <ChevronDown aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {shown.map(({ intent, label, icon: Icon }) => (
          <DropdownMenuItem key={intent} onSelect={() => void editor.save(intent)}>
            <Icon aria-hidden />
            {label}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** The main button: publish for those who may, hand in for the others. */
function MainButton({ editor, mayPublish }: { editor: EntryEditorState; mayPublish: boolean }) {
  const t = useTranslations("admin-knowledge.editor");
  const page = useTranslations("admin-knowledge");
  const { saved, dirty, saving } = editor;
  const intent = mayPublish ? "publish" : "review";
  const waits = saved?.pending !== null && saved?.pending !== undefined;
  const nothingNew = mayPublish
    ? saved?.status === "published" && !waits && !dirty
    : saved !== undefined &&
      !dirty &&
      (saved.status === "published" ? saved.pending?.status !== "draft" : saved.status === "review");
  const label = !mayPublish
    ? t("submit")
    : saved?.status === "published"
      ? t(waits && !dirty ? "publishChanges" : "save")
      : saved && !dirty
        ? page("publish")
        : t("saveAndPublish");
  return (
    <Button
      variant="primary"
      disabled={saving !== undefined || nothingNew}
      loading={saving === intent}
      onClick={() => void editor.save(intent)}
    >
      {label}
    </Button>
  );
}

export function EntrySaveButtons({ editor, mayPublish }: { editor: EntryEditorState; mayPublish: boolean }) {
  const t = useTranslations("admin-knowledge.editor");
  const { saved, dirty, saving } = editor;
  const inReview = saved?.status === "review" || saved?.pending?.status === "review";
  const nothingNew = saved !== undefined && !dirty && !inReview && saved.status !== "archived";
  return (
    <>
      <MoreActions editor={editor} mayPublish={mayPublish} />
      <Button
        disabled={saving !== undefined || nothingNew}
        loading={saving === "draft"}
        onClick={() => void editor.save("draft")}
      >
        {inReview && !dirty ? t("sendBack") : t("saveDraft")}
      </Button>
      <MainButton editor={editor} mayPublish={mayPublish} />
    </>
  );
}
