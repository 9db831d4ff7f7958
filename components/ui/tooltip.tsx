"use client";

import { Tooltip as TooltipPrimitive } from "radix-ui";
import type { ReactNode } from "react";
import { Kbd } from "./kbd";
import { usePortalPlace } from "./portal-place";

export const TooltipProvider = TooltipPrimitive.Provider;

export interface TooltipProps {
  content: ReactNode;
  /** Keys that do the same, shown after the text. */
  keys?: readonly string[];
  side?: "top" | "right" | "bottom" | "left";
  /** The thing explained; it must take a ref and focus. */
  children: ReactNode;
}

/** Adds to a control, never carries what cannot be learned otherwise: touch has no hover. Needs a TooltipProvider above. */
export function Tooltip({ content, keys = [], side = "top", children }: TooltipProps) {
  return (
    <TooltipPrimitive.Root>
      <TooltipPrimitive.Trigger asChild>{children}</TooltipPrimitive.Trigger>
      <TooltipPrimitive.Portal container={usePortalPlace()}>
        <TooltipPrimitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-60 flex max-w-72 items-center gap-1.5 rounded-sm bg-ink px-2 py-1 text-xs text-canvas data-[state=delayed-open]:animate-fade-in"
        >
          {content}
          {keys.map((key) => (
            <Kbd key={key} className="border-canvas/25 bg-transparent text-canvas">
              {key}
            </Kbd>
          ))}
        </TooltipPrimitive.Content>
      </TooltipPrimitive.Portal>
    </TooltipPrimitive.Root>
  );
}
