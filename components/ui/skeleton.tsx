import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** Holds the space of what loads. The region around it says `aria-busy`. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return <div aria-hidden {...props} className={cn("animate-breathe rounded-sm bg-sunken", className)} />;
}

const LINE_IDS = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** Lines of text that load (1–8); the last one is shorter. */
export function SkeletonText({ lines = 3, className }: { lines?: number; className?: string }) {
  return (
    <div aria-hidden className={cn("flex flex-col gap-2 *:last:w-3/5", className)}>
      {LINE_IDS.slice(0, lines).map((id) => (
        <Skeleton key={id} className="h-3.5 w-full" />
      ))}
    </div>
  );
}
