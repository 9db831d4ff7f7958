import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

/** Looks shared by every text-like control. */
export const controlClasses = cn(
  "w-full rounded-sm border border-line-strong bg-surface text-base text-ink transition-colors",
  "hover:border-ink-subtle focus-visible:border-accent focus-visible:outline-offset-0 focus-visible:outline-focus",
  "disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-ink-muted",
  "aria-invalid:border-danger aria-invalid:focus-visible:outline-danger",
  // Browsers on phones zoom into a control whose text is smaller than 16 px.
  "touch:text-lg",
);

export interface InputProps extends ComponentProps<"input"> {
  /** An icon or short text inside, at the start. */
  leading?: ReactNode;
  /** A button or short text inside, at the end. */
  trailing?: ReactNode;
}

export function Input({ className, leading, trailing, ...props }: InputProps) {
  const field = (
    <input
      {...props}
      className={cn(
        controlClasses,
        "h-8 px-2.5 touch:min-h-11",
        leading !== undefined && "pl-8",
        trailing !== undefined && "pr-10",
        className,
      )}
    />
  );
  if (leading === undefined && trailing === undefined) {
    return field;
  }
  return (
    <span className="relative flex w-full items-center">
      {leading === undefined ? null : (
        <span className="pointer-events-none absolute left-2.5 text-ink-subtle [&_svg]:size-4">{leading}</span>
      )}
      {field}
      {trailing === undefined ? null : <span className="absolute right-1 flex items-center">{trailing}</span>}
    </span>
  );
}
