"use client";

import { useEffect, useState } from "react";
import { listAgents } from "@/lib/identity/contracts";
import type { Agent } from "@/lib/identity/schema";
import { useDesk, useDeskState } from "./desk-provider";

const PRESENCE_ORDER = { online: 0, away: 1, offline: 2 } as const;

/** The merchant's other agents, those who are there first; asked for anew when somebody comes or goes. */
export function useColleagues(wanted = true) {
  const desk = useDesk();
  const [agents, setAgents] = useState<readonly Agent[] | "failed">();
  const [attempt, setAttempt] = useState(0);
  const changed = useDeskState((state) => state.colleaguesChanged);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` and `changed` ask again
  useEffect(() => {
    if (!wanted) {
      return undefined;
    }
    const controller = new AbortController();
    desk
      .call(listAgents, {}, controller.signal)
      .then(({ items }) => {
        const others = items.filter((agent) => agent.id !== desk.agent.id && !agent.disabled);
        setAgents(
          others.sort(
            (first, second) =>
              PRESENCE_ORDER[first.presence] - PRESENCE_ORDER[second.presence] || first.openCount - second.openCount,
          ),
        );
      })
      .catch(() => {
        if (!controller.signal.aborted) {
          setAgents("failed");
        }
      });
    return () => controller.abort();
  }, [desk, attempt, changed, wanted]);
  const retry = () => {
    setAgents(undefined);
    setAttempt((count) => count + 1);
  };
  return { agents, retry };
}
