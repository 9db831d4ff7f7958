"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { useConfirm } from "@/components/ui/confirm";

/** The link that a plain press on it would follow inside this app, if any. */
function linkOf(event: MouseEvent): HTMLAnchorElement | undefined {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  ) {
    return undefined;
  }
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const leaves = link !== null && link.target !== "_blank" && link.origin === location.origin;
  return leaves && link.pathname + link.search !== location.pathname + location.search ? link : undefined;
}

/** While `dirty`, asks before a link or closing the tab throws away what was typed. */
export function useUnsavedChanges(dirty: boolean): void {
  const t = useTranslations("common");
  const confirm = useConfirm();
  const router = useRouter();

  const ask = useEffectEvent(async (link: HTMLAnchorElement) => {
    const leave = await confirm({
      title: t("unsavedTitle"),
      body: t("unsavedBody"),
      confirmLabel: t("leave"),
      cancelLabel: t("stay"),
      danger: true,
    });
    if (leave) {
      router.push(link.pathname + link.search + link.hash);
    }
  });

  useEffect(() => {
    if (!dirty) {
      return undefined;
    }
    const onBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = linkOf(event);
      if (link) {
        event.preventDefault();
        event.stopPropagation();
        void ask(link);
      }
    };
    window.addEventListener("beforeunload", onBeforeUnload);
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onBeforeUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [dirty]);
}
