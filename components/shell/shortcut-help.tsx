"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { ShortcutKeys } from "./shortcut-keys";
import { type Shortcut, useShortcut, useShortcuts } from "./shortcuts";

function byGroup(shortcuts: readonly Shortcut[], general: string): Map<string, Shortcut[]> {
  const groups = new Map<string, Shortcut[]>();
  for (const shortcut of shortcuts) {
    const name = shortcut.group ?? general;
    groups.set(name, [...(groups.get(name) ?? []), shortcut]);
  }
  return groups;
}

/** The `?` dialog: every shortcut that works right now. */
export function ShortcutHelp() {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(false);
  const shortcuts = useShortcuts();
  useShortcut("?", t("shortcuts.openHelp"), () => setOpen(true));
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogContent title={t("shortcuts.title")} description={t("shortcuts.description")} width="lg">
        <DialogBody className="gap-x-10 sm:columns-2">
          {[...byGroup(shortcuts, t("shortcuts.general"))].map(([group, entries]) => (
            <section key={group} className="mb-5 break-inside-avoid">
              <h3 className="mb-1 text-xs font-medium text-ink-subtle">{group}</h3>
              <dl>
                {entries.map((shortcut) => (
                  <div key={shortcut.id} className="flex min-h-8 items-center justify-between gap-4">
                    <dt>{shortcut.description}</dt>
                    <dd>
                      <ShortcutKeys keys={shortcut.keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
