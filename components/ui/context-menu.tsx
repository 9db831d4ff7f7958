"use client";

import { ContextMenu as MenuPrimitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { dangerItemClasses, floatingClasses, menuItemClasses } from "./floating-classes";
import { usePortalPlace } from "./portal-place";

export const ContextMenu = MenuPrimitive.Root;
export const ContextMenuTrigger = MenuPrimitive.Trigger;

/** Everything in a context menu must also be reachable another way: touch and keyboard users may never see it. */
export function ContextMenuContent({ className, ...props }: ComponentProps<typeof MenuPrimitive.Content>) {
  return (
    <MenuPrimitive.Portal container={usePortalPlace()}>
      <MenuPrimitive.Content
        collisionPadding={8}
        {...props}
        className={cn(floatingClasses, "min-w-44 overflow-y-auto p-1", className)}
      />
    </MenuPrimitive.Portal>
  );
}

export function ContextMenuItem({
  danger = false,
  className,
  ...props
}: ComponentProps<typeof MenuPrimitive.Item> & { danger?: boolean }) {
  return <MenuPrimitive.Item {...props} className={cn(menuItemClasses, danger && dangerItemClasses, className)} />;
}

export function ContextMenuSeparator({ className, ...props }: ComponentProps<typeof MenuPrimitive.Separator>) {
  return <MenuPrimitive.Separator {...props} className={cn("-mx-1 my-1 h-px bg-line", className)} />;
}
