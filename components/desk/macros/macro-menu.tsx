"use client";

import { WandSparkles } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type RefObject, useImperativeHandle, useState } from "react";
import { useMacroSummary } from "@/components/macros/use-macro-summary";
import { IconButton } from "@/components/ui/button";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Spinner } from "@/components/ui/spinner";
import { Tooltip } from "@/components/ui/tooltip";
import type { Macro } from "@/lib/conversations/macro-schema";
import { useMacros } from "./use-macros";

export interface MacroMenuHandle {
  readonly open: () => void;
}

export interface MacroMenuProps {
  onRun: (macro: Macro) => void;
  handle?: RefObject<MacroMenuHandle | null>;
  disabled?: boolean;
}

/** A search among the macros; choosing one runs it. */
export function MacroMenu({ onRun, handle, disabled = false }: MacroMenuProps) {
  const t = useTranslations("desk.macros");
  const [open, setOpen] = useState(false);
  const { macros, status } = useMacros(open);
  const summary = useMacroSummary();
  useImperativeHandle(handle, () => ({ open: () => setOpen(true) }));
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <Tooltip content={t("title")} keys={["M"]}>
        <PopoverTrigger asChild>
          <IconButton label={t("title")} disabled={disabled} className="max-sm:hidden">
            <WandSparkles aria-hidden />
          </IconButton>
        </PopoverTrigger>
      </Tooltip>
      <PopoverContent aria-label={t("title")} side="top" align="start" className="w-80 p-0">
        <Command label={t("title")}>
          <CommandInput placeholder={t("search")} />
          <CommandList className="max-h-72">
            <CommandEmpty>
              {status === "loading" ? <Spinner /> : t(status === "failed" ? "failed" : "none")}
            </CommandEmpty>
            {macros.map((macro) => (
              <CommandItem
                key={macro.id}
                value={`${macro.name} ${macro.shortcut} ${macro.id}`}
                onSelect={() => {
                  setOpen(false);
                  onRun(macro);
                }}
              >
                <span className="min-w-0">
                  <span className="block truncate font-medium">{macro.name}</span>
                  <span className="block truncate text-xs text-ink-subtle">{summary(macro.actions)}</span>
                </span>
              </CommandItem>
            ))}
          </CommandList>
        </Command>
        <Link
          href="/account/macros"
          className="block border-t border-line px-3 py-2 text-sm text-accent-ink hover:underline"
        >
          {t("manage")}
        </Link>
      </PopoverContent>
    </Popover>
  );
}
