"use client";

import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { Kbd } from "@/components/ui/kbd";
import { chordLabels, chordsOf } from "./key-chords";
import { useApplePlatform } from "./shortcuts";

/** The keys of a shortcut as they are called on this system. */
export function ShortcutKeys({ keys }: { keys: string }) {
  const t = useTranslations("shell");
  const apple = useApplePlatform();
  return (
    <span className="inline-flex items-center gap-1">
      {chordsOf(keys).map((chord, index) => (
        <Fragment key={chord}>
          {index > 0 ? <span className="text-xs text-ink-subtle">{t("shortcuts.then")}</span> : null}
          {chordLabels(chord, apple).map((label) => (
            <Kbd key={label}>{label}</Kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
