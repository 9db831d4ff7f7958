"use client";

import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import type { TransferBody } from "../store/desk";

export type TransferTarget = TransferBody["to"];

interface TransferOptionProps {
  chosen: boolean;
  disabled?: boolean;
  onChoose: () => void;
  children: ReactNode;
}

/** One place that a conversation can go to. */
export function TransferOption({ chosen, disabled = false, onChoose, children }: TransferOptionProps) {
  return (
    <label
      className={cn(
        "flex min-h-11 cursor-pointer items-center gap-2.5 rounded-sm border border-transparent px-2 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-focus",
        chosen && "border-accent bg-selected hover:bg-selected",
        disabled && "cursor-not-allowed opacity-55 hover:bg-transparent",
      )}
    >
      <input type="radio" name="target" className="sr-only" checked={chosen} disabled={disabled} onChange={onChoose} />
      {children}
    </label>
  );
}
