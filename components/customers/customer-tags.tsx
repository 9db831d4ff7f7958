"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

const TAG_MAX = 40;

/** The customer's tags: each can be taken off, and new ones written. */
export function CustomerTags({ tags, onSave }: { tags: readonly string[]; onSave: (tags: string[]) => void }) {
  const t = useTranslations("desk.customer");
  const [adding, setAdding] = useState(false);
  const [text, setText] = useState("");

  function add(): void {
    const tag = text.trim();
    setText("");
    if (tag !== "" && !tags.includes(tag)) {
      onSave([...tags, tag]);
    }
  }

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
        <Input
          autoFocus
          aria-label={t("addTag")}
          placeholder={t("tagPlaceholder")}
          maxLength={TAG_MAX}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => {
            add();
            setAdding(false);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) {
              return;
            }
            if (event.key === "Enter") {
              event.preventDefault();
              add();
            } else if (event.key === "Escape") {
              event.stopPropagation();
              setText("");
              setAdding(false);
            }
          }}
          className="h-7"
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
