"use client";

import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";

export interface LongTextProps {
  /** What the words are. */
  label: string;
  value: string;
  maxLength: number;
  /** On the button that begins an empty one. */
  addLabel: string;
  editLabel: string;
  placeholder: string;
  /** @returns whether it was saved; if not, what was written stays */
  onSave: (value: string) => Promise<boolean>;
}

/** Several lines that turn into a field; saved by a button, so that half a thought is not everybody's. */
export function LongText({ label, value, maxLength, addLabel, editLabel, placeholder, onSave }: LongTextProps) {
  const common = useTranslations("common");
  const [draft, setDraft] = useState<string>();
  const [busy, setBusy] = useState(false);
  if (draft === undefined) {
    return (
      <div>
        {value === "" ? null : <p className="whitespace-pre-wrap break-words pb-1">{value}</p>}
        <Button variant="ghost" size="sm" className="-ml-2" onClick={() => setDraft(value)}>
          <Pencil aria-hidden />
          {value === "" ? addLabel : editLabel}
        </Button>
      </div>
    );
  }

  async function save(text: string): Promise<void> {
    setBusy(true);
    const saved = await onSave(text.trim());
    setBusy(false);
    if (saved) {
      setDraft(undefined);
    }
  }

  return (
    <div className="flex flex-col gap-2">
      <Textarea
        grow
        autoFocus
        rows={4}
        aria-label={label}
        placeholder={placeholder}
        maxLength={maxLength}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && !event.nativeEvent.isComposing && setDraft(undefined)}
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={() => setDraft(undefined)}>
          {common("cancel")}
        </Button>
        <Button size="sm" variant="primary" loading={busy} onClick={() => void save(draft)}>
          {common("save")}
        </Button>
      </div>
    </div>
  );
}
