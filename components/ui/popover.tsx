"use client";

import { Popover as PopoverPrimitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { floatingClasses } from "./floating-classes";
import { usePortalPlace } from "./portal-place";

export const Popover = PopoverPrimitive.Root;
export const PopoverTrigger = PopoverPrimitive.Trigger;
export const PopoverAnchor = PopoverPrimitive.Anchor;
export const PopoverClose = PopoverPrimitive.Close;

/** Give it an `aria-label` unless its content begins with a heading that names it. */
export function PopoverContent({ className, ...props }: ComponentProps<typeof PopoverPrimitive.Content>) {
  return (
    <PopoverPrimitive.Portal container={usePortalPlace()}>
      <PopoverPrimitive.Content
        sideOffset={4}
        collisionPadding={8}
        {...props}
        className={cn(
          floatingClasses,
          "max-h-(--radix-popover-content-available-height) w-72 overflow-y-auto p-3",
          className,
        )}
      />
    </PopoverPrimitive.Portal>
  );
}
