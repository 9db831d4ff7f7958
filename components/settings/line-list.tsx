"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

export interface LineListProps {
  /** Names the group and, with a number, each line. */
  label: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
  addLabel: string;
  placeholder?: string;
  max: number;
  maxLength?: number;
  /** Problem of one line, already translated. */
  problem?: (index: number) => string | undefined;
  disabled?: boolean;
}

/** Sentences one below the other: Enter opens the next line, pasting several lines makes several. */
export function LineList(props: LineListProps) {
  const { label, value, onChange, addLabel, placeholder, max, maxLength, problem, disabled } = props;
  const t = useTranslations("common.file");
  const id = useId();
  const root = useRef<HTMLDivElement>(null);

  function focus(index: number): void {
    // After React has drawn the line.
    requestAnimationFrame(() => root.current?.querySelectorAll("input")[index]?.focus());
  }

  function insert(index: number, lines: readonly string[]): void {
    onChange([...value.slice(0, index), ...lines, ...value.slice(index)].slice(0, max));
    focus(Math.min(index + lines.length, max) - 1);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out beside other fields
    <div ref={root} role="group" aria-label={label} className="flex flex-col gap-1.5">
      {value.map((line, index) => {
        const wrong = problem?.(index);
        const errorId = `${id}-${index}-error`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
          <div key={index} className="flex flex-col gap-1">
            <div className="flex items-center gap-1">
              <Input
                value={line}
                disabled={disabled}
                maxLength={maxLength}
                placeholder={placeholder}
                aria-label={`${label} ${index + 1}`}
                aria-invalid={wrong ? true : undefined}
                aria-describedby={wrong ? errorId : undefined}
                onChange={(event) =>
                  onChange(value.map((each, place) => (place === index ? event.target.value : each)))
                }
                onPaste={(event) => {
                  const lines = event.clipboardData
                    .getData("text")
                    .split(/\r?\n/u)
                    .flatMap((text) => text.trim() || []);
                  if (lines.length > 1) {
                    event.preventDefault();
                    const kept = line.trim() === "" ? [] : [line];
                    onChange([...value.slice(0, index), ...kept, ...lines, ...value.slice(index + 1)].slice(0, max));
                  }
                }}
                onKeyDown={(event) => {
                  if (event.key === "Enter" && !event.nativeEvent.isComposing) {
                    event.preventDefault();
                    insert(index + 1, [""]);
                  } else if (event.key === "Backspace" && line === "") {
                    event.preventDefault();
                    onChange(value.filter((_, place) => place !== index));
                    focus(index - 1);
                  }
                }}
              />
              <IconButton
                label={t("remove", { name: line || `${label} ${index + 1}` })}
                disabled={disabled}
                onClick={() => onChange(value.filter((_, place) => place !== index))}
              >
                <X aria-hidden />
              </IconButton>
            </div>
            {wrong ? (
              <p id={errorId} className="text-danger-ink text-sm">
                {wrong}
              </p>
            ) : null}
          </div>
        );
      })}
      {value.length < max ? (
        <Button
          variant="ghost"
          size="sm"
          disabled={disabled}
          className="self-start"
          onClick={() => insert(value.length, [""])}
        >
          <Plus aria-hidden />
          {addLabel}
        </Button>
      ) : null}
    </div>
  );
}
