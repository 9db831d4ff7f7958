"use client";

import { FileText, ImagePlus, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { uploadFile } from "@/components/desk/composer/upload-file";
import { useRequest } from "@/components/settings/use-request";
import { IconButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FileDrop } from "@/components/ui/file-drop";
import { Progress } from "@/components/ui/progress";
import type { UploadedFile } from "@/lib/files/schema";
import { formatBytes } from "@/lib/i18n/format";
import { FILES_MAX } from "@/lib/knowledge/schema";
import type { EntryEditorState } from "./use-entry-editor";

/** What a picture is called where it cannot be seen; brackets would end its name too early. */
const altOf = (name: string): string => name.replace(/[[\]]/g, "");

const MAX_BYTES = 20 * 1024 * 1024;

export interface EntryFilesState {
  readonly files: readonly UploadedFile[];
  /** All that were ever there, for versions that name them. */
  readonly known: readonly UploadedFile[];
  readonly add: (files: readonly File[]) => Promise<void>;
  /** Share of the upload under way, 0–1; undefined while there is none. */
  readonly share: number | undefined;
}

/** The files of the entry being written: those it has, and those uploaded since. */
export function useEntryFiles(editor: EntryEditorState, known: readonly UploadedFile[]): EntryFilesState {
  const t = useTranslations("admin-knowledge.editor");
  const { explain } = useRequest();
  const [added, setAdded] = useState<readonly UploadedFile[]>([]);
  const [share, setShare] = useState<number>();

  async function add(files: readonly File[]): Promise<void> {
    for (const file of files) {
      setShare(0);
      try {
        const uploaded = await uploadFile(file, setShare, new AbortController().signal);
        setAdded((before) => [...before, uploaded]);
        editor.change(({ fileIds }) => ({ fileIds: [...fileIds, uploaded.id] }));
      } catch (error) {
        // One that is refused costs only itself.
        toast.error(t("fileRefused", { name: file.name, reason: explain(error) }));
      }
    }
    setShare(undefined);
  }

  const all = [...known, ...added];
  const files = editor.draft.fileIds.flatMap((id) => all.find((file) => file.id === id) ?? []);
  return { files, known: all, add, share };
}

/** Puts a picture at the end of what is written. */
function insertImage(editor: EntryEditorState, { id, name }: UploadedFile): void {
  editor.change(({ answer }) => ({ answer: `${answer}\n\n![${altOf(name)}](file:${id})` }));
}

/** Takes a file off, out of the text too. */
function removeFile(editor: EntryEditorState, { id }: UploadedFile): void {
  editor.change(({ answer, fileIds }) => ({
    fileIds: fileIds.filter((each) => each !== id),
    answer: answer.replaceAll(new RegExp(`!\\[[^\\]]*\\]\\(file:${id}\\)`, "g"), ""),
  }));
}

/** Pictures and other files that go out with the answer. */
export function EntryFiles({ editor, state }: { editor: EntryEditorState; state: EntryFilesState }) {
  const t = useTranslations("admin-knowledge.editor");
  const common = useTranslations("common");
  const locale = useLocale();
  const { files, add, share } = state;
  return (
    <Card className="flex flex-col gap-3 p-4 md:p-5">
      <div>
        <h2 className="font-medium text-sm">{t("files")}</h2>
        <p className="mt-1 text-ink-muted text-sm">{t("filesHelp")}</p>
      </div>
      <ul aria-label={t("files")} className="flex flex-col gap-2 empty:hidden">
        {files.map((file) => (
          <li key={file.id} className="flex items-center gap-3 rounded-sm border border-line px-2 py-1.5">
            {file.mime.startsWith("image/") ? (
              // biome-ignore lint/performance/noImgElement: a signed address of our own file route
              <img src={file.url} alt="" className="size-10 rounded-xs object-cover" />
            ) : (
              <FileText aria-hidden className="size-10 p-2 text-ink-subtle" />
            )}
            <span className="min-w-0 flex-1">
              <a href={file.url} className="block truncate hover:underline">
                {file.name}
              </a>
              <span className="text-ink-subtle text-xs">{formatBytes(file.size, locale)}</span>
            </span>
            {file.mime.startsWith("image/") ? (
              <IconButton label={t("insertImage", { name: file.name })} onClick={() => insertImage(editor, file)}>
                <ImagePlus aria-hidden />
              </IconButton>
            ) : null}
            <IconButton label={common("file.remove", { name: file.name })} onClick={() => removeFile(editor, file)}>
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {share === undefined ? null : <Progress label={t("uploading")} value={share} />}
      {files.length < FILES_MAX ? (
        <FileDrop
          maxBytes={MAX_BYTES}
          maxFiles={FILES_MAX - files.length}
          disabled={share !== undefined}
          onFiles={(chosen) => void add(chosen)}
        />
      ) : null}
    </Card>
  );
}
