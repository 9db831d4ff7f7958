"use client";

import { Upload } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type DragEvent, useId, useRef, useState } from "react";
import { formatBytes } from "@/lib/i18n/format";
import { Button } from "./button";
import { cn } from "./class-names";
import { checkFiles, type FileRules } from "./file-rules";

export interface FileDropProps extends FileRules {
  onFiles: (files: File[]) => void;
  /** Kinds in words ("CSV, Excel"), as people know them. */
  typesLabel?: string;
  disabled?: boolean;
  className?: string;
}

/** Sorts what was dropped or chosen, hands on what fits and keeps, in words, why the rest does not. */
function useFileIntake(rules: FileRules, size: string, onFiles: (files: File[]) => void) {
  const t = useTranslations("common");
  const [problems, setProblems] = useState<string[]>([]);
  function take(list: FileList | null): void {
    const { accepted, refused } = checkFiles([...(list ?? [])], rules);
    setProblems(refused.map(({ name, reason }) => t(`file.${reason}`, { name, size, count: rules.maxFiles ?? 1 })));
    if (accepted.length > 0) {
      onFiles(accepted);
    }
  }
  return { problems, take };
}

function Problems({ problems }: { problems: readonly string[] }) {
  return (
    <div role="alert" className="text-sm text-danger-ink">
      {problems.map((problem) => (
        <p key={problem}>{problem}</p>
      ))}
    </div>
  );
}

/** Takes files by drop or by button, and says at once which of them it will not take and why. */
export function FileDrop({ onFiles, typesLabel, disabled = false, className, ...rules }: FileDropProps) {
  const t = useTranslations("common");
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const size = formatBytes(rules.maxBytes, useLocale());
  const { problems, take } = useFileIntake(rules, size, onFiles);

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    if (!disabled) {
      take(event.dataTransfer.files);
    }
  }

  return (
    <fieldset
      disabled={disabled}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={cn(
        "flex flex-col items-center gap-2 rounded-md border border-dashed border-line-strong px-4 py-6 text-center transition-colors",
        over && "border-accent bg-accent-soft",
        disabled && "opacity-50",
        className,
      )}
    >
      <Upload aria-hidden className="size-5 text-ink-subtle" />
      <p className="text-base text-ink max-md:hidden">{over ? t("file.dropNow") : t("file.drop")}</p>
      <Button aria-describedby={`${id}-rules`} disabled={disabled} onClick={() => input.current?.click()}>
        {t("file.choose")}
      </Button>
      <p id={`${id}-rules`} className="text-sm text-ink-muted">
        {typesLabel === undefined ? t("file.limit", { size }) : t("file.accepted", { types: typesLabel, size })}
      </p>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        multiple={(rules.maxFiles ?? 1) > 1}
        accept={rules.accept?.join(",")}
        onChange={(event) => {
          take(event.target.files);
          // So that choosing the same file again counts as a change.
          event.target.value = "";
        }}
      />
      <Problems problems={problems} />
    </fieldset>
  );
}
