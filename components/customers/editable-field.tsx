"use client";

import { Check, Pencil, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Input } from "@/components/ui/input";
import { Spinner } from "@/components/ui/spinner";
import { RequestFailed } from "@/lib/platform/http/client";

export interface EditableFieldProps {
  /** What the field is called. */
  name: string;
  value: string | null;
  /** Invites to fill an empty field. */
  addLabel: string;
  type?: "text" | "email" | "tel";
  maxLength: number;
  onSave: (value: string | null) => Promise<void>;
  /** The customer's name stands larger. */
  large?: boolean;
}

/** The server's words for what is wrong with the field, else for the whole. */
function problemOf(error: unknown, fallback: string): string {
  if (!(error instanceof RequestFailed)) {
    return fallback;
  }
  return error.problem.fields?.[0]?.detail || error.problem.detail || fallback;
}

/** A value that turns into a field when it is clicked. Enter or leaving saves, Escape takes back. */
export function EditableField(props: EditableFieldProps) {
  const [editing, setEditing] = useState(false);
  return editing ? (
    <FieldEditor {...props} onClose={() => setEditing(false)} />
  ) : (
    <FieldValue {...props} onEdit={() => setEditing(true)} />
  );
}

function FieldValue({ name, value, addLabel, large = false, onEdit }: EditableFieldProps & { onEdit: () => void }) {
  const t = useTranslations("desk.customer");
  return (
    <button
      type="button"
      aria-label={value === null ? addLabel : `${t("edit", { field: name })}: ${value}`}
      onClick={onEdit}
      className={cn(
        "group/field -mx-1.5 flex min-h-7 w-full min-w-0 items-center gap-1.5 rounded-sm px-1.5 text-left hover:bg-hover touch:min-h-11",
        large && "text-lg font-semibold",
      )}
    >
      <span className={cn("min-w-0 truncate", value === null && "font-normal text-ink-subtle")}>
        {value ?? addLabel}
      </span>
      <Pencil
        aria-hidden
        className="ml-auto size-3.5 shrink-0 text-ink-subtle opacity-0 group-hover/field:opacity-100 group-focus-visible/field:opacity-100"
      />
    </button>
  );
}

/** Saves a changed value; what the server says against it stays in sight with the text. */
function useFieldSaving({ value, onSave }: EditableFieldProps, onClose: () => void) {
  const t = useTranslations("desk.customer");
  const [text, setText] = useState(value ?? "");
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState("");

  async function save(): Promise<void> {
    const next = text.trim() || null;
    if (saving || next === value) {
      onClose();
      return;
    }
    setSaving(true);
    try {
      await onSave(next);
      onClose();
    } catch (error) {
      setSaving(false);
      setProblem(problemOf(error, t("saveFailed")));
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (event.key === "Enter") {
      event.preventDefault();
      void save();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
  }

  return { text, setText, saving, problem, save, onKeyDown };
}

function FieldEditor(props: EditableFieldProps & { onClose: () => void }) {
  const { name, type = "text", maxLength, onClose } = props;
  const common = useTranslations("common");
  const { text, setText, saving, problem, save, onKeyDown } = useFieldSaving(props, onClose);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <div className="w-full">
      <div className="flex items-center gap-0.5">
        <Input
          ref={field}
          type={type}
          aria-label={name}
          aria-invalid={problem !== "" || undefined}
          maxLength={maxLength}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          className="h-7"
        />
        {saving ? (
          <Spinner silent className="mx-1.5" />
        ) : (
          <>
            <IconButton label={common("save")} size="sm" onClick={() => void save()}>
              <Check aria-hidden />
            </IconButton>
            <IconButton label={common("cancel")} size="sm" onClick={onClose}>
              <X aria-hidden />
            </IconButton>
          </>
        )}
      </div>
      {problem === "" ? null : (
        <p role="alert" className="pt-1 text-xs text-danger-ink">
          {problem}
        </p>
      )}
    </div>
  );
}
