"use client";

import { Command as CommandPrimitive } from "cmdk";
import { Search } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { Dialog, DialogContent } from "./dialog";

/** A searchable list: the palette, a picker of agents or tags in a popover. */
export function Command({ className, ...props }: ComponentProps<typeof CommandPrimitive>) {
  return <CommandPrimitive loop {...props} className={cn("flex min-h-0 flex-col", className)} />;
}

export function CommandInput({ className, ...props }: ComponentProps<typeof CommandPrimitive.Input>) {
  return (
    <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-3">
      <Search aria-hidden className="size-4 shrink-0 text-ink-subtle" />
      <CommandPrimitive.Input
        {...props}
        className={cn("h-full w-full bg-transparent text-base outline-none touch:text-lg", className)}
      />
    </div>
  );
}

export function CommandList({ className, ...props }: ComponentProps<typeof CommandPrimitive.List>) {
  return (
    <CommandPrimitive.List {...props} className={cn("max-h-96 overflow-y-auto overscroll-contain p-1", className)} />
  );
}

export function CommandEmpty({ className, ...props }: ComponentProps<typeof CommandPrimitive.Empty>) {
  return <CommandPrimitive.Empty {...props} className={cn("py-8 text-center text-base text-ink-muted", className)} />;
}

export function CommandGroup({ className, ...props }: ComponentProps<typeof CommandPrimitive.Group>) {
  return (
    <CommandPrimitive.Group
      {...props}
      className={cn(
        "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-subtle",
        className,
      )}
    />
  );
}

export interface CommandItemProps extends ComponentProps<typeof CommandPrimitive.Item> {
  trailing?: ReactNode;
}

export function CommandItem({ trailing, className, children, ...props }: CommandItemProps) {
  return (
    <CommandPrimitive.Item
      {...props}
      className={cn(
        "flex min-h-9 cursor-default select-none items-center gap-2 rounded-sm px-2 text-base outline-none touch:min-h-11",
        "data-[selected=true]:bg-hover data-[disabled=true]:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-subtle",
        className,
      )}
    >
      {children}
      {trailing === undefined ? null : <span className="ml-auto flex items-center gap-1 pl-4">{trailing}</span>}
    </CommandPrimitive.Item>
  );
}

export interface CommandDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
}

/** The shell of a command palette: a searchable list in a dialog near the top. */
export function CommandDialog({ open, onOpenChange, title, children }: CommandDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={title} hideTitle className="overflow-hidden md:h-fit">
        <Command label={title}>{children}</Command>
      </DialogContent>
    </Dialog>
  );
}
