"use client";

import { ImageIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { uploadFile } from "@/components/desk/composer/upload-file";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import type { FieldControlProps } from "@/components/ui/field";

const TYPES = "image/png,image/jpeg,image/webp,image/gif";

export interface ImageControlProps {
  control: FieldControlProps;
  /** File id, or empty. */
  value: string;
  /** Address by file id, for pictures that are saved. */
  addresses: Readonly<Record<string, string>>;
  disabled: boolean;
  onChange: (value: string) => void;
}

/** A picture: uploaded at once (and drawn anew by the server), named by the value only when the form is saved. */
export function ImageControl({ control, value, addresses, disabled, onChange }: ImageControlProps) {
  const t = useTranslations("settings.form");
  const { explain } = useRequest();
  const input = useRef<HTMLInputElement>(null);
  const [fresh, setFresh] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const address = fresh[value] ?? addresses[value];

  async function take(file: File): Promise<void> {
    setBusy(true);
    try {
      const stored = await uploadFile(file, () => undefined, new AbortController().signal);
      setFresh({ ...fresh, [stored.id]: stored.url });
      onChange(stored.id);
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="flex items-center gap-3">
      <span className="inline-flex size-16 shrink-0 items-center justify-center overflow-hidden rounded-md border border-line bg-sunken text-ink-subtle">
        {address ? (
          // biome-ignore lint/performance/noImgElement: a signed address of our own; next/image would proxy and cache it
          <img src={address} alt={t("imageAlt")} className="size-full object-cover" />
        ) : (
          <ImageIcon role="img" aria-label={t("imageNone")} className="size-6" />
        )}
      </span>
      <input
        ref={input}
        type="file"
        accept={TYPES}
        hidden
        data-testid="image-input"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) {
            void take(file);
          }
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button {...control} disabled={disabled} loading={busy} onClick={() => input.current?.click()}>
          {t(value ? "imageReplace" : "imageChoose")}
        </Button>
        {value && !disabled ? (
          <Button variant="ghost" onClick={() => onChange("")}>
            {t("imageRemove")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
