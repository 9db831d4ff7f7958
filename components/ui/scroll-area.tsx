import type { ComponentProps } from "react";
import { cn } from "./class-names";

export interface ScrollAreaProps extends ComponentProps<"section"> {
  /** Names the region for those who reach it by keyboard. */
  label: string;
}

/** A region that scrolls by itself and can be scrolled from the keyboard. Native bars, thin, in the theme's greys. */
export function ScrollArea({ label, className, ...props }: ScrollAreaProps) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      aria-label={label}
      {...props}
      className={cn("min-h-0 overflow-auto overscroll-contain focus-visible:-outline-offset-2", className)}
    />
  );
}
