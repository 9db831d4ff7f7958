import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** A key on the keyboard. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      {...props}
      className={cn(
        "inline-flex h-5 min-w-5 items-center justify-center rounded-xs border border-line bg-surface px-1 font-sans text-2xs font-medium text-ink-muted",
        className,
      )}
    />
  );
}
