"use client";

import { RadioGroup as RadioGroupPrimitive } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./class-names";

export function RadioGroup({ className, ...props }: ComponentProps<typeof RadioGroupPrimitive.Root>) {
  return <RadioGroupPrimitive.Root {...props} className={cn("flex flex-col gap-2", className)} />;
}

export interface RadioProps extends Omit<ComponentProps<typeof RadioGroupPrimitive.Item>, "children"> {
  label: ReactNode;
  help?: ReactNode;
}

/** One choice with its label; the whole line can be pressed. */
export function Radio({ label, help, className, ...props }: RadioProps) {
  const id = useId();
  return (
    <div className={cn("flex items-start gap-2 touch:min-h-11 touch:items-center", className)}>
      <RadioGroupPrimitive.Item
        {...props}
        id={id}
        aria-describedby={help ? `${id}-help` : undefined}
        className="relative mt-0.5 inline-flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface transition-colors after:absolute after:-inset-1 hover:border-ink-subtle disabled:opacity-50 data-[state=checked]:border-accent"
      >
        <RadioGroupPrimitive.Indicator className="size-2 rounded-full bg-accent" />
      </RadioGroupPrimitive.Item>
      <div>
        <label htmlFor={id} className="text-base text-ink">
          {label}
        </label>
        {help ? (
          <p id={`${id}-help`} className="text-sm text-ink-muted">
            {help}
          </p>
        ) : null}
      </div>
    </div>
  );
}
