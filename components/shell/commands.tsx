"use client";

import { createContext, type ReactNode, use, useEffect, useEffectEvent, useId, useMemo, useState } from "react";
import { Registry, useRegistryEntries } from "./registry";

export interface CommandDefinition {
  label: string;
  /** Heading in the palette; the general one for actions unless given. */
  group?: string | undefined;
  icon?: ReactNode;
  /** Keys that do the same, shown at the end of the line; bind them with useShortcut. */
  keys?: string | undefined;
  /** Other words to find it by. */
  keywords?: readonly string[];
  /** False takes it away for the time being. */
  enabled?: boolean;
  run: () => void;
}

interface RegisteredCommand extends Omit<CommandDefinition, "enabled"> {
  readonly id: string;
}

interface CommandCentre {
  readonly registry: Registry<RegisteredCommand>;
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
}

const CommandContext = createContext<CommandCentre>({ registry: new Registry(), open: false, setOpen: () => {} });

/** Lists an action in the palette (Ctrl+K) while the component is mounted. */
export function useCommand({ label, group, icon, keys, keywords, enabled = true, run }: CommandDefinition): void {
  const { registry } = use(CommandContext);
  const id = useId();
  const invoke = useEffectEvent(run);
  const words = keywords?.join(" ") ?? "";
  const look = useEffectEvent(() => icon);
  useEffect(
    () =>
      enabled
        ? registry.add({ id, label, group, icon: look(), keys, keywords: words.split(" "), run: () => invoke() })
        : undefined,
    [registry, id, label, group, keys, words, enabled],
  );
}

/** The registered commands and whether the palette is open. */
export function useCommands() {
  const { registry, open, setOpen } = use(CommandContext);
  return { commands: useRegistryEntries(registry), open, setOpen };
}

export function CommandProvider({ children }: { children: ReactNode }) {
  const registry = useMemo(() => new Registry<RegisteredCommand>(), []);
  const [open, setOpen] = useState(false);
  const centre = useMemo(() => ({ registry, open, setOpen }), [registry, open]);
  return <CommandContext value={centre}>{children}</CommandContext>;
}
