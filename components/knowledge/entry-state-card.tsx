"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useNow } from "@/components/ui/clock";
import { Dialog, DialogBody, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Entry } from "@/lib/knowledge/schema";
import { ContentDiff } from "./content-diff";
import { contentOf, draftOf } from "./entry-draft";
import { EntryHistory } from "./entry-history";
import { useEntryNames } from "./entry-names";
import { EntrySource } from "./entry-source";
import { StatusBadge } from "./status-badge";
import { toldState } from "./told-state";
import { useEntryActions } from "./use-entry-actions";
import type { EntryEditorState } from "./use-entry-editor";

/** Changes that wait beside a published text: whose, since when, what they are, and the way to be rid of them. */
function PendingNotice({ editor, entry }: { editor: EntryEditorState; entry: Entry }) {
  const t = useTranslations("admin-knowledge.editor");
  const { agents } = useEntryNames();
  const [open, setOpen] = useState(false);
  const { pending } = entry;
  if (pending === null) {
    return null;
  }
  const author = agents.find(({ id }) => id === pending.authorId)?.name;
  return (
    <div className="flex flex-col gap-2 rounded-sm bg-warning-soft px-3 py-2 text-sm text-warning-ink">
      <p>{t(pending.status === "review" ? "pendingReview" : "pendingDraft")}</p>
      <p className="text-xs">
        {author ? `${author} · ` : ""}
        <RelativeTime date={pending.savedAt} />
      </p>
      <div className="flex flex-wrap gap-2">
        <Dialog open={open} onOpenChange={setOpen}>
          <DialogTrigger asChild>
            <Button size="sm">{t("showChanges")}</Button>
          </DialogTrigger>
          <DialogContent width="xl" title={t("changesTitle")} description={t("changesBody")}>
            <DialogBody>
              <ContentDiff earlier={contentOf(entry)} later={draftOf(entry)} />
            </DialogBody>
          </DialogContent>
        </Dialog>
        <Button
          size="sm"
          variant="ghost"
          loading={editor.saving === "discard"}
          disabled={editor.saving !== undefined}
          onClick={() => void editor.discard()}
        >
          {t("discard")}
        </Button>
      </div>
    </div>
  );
}

export interface EntryStateCardProps {
  editor: EntryEditorState;
  mayPublish: boolean;
  onDeleted: () => void;
}

/** Where the entry stands: state, waiting changes, versions, deleting. */
export function EntryStateCard({ editor, mayPublish, onDeleted }: EntryStateCardProps) {
  const t = useTranslations("admin-knowledge.editor");
  const actions = useEntryActions();
  const { saved } = editor;
  const now = useNow();
  const status = saved?.status ?? "draft";
  const told = saved && status === "published" ? toldState(saved, now) : "told";
  return (
    <Card className="flex flex-col gap-2 p-4">
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-medium text-sm">{t("state")}</h2>
        <StatusBadge status={status} />
      </div>
      <p className="text-ink-muted text-sm">{t(told === "told" ? `states.${status}` : `states.${told}`)}</p>
      {saved ? (
        <>
          <PendingNotice editor={editor} entry={saved} />
          <EntrySource entry={saved} />
          <p className="text-ink-subtle text-xs">
            {t("version", { version: saved.version })} · {t("usedCount", { count: saved.usedCount })} · {t("updatedAt")}{" "}
            <RelativeTime date={saved.updatedAt} />
          </p>
          <EntryHistory entry={saved} dirty={editor.dirty} onRestored={editor.settle} />
          {mayPublish ? (
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
          ) : null}
        </>
      ) : (
        <Badge tone="outline" className="self-start">
          {t("notSaved")}
        </Badge>
      )}
    </Card>
  );
}
