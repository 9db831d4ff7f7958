"use client";

import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { IMPORT_MAX_BYTES, type ImportReport } from "@/lib/knowledge/import-schema";
import { COLLECTION_MAX } from "@/lib/knowledge/schema";
import { ImportSummary } from "./import-summary";
import { NameInput } from "./name-input";
import { sendImport } from "./send-import";

interface State {
  readonly file?: File | undefined;
  readonly preview?: ImportReport | undefined;
  readonly done?: ImportReport | undefined;
  readonly problem?: string | undefined;
}

/** A file is chosen, looked at by the server, then taken in: each step shows what the server said. */
function useImport() {
  const { explain } = useRequest();
  const router = useRouter();
  const [state, setState] = useState<State>({});
  const [collection, setCollection] = useState("");
  const [busy, setBusy] = useState(false);

  async function run(file: File, preview: boolean): Promise<void> {
    setBusy(true);
    setState((before) => ({ ...before, file, problem: undefined }));
    try {
      const report = await sendImport(file, collection.trim(), preview);
      setState(preview ? { file, preview: report } : { done: report });
      if (!preview) {
        router.refresh();
      }
    } catch (error) {
      setState((before) => ({ ...before, problem: explain(error) }));
    } finally {
      setBusy(false);
    }
  }

  return { ...state, collection, setCollection, busy, run, reset: () => setState({}) };
}

type Import = ReturnType<typeof useImport>;

function ChooseStep({ state, collections }: { state: Import; collections: readonly string[] }) {
  const t = useTranslations("admin-knowledge.import");
  return (
    <>
      <Field optional label={t("collection")} help={t("collectionHelp")}>
        {(control) => (
          <NameInput
            control={control}
            names={collections}
            value={state.collection}
            maxLength={COLLECTION_MAX}
            placeholder=""
            onChange={state.setCollection}
          />
        )}
      </Field>
      <FileDrop
        accept={[".json", ".csv", ".xlsx"]}
        typesLabel={t("types")}
        maxBytes={IMPORT_MAX_BYTES}
        disabled={state.busy}
        onFiles={([file]) => (file ? void state.run(file, true) : undefined)}
      />
      {state.busy ? <p role="status">{t("reading")}</p> : null}
    </>
  );
}

function Steps({ state, onFinish }: { state: Import; onFinish: () => void }) {
  const t = useTranslations("admin-knowledge.import");
  const { file, preview, done } = state;
  const count = preview ? preview.created + preview.updated : 0;
  if (done) {
    return (
      <Button variant="primary" onClick={onFinish}>
        {t("finish")}
      </Button>
    );
  }
  return file && preview ? (
    <>
      <Button disabled={state.busy} onClick={state.reset}>
        {t("again")}
      </Button>
      <Button variant="primary" disabled={count === 0} loading={state.busy} onClick={() => void state.run(file, false)}>
        {count === 0 ? t("nothing") : t("start", { count })}
      </Button>
    </>
  ) : null;
}

/** Entries from a file, with a look at what it brings before anything is written. */
export function ImportDialog({ collections }: { collections: readonly string[] }) {
  const t = useTranslations("admin-knowledge.import");
  const [open, setOpen] = useState(false);
  const state = useImport();
  const { preview, done, problem } = state;
  const report = done ?? preview;
  function change(next: boolean): void {
    if (!state.busy) {
      setOpen(next);
      state.reset();
    }
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button>
          <Upload aria-hidden />
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent width="lg" title={done ? t("done") : t("title")} description={report ? undefined : t("body")}>
        <DialogBody>
          <div className="flex flex-col gap-4">
            {report ? (
              <ImportSummary report={report} sample={done === undefined} />
            ) : (
              <ChooseStep state={state} collections={collections} />
            )}
            {problem ? (
              <p role="alert" className="text-danger-ink text-sm">
                {problem}
              </p>
            ) : null}
          </div>
        </DialogBody>
        <DialogFooter>
          <Steps state={state} onFinish={() => change(false)} />
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
