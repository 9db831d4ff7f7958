"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { createCollection, updateCollection } from "@/lib/knowledge/collection-contracts";
import { COLLECTION_MAX, type Collection } from "@/lib/knowledge/schema";

export interface CollectionNameDialogProps {
  /** The one to rename; without it a new one is made. */
  collection: Collection | undefined;
  onClose: () => void;
}

function useSaveName({ collection, onClose }: CollectionNameDialogProps) {
  const t = useTranslations("admin-knowledge.collections");
  const { call } = useRequest();
  const problems = useFieldProblems();
  const router = useRouter();
  const [name, setName] = useState(collection?.name ?? "");
  const [busy, setBusy] = useState(false);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = problems.check(createCollection.body, { name });
    if (!body) {
      return;
    }
    setBusy(true);
    try {
      await (collection
        ? call(updateCollection, { params: { id: collection.id }, body })
        : call(createCollection, { body }));
      toast.success(t(collection ? "renamed" : "created", { name: body.name }));
      router.refresh();
      onClose();
    } catch (error) {
      toast.error(problems.report(error));
    } finally {
      setBusy(false);
    }
  }

  return { name, setName, busy, problems, save };
}

/** Names a new collection, or one that is there anew. */
export function CollectionNameDialog(props: CollectionNameDialogProps) {
  const { collection, onClose } = props;
  const t = useTranslations("admin-knowledge.collections");
  const common = useTranslations("common");
  const { name, setName, busy, problems, save } = useSaveName(props);
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent width="sm" title={t(collection ? "renameTitle" : "addTitle")}>
        <form onSubmit={(event) => void save(event)}>
          <DialogBody>
            <Field
              required
              label={t("name")}
              help={collection ? t("renameHelp") : undefined}
              error={problems.text("name")}
            >
              {(control) => (
                <Input
                  {...control}
                  value={name}
                  maxLength={COLLECTION_MAX}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" variant="primary" loading={busy}>
              {common("save")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
