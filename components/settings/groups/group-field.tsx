import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";

export interface GroupFieldProps {
  label: string;
  help?: ReactNode;
  /** Already translated. */
  error?: ReactNode;
  children: ReactNode;
}

/** A field of several controls: one name over all of them, with help and an inline error. */
export function GroupField({ label, help, error, children }: GroupFieldProps) {
  const id = useId();
  const describedBy = [help ? `${id}-help` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <fieldset aria-describedby={describedBy || undefined} className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-ink text-sm">{label}</legend>
      {children}
      {help ? (
        <p id={`${id}-help`} className="text-ink-muted text-sm">
          {help}
        </p>
      ) : null}
      <p
        id={`${id}-error`}
        aria-live="polite"
        className={error ? "flex items-start gap-1 text-danger-ink text-sm" : "hidden"}
      >
        {error ? (
          <>
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {error}
          </>
        ) : null}
      </p>
    </fieldset>
  );
}
