"use client";

import { Tabs as TabsPrimitive } from "radix-ui";
import type { ComponentProps } from "react";
import { CountBadge } from "./badge";
import { cn } from "./class-names";

export const Tabs = TabsPrimitive.Root;

export function TabsList({ className, ...props }: ComponentProps<typeof TabsPrimitive.List>) {
  return (
    <TabsPrimitive.List
      {...props}
      className={cn("flex shrink-0 gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]", className)}
    />
  );
}

export interface TabProps extends ComponentProps<typeof TabsPrimitive.Trigger> {
  count?: number;
}

export function Tab({ count = 0, className, children, ...props }: TabProps) {
  return (
    <TabsPrimitive.Trigger
      {...props}
      className={cn(
        "-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent px-2 text-base text-ink-muted transition-colors",
        "hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink touch:h-11",
        className,
      )}
    >
      {children}
      <CountBadge count={count} />
    </TabsPrimitive.Trigger>
  );
}

export function TabPanel({ className, ...props }: ComponentProps<typeof TabsPrimitive.Content>) {
  return <TabsPrimitive.Content {...props} className={cn("pt-4", className)} />;
}
