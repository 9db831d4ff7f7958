"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, use, useId } from "react";
import { cn } from "./class-names";
import { Label } from "./label";

/** What a control needs to be tied to its label, help and error. */
export interface FieldControlProps {
  id: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
  "aria-required"?: true | undefined;
}

const FieldContext = createContext<FieldControlProps | undefined>(undefined);

/** The ids of the surrounding Field, for a control that is not a direct child. Undefined outside of a Field. */
export function useFieldControl(): FieldControlProps | undefined {
  return use(FieldContext);
}

export interface FieldProps {
  label: ReactNode;
  /** One sentence under the control that says what it is for or what is accepted. */
  help?: ReactNode;
  /** Already translated; replaces nothing, stands below and is announced. */
  error?: ReactNode;
  required?: boolean;
  /** Marks the label as optional; use it where most fields are required. */
  optional?: boolean;
  /** Label and control on one line (switches, checkboxes). */
  inline?: boolean;
  hideLabel?: boolean;
  className?: string;
  /** The control; spread what it gets into it: `{(control) => <Input {...control} name="email" />}`. */
  children: ReactNode | ((control: FieldControlProps) => ReactNode);
}

/** A labelled control with help and an inline error, wired for screen readers. */
export function Field({ label, help, error, required, optional, inline, hideLabel, className, children }: FieldProps) {
  const t = useTranslations("common");
  const id = useId();
  const hasError = error !== undefined && error !== null && error !== false && error !== "";
  const describedBy = [help ? `${id}-help` : "", hasError ? `${id}-error` : ""].filter(Boolean).join(" ");
  const control: FieldControlProps = {
    id,
    "aria-describedby": describedBy || undefined,
    "aria-invalid": hasError || undefined,
    "aria-required": required || undefined,
  };
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      <div className={cn(inline ? "flex items-center justify-between gap-4" : "contents")}>
        <Label htmlFor={id} className={cn("flex items-center gap-1", hideLabel && "sr-only")}>
          {label}
          {required ? (
            <span aria-hidden className="text-danger-ink">
              *
            </span>
          ) : null}
          {optional ? <span className="font-normal text-ink-subtle">{t("optional")}</span> : null}
        </Label>
        <FieldContext value={control}>{typeof children === "function" ? children(control) : children}</FieldContext>
      </div>
      {help ? (
        <p id={`${id}-help`} className="text-sm text-ink-muted">
          {help}
        </p>
      ) : null}
      <p
        id={`${id}-error`}
        aria-live="polite"
        className={cn("flex items-start gap-1 text-sm text-danger-ink", !hasError && "hidden")}
      >
        {hasError ? (
          <>
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {error}
          </>
        ) : null}
      </p>
    </div>
  );
}
