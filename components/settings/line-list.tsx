"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useRef } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

export interface LineListProps {
  /** Names the group and, with a number, each line. */
  label: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
  addLabel: ReactNode;
  placeholder?: string;
  max: number;
  maxLength?: number;
  /** Problem of one line, already translated. */
  problem?: (index: number) => string | undefined;
  disabled?: boolean;
}

interface LineProps extends Pick<LineListProps, "label" | "placeholder" | "maxLength" | "disabled"> {
  index: number;
  line: string;
  wrong: string | undefined;
  onType: (text: string) => void;
  onPaste: (lines: readonly string[]) => void;
  onEnter: () => void;
  onRemove: () => void;
}

const linesOf = (text: string): string[] => text.split(/\r?\n/u).flatMap((line) => line.trim() || []);

function Line(props: LineProps) {
  const { label, placeholder, maxLength, disabled, index, line, wrong, onType, onPaste, onEnter, onRemove } = props;
  const t = useTranslations("common.file");
  const errorId = useId();
  const name = `${label} ${index + 1}`;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-1">
        <Input
          value={line}
          disabled={disabled}
          maxLength={maxLength}
          placeholder={placeholder}
          aria-label={name}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={wrong ? errorId : undefined}
          onChange={(event) => onType(event.target.value)}
          onPaste={(event) => {
            const lines = linesOf(event.clipboardData.getData("text"));
            if (lines.length > 1) {
              event.preventDefault();
              onPaste(lines);
            }
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.nativeEvent.isComposing) {
              event.preventDefault();
              onEnter();
            } else if (event.key === "Backspace" && line === "") {
              event.preventDefault();
              onRemove();
            }
          }}
        />
        <IconButton label={t("remove", { name: line || name })} disabled={disabled} onClick={onRemove}>
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
}

/** Sentences one below the other: Enter opens the next line, pasting several lines makes several. */
export function LineList({ value, onChange, addLabel, max, problem, ...line }: LineListProps) {
  const root = useRef<HTMLFieldSetElement>(null);

  function put(index: number, removed: number, lines: readonly string[], focus: number): void {
    onChange(value.toSpliced(index, removed, ...lines).slice(0, max));
    // After React has drawn the line.
    requestAnimationFrame(() => root.current?.querySelectorAll("input")[focus]?.focus());
  }

  return (
    <fieldset ref={root} aria-label={line.label} className="flex min-w-0 flex-col gap-1.5">
      {value.map((text, index) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
          key={index}
          {...line}
          index={index}
          line={text}
          wrong={problem?.(index)}
          onType={(typed) => onChange(value.with(index, typed))}
          onPaste={(lines) =>
            put(text.trim() === "" ? index : index + 1, text.trim() === "" ? 1 : 0, lines, index + lines.length - 1)
          }
          onEnter={() => put(index + 1, 0, [""], Math.min(index + 1, max - 1))}
          onRemove={() => put(index, 1, [], index - 1)}
        />
      ))}
      {value.length < max ? (
        <Button
          variant="ghost"
          size="sm"
          disabled={line.disabled}
          className="self-start"
          onClick={() => put(value.length, 0, [""], value.length)}
        >
          <Plus aria-hidden />
          {addLabel}
        </Button>
      ) : null}
    </fieldset>
  );
}
