"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { PageFrame } from "@/components/settings/page-frame";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import type { UploadedFile } from "@/lib/files/schema";
import { AnswerMarkup } from "./answer-markup";
import { ConflictDialog } from "./conflict-dialog";
import { EntryPlaceFields, EntryTextFields } from "./entry-fields";
import { EntryFiles, useEntryFiles } from "./entry-files";
import { EntryCareFields, EntryLimitFields } from "./entry-limit-fields";
import { EntryNamesProvider, type Named } from "./entry-names";
import { EntrySaveButtons } from "./entry-save-buttons";
import { EntryStateCard } from "./entry-state-card";
import { type EditorStart, type EntryEditorState, useEntryEditor } from "./use-entry-editor";

function LeftUnsaved({ editor }: { editor: EntryEditorState }) {
  const t = useTranslations("admin-knowledge.editor");
  return editor.found ? (
    <div role="status" className="flex flex-wrap items-center gap-2 rounded-md bg-info-soft px-4 py-2.5 text-info-ink">
      <span className="mr-auto">{t("draftFound")}</span>
      <Button size="sm" variant="ghost" onClick={() => editor.settleFound(false)}>
        {t("draftDiscard")}
      </Button>
      <Button size="sm" onClick={() => editor.settleFound(true)}>
        {t("draftRestore")}
      </Button>
    </div>
  ) : null;
}

function Preview({ answer }: { answer: string }) {
  const t = useTranslations("admin-knowledge.editor");
  return (
    <Card className="hidden xl:block">
      <CardHeader>
        <CardTitle>{t("previewTitle")}</CardTitle>
      </CardHeader>
      <CardBody>
        {answer.trim() === "" ? (
          <p className="text-ink-muted text-sm">{t("previewEmpty")}</p>
        ) : (
          <div className="max-h-96 overflow-y-auto rounded-md bg-sunken px-3 py-2">
            <AnswerMarkup text={answer} />
          </div>
        )}
      </CardBody>
    </Card>
  );
}

export interface EntryEditorProps extends EditorStart {
  categories: readonly string[];
  collections: readonly string[];
  agents: readonly Named[];
  channels: readonly Named[];
  files: readonly UploadedFile[];
  /** Others hand in drafts. */
  mayPublish: boolean;
}

/** One entry, new or not: written on the left, with its state, limits, place and looks on the right. */
export function EntryEditor({ categories, collections, agents, channels, mayPublish, ...start }: EntryEditorProps) {
  const t = useTranslations("admin-knowledge.editor");
  const router = useRouter();
  const editor = useEntryEditor(start);
  const files = useEntryFiles(editor, start.files);
  return (
    <EntryNamesProvider names={{ agents, channels, files: files.known }}>
      <PageFrame
        width="form"
        back={{ href: "/admin/knowledge", label: t("back") }}
        title={editor.saved ? t("editTitle") : t("newTitle")}
        actions={<EntrySaveButtons editor={editor} mayPublish={mayPublish} />}
      >
        <LeftUnsaved editor={editor} />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_18rem] xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="flex min-w-0 flex-col gap-4">
            <EntryTextFields editor={editor} />
            <EntryFiles editor={editor} state={files} />
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <EntryStateCard
              editor={editor}
              mayPublish={mayPublish}
              onDeleted={() => router.replace("/admin/knowledge")}
            />
            <Preview answer={editor.draft.answer} />
            <EntryPlaceFields editor={editor} categories={categories} collections={collections} />
            <EntryCareFields editor={editor} />
            <EntryLimitFields editor={editor} />
          </div>
        </div>
        {editor.conflict ? (
          <ConflictDialog
            theirs={editor.conflict}
            mine={editor.draft}
            onChoose={(keepMine) => void editor.settleConflict(keepMine)}
          />
        ) : null}
      </PageFrame>
    </EntryNamesProvider>
  );
}
