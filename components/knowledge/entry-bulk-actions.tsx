"use client";

import { Archive, FolderInput, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { COLLECTION_MAX, type Entry } from "@/lib/knowledge/schema";
import { NameInput } from "./name-input";
import { useEntryActions } from "./use-entry-actions";

interface MoveProps {
  collections: readonly string[];
  busy: boolean;
  onMove: (collection: string) => Promise<unknown>;
}

function MoveDialog({ collections, busy, onMove }: MoveProps) {
  const t = useTranslations("admin-knowledge");
  const common = useTranslations("common");
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button disabled={busy}>
          <FolderInput aria-hidden />
          {t("moveSelected")}
        </Button>
      </DialogTrigger>
      <DialogContent width="sm" title={t("moveTitle")}>
        <DialogBody>
          <Field label={t("collection")} help={t("moveHelp")}>
            {(control) => (
              <NameInput
                control={control}
                names={collections}
                value={name}
                maxLength={COLLECTION_MAX}
                placeholder={t("editor.collectionPlaceholder")}
                onChange={setName}
              />
            )}
          </Field>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => setOpen(false)}>{common("cancel")}</Button>
          <Button variant="primary" loading={busy} onClick={() => void onMove(name.trim()).then(() => setOpen(false))}>
            {t("moveSelected")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

export interface EntryBulkActionsProps {
  chosen: readonly Entry[];
  collections: readonly string[];
  onDone: () => void;
}

/** What can be done to many entries at once. */
export function EntryBulkActions({ chosen, collections, onDone }: EntryBulkActionsProps) {
  const t = useTranslations("admin-knowledge");
  const { busy, change, remove } = useEntryActions();
  return (
    <>
      <Button loading={busy} onClick={() => void change(chosen, "publish").then(onDone)}>
        {t("publishSelected")}
      </Button>
      <Button loading={busy} onClick={() => void change(chosen, "unpublish").then(onDone)}>
        {t("unpublishSelected")}
      </Button>
      <MoveDialog
        collections={collections}
        busy={busy}
        onMove={(collection) => change(chosen, "move", collection).then(onDone)}
      />
      <Button loading={busy} onClick={() => void change(chosen, "archive").then(onDone)}>
        <Archive aria-hidden />
        {t("archiveSelected")}
      </Button>
      <Button
        variant="dangerGhost"
        loading={busy}
        onClick={() => void remove(chosen).then((removed) => (removed ? onDone() : undefined))}
      >
        <Trash2 aria-hidden />
        {t("deleteSelected")}
      </Button>
    </>
  );
}
