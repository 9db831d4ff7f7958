"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

const TAG_MAX = 40;

/** The field for new tags: Enter adds one and stays for the next, leaving it adds the last. */
function TagField({ onAdd, onClose }: { onAdd: (tag: string) => void; onClose: () => void }) {
  const t = useTranslations("desk.customer");
  const [text, setText] = useState("");

  function add(): void {
    setText("");
    if (text.trim() !== "") {
      onAdd(text.trim());
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (event.key === "Enter") {
      event.preventDefault();
      add();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    }
  }

  return (
    <Input
      autoFocus
      aria-label={t("addTag")}
      placeholder={t("tagPlaceholder")}
      maxLength={TAG_MAX}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        add();
        onClose();
      }}
      onKeyDown={onKeyDown}
      className="h-7"
    />
  );
}

/** The customer's tags: each can be taken off, and new ones written. */
export function CustomerTags({ tags, onSave }: { tags: readonly string[]; onSave: (tags: string[]) => void }) {
  const t = useTranslations("desk.customer");
  const [adding, setAdding] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-1">
      {tags.map((tag) => (
        <Badge key={tag} tone="accent" className="pr-0.5">
          <span className="truncate">{tag}</span>
          <button
            type="button"
            aria-label={t("removeTag", { tag })}
            onClick={() => onSave(tags.filter((other) => other !== tag))}
            className="inline-flex size-4.5 items-center justify-center rounded-xs hover:bg-hover touch:size-8"
          >
            <X aria-hidden />
          </button>
        </Badge>
      ))}
      {adding ? (
        <TagField
          onAdd={(tag) => {
            if (!tags.includes(tag)) {
              onSave([...tags, tag]);
            }
          }}
          onClose={() => setAdding(false)}
        />
      ) : (
        <Button size="sm" variant="ghost" onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          {t("addTag")}
        </Button>
      )}
    </div>
  );
}
