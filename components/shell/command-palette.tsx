"use client";

import { useTranslations } from "next-intl";
import {
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@/components/ui/command";
import { useCommands } from "./commands";
import { ShortcutKeys } from "./shortcut-keys";
import { useShortcut } from "./shortcuts";

/** What stands twice on a page, in the rail and above it, is one command. */
function onceEach<Command extends { readonly label: string; readonly group?: string | undefined }>(
  commands: readonly Command[],
): Command[] {
  return [...new Map(commands.map((command) => [`${command.group}:${command.label}`, command])).values()];
}

/** Ctrl+K: every page and action by name. */
export function CommandPalette() {
  const t = useTranslations("shell");
  const { commands, open, setOpen } = useCommands();
  useShortcut("mod+k", t("palette.open"), () => setOpen(true));
  const groups = Map.groupBy(onceEach(commands), (command) => command.group ?? t("palette.actions"));
  return (
    <CommandDialog open={open} onOpenChange={setOpen} title={t("palette.title")}>
      <CommandInput placeholder={t("palette.placeholder")} />
      <CommandList>
        <CommandEmpty>{t("palette.empty")}</CommandEmpty>
        {[...groups].map(([group, entries]) => (
          <CommandGroup key={group} heading={group}>
            {entries.map((command) => (
              <CommandItem
                key={command.id}
                value={command.id}
                keywords={[command.label, ...(command.keywords ?? [])]}
                trailing={
                  command.keys ? (
                    <span className="touch:hidden">
                      <ShortcutKeys keys={command.keys} />
                    </span>
                  ) : undefined
                }
                onSelect={() => {
                  setOpen(false);
                  command.run();
                }}
              >
                {command.icon}
                {command.label}
              </CommandItem>
            ))}
          </CommandGroup>
        ))}
      </CommandList>
    </CommandDialog>
  );
}
