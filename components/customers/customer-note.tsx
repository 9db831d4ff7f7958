"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";

const NOTE_MAX = 5_000;

/** What the team should know of the customer. Saved by a button, so that half a thought is not everybody's. */
export function CustomerNote({
  note,
  onSave,
}: {
  note: string | null;
  onSave: (note: string | null) => Promise<boolean>;
}) {
  const t = useTranslations("desk.customer");
  const common = useTranslations("common");
  const [text, setText] = useState(note ?? "");
  const [base, setBase] = useState(note);
  const [saving, setSaving] = useState(false);
  const changed = text.trim() !== (note ?? "");
  if (base !== note) {
    // A colleague saved: their words show, unless something is being written here.
    setBase(note);
    if (text.trim() === (base ?? "")) {
      setText(note ?? "");
    }
  }

  async function save(): Promise<void> {
    setSaving(true);
    await onSave(text.trim() || null);
    setSaving(false);
  }

  return (
    <div className="flex flex-col gap-2">
      <Textarea
        grow
        rows={2}
        aria-label={t("note")}
        placeholder={t("notePlaceholder")}
        maxLength={NOTE_MAX}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {changed ? (
        <div className="flex justify-end gap-2">
          <Button size="sm" onClick={() => setText(note ?? "")}>
            {common("cancel")}
          </Button>
          <Button size="sm" variant="primary" loading={saving} onClick={() => void save()}>
            {common("save")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
