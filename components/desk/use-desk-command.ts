"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useCommand } from "@/components/shell/commands";
import { useShortcut } from "@/components/shell/shortcuts";

export interface DeskCommand {
  readonly keys: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly enabled?: boolean;
  readonly run: () => void;
}

/** Binds the keys, lists them under `?`, and lists the action in the palette. */
export function useDeskCommand({ keys, label, icon, enabled = true, run }: DeskCommand): void {
  const t = useTranslations("desk.shortcuts");
  const group = t("group");
  useShortcut(keys, label, run, { group, enabled });
  useCommand({ label, group, icon, keys, enabled, run });
}
