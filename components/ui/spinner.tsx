import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export interface SpinnerProps extends Omit<ComponentProps<"span">, "children"> {
  /** True where text nearby already says that something loads. */
  silent?: boolean;
}

/** A small turning ring. Use a skeleton instead where the shape of what comes is known. */
export function Spinner({ silent = false, className, ...props }: SpinnerProps) {
  const t = useTranslations("common");
  return (
    <span
      role={silent ? undefined : "status"}
      aria-hidden={silent || undefined}
      className={cn("inline-flex size-4 shrink-0", className)}
      {...props}
    >
      <span className="size-full animate-turn rounded-full border-2 border-current border-r-transparent opacity-80" />
      {silent ? null : <span className="sr-only">{t("loading")}</span>}
    </span>
  );
}
