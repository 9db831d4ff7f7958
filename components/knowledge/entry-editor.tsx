"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { PageFrame } from "@/components/settings/page-frame";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { AnswerMarkup } from "./answer-markup";
import { ConflictDialog } from "./conflict-dialog";
import { EntryPlaceFields, EntryTextFields } from "./entry-fields";
import { useEntryActions } from "./use-entry-actions";
import { type EditorStart, type EntryEditorState, useEntryEditor } from "./use-entry-editor";

function SaveButtons({ editor }: { editor: EntryEditorState }) {
  const t = useTranslations("admin-knowledge.editor");
  const page = useTranslations("admin-knowledge");
  const { saved, dirty, saving } = editor;
  const published = saved?.status === "published";
  const busy = saving !== undefined;
  return (
    <>
      {published ? (
        <>
          <Button
            disabled={busy}
            loading={saving === "draft"}
            title={page("unpublishHint")}
            onClick={() => void editor.save("draft")}
          >
            {page("unpublish")}
          </Button>
          <Button
            variant="primary"
            disabled={!dirty || busy}
            loading={saving === "published"}
            onClick={() => void editor.save("published")}
          >
            {t("save")}
          </Button>
        </>
      ) : (
        <>
          <Button
            disabled={busy || (!dirty && saved !== undefined)}
            loading={saving === "draft"}
            onClick={() => void editor.save("draft")}
          >
            {t("saveDraft")}
          </Button>
          <Button
            variant="primary"
            disabled={busy}
            loading={saving === "published"}
            onClick={() => void editor.save("published")}
          >
            {saved && !dirty ? page("publish") : t("saveAndPublish")}
          </Button>
        </>
      )}
    </>
  );
}

function StateCard({ editor, onDeleted }: { editor: EntryEditorState; onDeleted: () => void }) {
  const t = useTranslations("admin-knowledge.editor");
  const page = useTranslations("admin-knowledge");
  const actions = useEntryActions();
  const { saved } = editor;
  const status = saved?.status ?? "draft";
  return (
    <Card className="flex flex-col gap-2 p-4">
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-medium text-sm">{t("state")}</h2>
        <Badge tone={status === "published" ? "success" : "neutral"} dot>
          {page(status)}
        </Badge>
      </div>
      <p className="text-ink-muted text-sm">{status === "published" ? t("statePublished") : t("stateDraft")}</p>
      {saved ? (
        <>
          <p className="text-ink-subtle text-xs">
            {t("version", { version: saved.version })} · {t("usedCount", { count: saved.usedCount })} · {t("updatedAt")}{" "}
            <RelativeTime date={saved.updatedAt} />
          </p>
          <Button
            variant="dangerGhost"
            className="-ml-2 self-start"
            loading={actions.busy}
            onClick={() =>
              void actions.remove([saved]).then((removed) => {
                if (removed) {
                  editor.left();
                  onDeleted();
                }
              })
            }
          >
            <Trash2 aria-hidden />
            {t("delete")}
          </Button>
        </>
      ) : null}
    </Card>
  );
}

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
}

/** One entry, new or not: written on the left, with its state, place and looks on the right. */
export function EntryEditor({ categories, collections, ...start }: EntryEditorProps) {
  const t = useTranslations("admin-knowledge.editor");
  const router = useRouter();
  const editor = useEntryEditor(start);
  return (
    <PageFrame
      width="form"
      back={{ href: "/admin/knowledge", label: t("back") }}
      title={editor.saved ? t("editTitle") : t("newTitle")}
      actions={<SaveButtons editor={editor} />}
    >
      <LeftUnsaved editor={editor} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_18rem] xl:grid-cols-[minmax(0,1fr)_22rem]">
        <EntryTextFields editor={editor} />
        <div className="flex flex-col gap-4">
          <StateCard editor={editor} onDeleted={() => router.replace("/admin/knowledge")} />
          <EntryPlaceFields editor={editor} categories={categories} collections={collections} />
          <Preview answer={editor.draft.answer} />
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
  );
}
