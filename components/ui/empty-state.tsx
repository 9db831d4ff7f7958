import type { ReactNode } from "react";
import { cn } from "./class-names";

export interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  /** The title's element: "h1" where this is the whole page. */
  heading?: "h1" | "h2" | "p";
  /** Says what to do next. */
  body?: ReactNode;
  /** The button that does it. */
  action?: ReactNode;
  compact?: boolean;
  className?: string;
}

export function EmptyState({
  heading: Heading = "p",
  icon,
  title,
  body,
  action,
  compact = false,
  className,
}: EmptyStateProps) {
  return (
    <div
      className={cn(
        "flex flex-col items-center justify-center text-center",
        compact ? "gap-1 px-4 py-8" : "gap-1.5 px-6 py-16",
        className,
      )}
    >
      {icon ? (
        <span className="mb-2 inline-flex size-10 items-center justify-center rounded-md bg-sunken text-ink-subtle [&_svg]:size-5">
          {icon}
        </span>
      ) : null}
      <Heading className="text-base font-medium text-ink">{title}</Heading>
      {body ? <p className="max-w-sm text-sm text-ink-muted text-pretty">{body}</p> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
