import { cn } from "./class-names";

/** The one elevation: everything that floats looks like this. */
export const floatingClasses = cn(
  "z-50 rounded-md bg-raised text-ink shadow-float outline-none",
  "data-[state=open]:animate-appear data-[state=delayed-open]:animate-appear data-[state=closed]:animate-disappear",
);

/** A line in a menu, select or palette. */
export const menuItemClasses = cn(
  "relative flex min-h-8 cursor-default select-none items-center gap-2 rounded-sm px-2 text-base text-ink outline-none touch:min-h-11",
  "data-highlighted:bg-hover data-disabled:pointer-events-none data-disabled:opacity-50",
  "[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-subtle",
);

/** The red kind of line, for what destroys. */
export const dangerItemClasses = "text-danger-ink data-highlighted:bg-danger-soft [&_svg]:text-danger-ink";
