"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { useConfirmLeave } from "./use-confirm-leave";

function linkOf(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return undefined;
  }
  const link = (event.target as Element).closest("a");
  return link instanceof HTMLAnchorElement && link.target !== "_blank" && link.origin === location.origin
    ? link
    : undefined;
}

/**
 * Asks before a link or a reload throws away what has been typed.
 *
 * @param onAbandon after the person said to leave it: what was kept for a crash is not wanted any more
 */
export function useUnsavedGuard(dirty: boolean, onAbandon?: () => void): void {
  const mayLeave = useConfirmLeave();
  const router = useRouter();

  const follow = useEffectEvent(async (event: MouseEvent) => {
    const link = linkOf(event);
    if (!link) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (await mayLeave(true)) {
      onAbandon?.();
      router.push(link.pathname + link.search + link.hash);
    }
  });

  useEffect(() => {
    if (!dirty) {
      return;
    }
    const onClick = (event: MouseEvent) => void follow(event);
    const onLeave = (event: BeforeUnloadEvent) => event.preventDefault();
    document.addEventListener("click", onClick, true);
    window.addEventListener("beforeunload", onLeave);
    return () => {
      document.removeEventListener("click", onClick, true);
      window.removeEventListener("beforeunload", onLeave);
    };
  }, [dirty]);
}
