"use client";

import type { KeyboardEvent, PointerEvent } from "react";
import { withinRange } from "./column-widths";

const STEP = 16;

export interface ColumnResizerProps {
  label: string;
  width: number;
  range: { readonly least: number; readonly most: number; readonly usual: number };
  /** Which side of the line the column is on: dragging towards it makes it narrower. */
  side: "left" | "right";
  onChange: (width: number) => void;
  /** The hand let go: a good moment to remember. */
  onDone: () => void;
}

/** The line between two columns: dragged with a pointer, moved with the arrow keys, reset with a double click. */
export function ColumnResizer({ label, width, range, side, onChange, onDone }: ColumnResizerProps) {
  const direction = side === "left" ? 1 : -1;

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    const line = event.currentTarget;
    const startX = event.clientX;
    line.setPointerCapture(event.pointerId);
    line.onpointermove = (move) => onChange(withinRange(width + direction * (move.clientX - startX), range));
    line.onpointerup = () => {
      line.onpointermove = null;
      line.onpointerup = null;
      onDone();
    };
  }

  function onKeyDown(event: KeyboardEvent): void {
    const steps = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (steps !== 0) {
      event.preventDefault();
      onChange(withinRange(width + direction * steps * STEP, range));
      onDone();
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be dragged; this is the window splitter of the ARIA practices
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={range.least}
      aria-valuemax={range.most}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDoubleClick={() => {
        onChange(range.usual);
        onDone();
      }}
      className="relative z-10 w-px shrink-0 cursor-col-resize touch-none bg-line transition-colors after:absolute after:inset-y-0 after:-left-1 after:w-2.5 hover:bg-accent focus-visible:bg-accent max-lg:hidden"
    />
  );
}
