import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { Spinner } from "./spinner";

export const buttonVariants = cva(
  [
    "relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-sm font-medium",
    "transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50",
    "[&_svg]:size-4 [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent hover:bg-accent-hover",
        secondary: "border border-line bg-surface text-ink hover:bg-hover",
        ghost: "text-ink-muted hover:bg-hover hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink",
        soft: "bg-accent-soft text-accent-ink hover:bg-selected",
        danger: "bg-danger text-on-danger hover:bg-danger-hover",
        dangerGhost: "text-danger-ink hover:bg-danger-soft",
        link: "h-auto min-h-0 px-0 text-accent-ink underline-offset-4 hover:underline",
      },
      size: {
        sm: "h-7 px-2 text-sm touch:min-h-11",
        md: "h-8 px-3 text-base touch:min-h-11",
        lg: "h-10 px-4 text-base touch:min-h-11",
      },
      icon: { true: "aspect-square px-0", false: "" },
      block: { true: "w-full", false: "" },
    },
    compoundVariants: [{ variant: "link", className: "h-auto px-0 touch:min-h-0" }],
    defaultVariants: { variant: "secondary", size: "md", icon: false, block: false },
  },
);

export interface ButtonProps extends ComponentProps<"button">, Omit<VariantProps<typeof buttonVariants>, "icon"> {
  /** Renders the single child (a link, say) with the button's looks. */
  asChild?: boolean;
  /** Keeps the width, hides the label behind a spinner and ignores clicks. */
  loading?: boolean;
}

/** The button. `type` is "button" unless given, so that none submits a form by accident. */
export function Button({
  variant,
  size,
  block,
  asChild = false,
  loading = false,
  className,
  children,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size, block }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      {...props}
      className={classes}
      aria-busy={loading || undefined}
      aria-disabled={loading || props["aria-disabled"]}
      onClick={loading ? (event) => event.preventDefault() : props.onClick}
    >
      {loading ? (
        <>
          <Spinner silent className="absolute inset-0 m-auto" />
          <span className="inline-flex items-center gap-1.5 opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "aria-label" | "block"> {
  /** What it does: its name for screen readers. Wrap it in a Tooltip to show it too. */
  label: string;
  children: ReactNode;
}

/** A square button that holds only an icon. */
export function IconButton({
  label,
  variant = "ghost",
  size,
  loading = false,
  asChild = false,
  className,
  children,
  ...props
}: IconButtonProps) {
  const Root = asChild ? Slot.Root : "button";
  return (
    <Root
      {...(asChild ? {} : { type: "button" as const })}
      {...props}
      aria-label={label}
      aria-busy={loading || undefined}
      disabled={props.disabled || loading}
      className={cn(buttonVariants({ variant, size, icon: true }), className)}
    >
      {loading ? <Spinner silent /> : children}
    </Root>
  );
}
