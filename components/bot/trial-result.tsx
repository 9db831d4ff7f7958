import { CircleCheck, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

/** What trying a service came to. */
export function TrialResult({ worked, children }: { worked: boolean; children: ReactNode }) {
  const Icon = worked ? CircleCheck : CircleX;
  return (
    <div
      className={cn(
        "flex items-start gap-2 rounded-sm px-3 py-2 text-sm",
        worked ? "bg-success-soft text-success-ink" : "bg-danger-soft text-danger-ink",
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 break-words">{children}</div>
    </div>
  );
}
