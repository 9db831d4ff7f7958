"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { uploadFile } from "@/components/desk/composer/upload-file";
import { useRequest } from "@/components/settings/use-request";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import type { UploadedFile } from "@/lib/files/schema";
import { changeAvatar, changeProfile } from "@/lib/identity/account-contracts";
import { type CropDraft, squareOf, WHOLE } from "./crop";

const TYPES = "image/png,image/jpeg,image/webp,image/gif";
const PREVIEW_PIXELS = 224;
const SLIDERS = ["zoom", "horizontal", "vertical"] as const;

function CropPreview({ file, draft }: { file: UploadedFile; draft: CropDraft }) {
  const [width, height] = [file.width ?? 1, file.height ?? 1];
  const { left, top, size } = squareOf(draft, width, height);
  const scale = PREVIEW_PIXELS / (Math.min(width, height) * size);
  return (
    <div
      aria-hidden
      className="mx-auto size-56 overflow-hidden rounded-full border border-line bg-sunken"
      style={{
        backgroundImage: `url("${file.url}")`,
        backgroundSize: `${width * scale}px ${height * scale}px`,
        backgroundPosition: `${-left * width * scale}px ${-top * height * scale}px`,
      }}
    />
  );
}

function CropDialog({ file, onClose }: { file: UploadedFile; onClose: (saved: boolean) => void }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const { call, explain } = useRequest();
  const [draft, setDraft] = useState(WHOLE);
  const [saving, setSaving] = useState(false);

  async function save(): Promise<void> {
    setSaving(true);
    try {
      await call(changeAvatar, {
        body: { fileId: file.id, crop: squareOf(draft, file.width ?? 1, file.height ?? 1) },
      });
      onClose(true);
    } catch (error) {
      toast.error(explain(error));
      setSaving(false);
    }
  }

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose(false))}>
      <DialogContent title={t("cropTitle")} description={t("cropHelp")}>
        <DialogBody className="flex flex-col gap-4">
          <CropPreview file={file} draft={draft} />
          {SLIDERS.map((name) => (
            <label key={name} className="flex items-center gap-3 text-sm">
              <span className="w-24 shrink-0">{t(name)}</span>
              <input
                type="range"
                min={0}
                max={100}
                value={Math.round(draft[name] * 100)}
                className="h-8 flex-1 accent-(--accent)"
                onChange={(event) => setDraft({ ...draft, [name]: Number(event.target.value) / 100 })}
              />
            </label>
          ))}
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onClose(false)}>{common("cancel")}</Button>
          <Button variant="primary" loading={saving} onClick={() => void save()}>
            {t("cropSave")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

/** Uploading, taking away, and which upload waits to be cropped. */
function useAvatarEditor() {
  const t = useTranslations("account");
  const { call, explain } = useRequest();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [file, setFile] = useState<UploadedFile>();

  async function attempt(act: () => Promise<void>): Promise<void> {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(false);
    }
  }

  return {
    busy,
    file,
    take: (chosen: File) =>
      attempt(async () => setFile(await uploadFile(chosen, () => undefined, new AbortController().signal))),
    remove: () =>
      attempt(async () => {
        await call(changeProfile, { body: { avatarFileId: null } });
        toast.success(t("removed"));
        router.refresh();
      }),
    cropped: (saved: boolean) => {
      setFile(undefined);
      if (saved) {
        toast.success(t("pictureSaved"));
        router.refresh();
      }
    },
  };
}

/** One's own picture: uploaded, cropped to a square, drawn anew by the server. */
export function AvatarEditor({ name, avatarUrl }: { name: string; avatarUrl: string | null }) {
  const t = useTranslations("account");
  const input = useRef<HTMLInputElement>(null);
  const editor = useAvatarEditor();
  return (
    <div className="flex items-center gap-4">
      <Avatar name={name} src={avatarUrl} size="xl" />
      <input
        ref={input}
        type="file"
        accept={TYPES}
        hidden
        data-testid="avatar-input"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = "";
          if (chosen) {
            void editor.take(chosen);
          }
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button loading={editor.busy} onClick={() => input.current?.click()}>
          {t(avatarUrl ? "replace" : "choose")}
        </Button>
        {avatarUrl ? (
          <Button variant="ghost" disabled={editor.busy} onClick={() => void editor.remove()}>
            {t("remove")}
          </Button>
        ) : null}
      </div>
      {editor.file ? <CropDialog file={editor.file} onClose={editor.cropped} /> : null}
    </div>
  );
}
