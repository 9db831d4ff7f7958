"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useRequest } from "@/components/settings/use-request";
import { getInstallState, type InstallState, prepareDatabase } from "@/lib/identity/install-contracts";

/** While the tables are made, how often it is asked how far they are. Milliseconds. */
const ASK_MS = 400;

/**
 * The tables of a new installation, made at a click: how far they are, whoever makes them, and why it stopped. A page
 * that is opened (or loaded anew) in the middle follows along.
 */
export function useDatabaseSteps(initial: InstallState) {
  const { call, explain } = useRequest();
  const router = useRouter();
  const [state, setState] = useState(initial);
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<string>();
  const active = asked || state.stage === "running";

  useEffect(() => {
    if (!active) {
      return;
    }
    let timer: ReturnType<typeof setTimeout>;
    let ended = false;
    async function ask(): Promise<void> {
      // The line is down for a moment: what is shown stays, and is asked for again.
      const next = await call(getInstallState, {}).catch(() => undefined);
      if (ended) {
        return;
      }
      if (next) {
        setState(next);
      }
      if (next?.stage === "ready") {
        router.refresh();
      }
      timer = setTimeout(() => void ask(), ASK_MS);
    }
    timer = setTimeout(() => void ask(), ASK_MS);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [active, call, router]);

  async function prepare(): Promise<void> {
    setFailure(undefined);
    setAsked(true);
    try {
      setState(await call(prepareDatabase, {}));
      router.refresh();
    } catch (error) {
      setFailure(explain(error));
      // Nothing of it was kept: what is shown must not look as if half of it were there.
      setState((last) => ({ ...last, stage: "waiting", done: initial.done }));
    } finally {
      setAsked(false);
    }
  }

  return { state, active, failure, prepare };
}
