import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const badgeVariants = cva(
  "inline-flex max-w-full items-center align-middle gap-1 truncate rounded-xs px-1.5 text-xs font-medium leading-5 [&_svg]:size-3",
  {
    variants: {
      tone: {
        neutral: "bg-sunken text-ink-muted",
        accent: "bg-accent-soft text-accent-ink",
        success: "bg-success-soft text-success-ink",
        warning: "bg-warning-soft text-warning-ink",
        danger: "bg-danger-soft text-danger-ink",
        info: "bg-info-soft text-info-ink",
        note: "bg-note-soft text-note-ink",
        outline: "border border-line text-ink-muted",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type BadgeTone = NonNullable<VariantProps<typeof badgeVariants>["tone"]>;

export interface BadgeProps extends ComponentProps<"span">, VariantProps<typeof badgeVariants> {
  /** A dot in the text's colour before the label: state told by more than hue when the label says it too. */
  dot?: boolean;
}

export function Badge({ tone, dot = false, className, children, ...props }: BadgeProps) {
  return (
    <span {...props} className={cn(badgeVariants({ tone }), className)}>
      {dot ? <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-current" /> : null}
      {children}
    </span>
  );
}

/** A number in a pill, 99+ at most: unread marks, counts on tabs. Nothing at 0. */
export function CountBadge({
  count,
  strong = false,
  className,
}: {
  count: number;
  strong?: boolean;
  className?: string;
}) {
  if (count <= 0) {
    return null;
  }
  return (
    <span
      className={cn(
        "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full px-1 text-2xs font-semibold",
        strong ? "bg-accent text-on-accent" : "bg-sunken text-ink-muted",
        className,
      )}
    >
      {count > 99 ? "99+" : count}
    </span>
  );
}
