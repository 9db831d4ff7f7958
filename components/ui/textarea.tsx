import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { controlClasses } from "./input";

export interface TextareaProps extends ComponentProps<"textarea"> {
  /** Grows with its text up to `max-height`, where the browser can (`field-sizing`). */
  grow?: boolean;
}

export function Textarea({ className, grow = false, ...props }: TextareaProps) {
  return (
    <textarea
      rows={3}
      {...props}
      className={cn(
        controlClasses,
        "min-h-16 resize-y px-2.5 py-1.5",
        grow && "field-sizing-content max-h-64 resize-none",
        className,
      )}
    />
  );
}
