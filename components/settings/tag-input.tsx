"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import type { FieldControlProps } from "@/components/ui/field";
import { controlClasses } from "@/components/ui/input";

export interface TagInputProps {
  control: FieldControlProps;
  value: readonly string[];
  onChange: (value: string[]) => void;
  placeholder?: string;
  /** What earlier entries used; offered while typing. */
  suggestions?: readonly string[];
  max?: number;
  disabled?: boolean;
}

function Chip({ tag, disabled, onRemove }: { tag: string; disabled: boolean | undefined; onRemove: () => void }) {
  const t = useTranslations("common.file");
  return (
    <span className="inline-flex items-center gap-0.5 rounded-xs bg-sunken pl-1.5 text-sm leading-5">
      {tag}
      <button
        type="button"
        disabled={disabled}
        aria-label={t("remove", { name: tag })}
        onClick={onRemove}
        className="relative rounded-xs p-1 text-ink-subtle after:absolute after:-inset-0.5 hover:text-ink touch:after:-inset-2.5"
      >
        <X aria-hidden className="size-3" />
      </button>
    </span>
  );
}

const SEPARATORS = /[,，、;；\n]/u;
const wordsOf = (text: string): string[] => text.split(SEPARATORS).flatMap((word) => word.trim() || []);

/** Short words as chips: Enter or a comma adds one, Backspace in the empty field takes the last away. */
export function TagInput({ control, value, onChange, placeholder, suggestions, max = 20, disabled }: TagInputProps) {
  const [draft, setDraft] = useState("");
  const listId = `${control.id}-suggestions`;

  function add(text: string): void {
    const all = [...new Set([...value, ...wordsOf(text)])].slice(0, max);
    setDraft("");
    if (all.length !== value.length) {
      onChange(all);
    }
  }

  return (
    <div
      className={cn(
        controlClasses,
        "flex min-h-8 flex-wrap items-center gap-1 px-1.5 py-1 focus-within:border-accent touch:min-h-11",
        control["aria-invalid"] && "border-danger",
      )}
    >
      {value.map((tag) => (
        <Chip
          key={tag}
          tag={tag}
          disabled={disabled}
          onRemove={() => onChange(value.filter((other) => other !== tag))}
        />
      ))}
      <input
        {...control}
        value={draft}
        disabled={disabled}
        list={suggestions ? listId : undefined}
        placeholder={value.length === 0 ? placeholder : undefined}
        className="h-6 min-w-24 flex-1 bg-transparent px-1 outline-none"
        onChange={(event) =>
          SEPARATORS.test(event.target.value) ? add(event.target.value) : setDraft(event.target.value)
        }
        onBlur={() => add(draft)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) {
            event.preventDefault();
            add(draft);
          } else if (event.key === "Backspace" && draft === "" && value.length > 0) {
            onChange(value.slice(0, -1));
          }
        }}
      />
      {suggestions ? (
        <datalist id={listId}>
          {suggestions.map((suggestion) =>
            value.includes(suggestion) ? null : <option key={suggestion} value={suggestion} />,
          )}
        </datalist>
      ) : null}
    </div>
  );
}
