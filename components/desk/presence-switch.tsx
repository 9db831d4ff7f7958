"use client";

import { ChevronDown, Power } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCommand } from "@/components/shell/commands";
import { PresenceDot } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Tooltip } from "@/components/ui/tooltip";
import type { Presence } from "@/lib/identity/schema";
import { useDeskState } from "./desk-provider";
import { useSetPresence } from "./use-set-presence";

const STATES = ["online", "away", "offline"] as const satisfies readonly Presence[];

// The rail shows words only where it is wide; on a phone's top bar there is room for them.
const railText = "md:hidden lg:group-data-[rail=wide]/rail:inline";

/** One click and the agent is there: shown in place of the menu while they are offline. */
function GoOnline() {
  const t = useTranslations("desk.presence");
  const setPresence = useSetPresence();
  return (
    <Tooltip side="right" content={t("goOnline")}>
      <Button variant="primary" className="px-2 md:w-full" onClick={() => setPresence("online")}>
        <Power aria-hidden />
        <span className="sr-only">{t("goOnline")}</span>
        <span aria-hidden className={railText}>
          {t("goOnline")}
        </span>
      </Button>
    </Tooltip>
  );
}

/** The agent's own state, always in sight: a menu of the three, and a plain button while offline. */
export function PresenceSwitch() {
  const t = useTranslations("desk.presence");
  const names = useTranslations("common.presence");
  const presence = useDeskState((state) => state.presence);
  const setPresence = useSetPresence();
  if (presence === "offline") {
    return <GoOnline />;
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="secondary" className="px-2 md:w-full" aria-label={t("current", { status: names(presence) })}>
          <PresenceDot presence={presence} />
          <span aria-hidden className={railText}>
            {names(presence)}
          </span>
          <ChevronDown
            aria-hidden
            className="md:hidden lg:group-data-[rail=wide]/rail:ml-auto lg:group-data-[rail=wide]/rail:block"
          />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" aria-label={t("label")} className="w-60">
        <DropdownMenuRadioGroup value={presence} onValueChange={(next) => setPresence(next as Presence)}>
          {STATES.map((state) => (
            <DropdownMenuRadioItem key={state} value={state} className="py-1.5">
              <PresenceDot presence={state} />
              <span>
                <span className="block">{names(state)}</span>
                <span className="block text-xs text-ink-subtle">{t(`${state}Hint`)}</span>
              </span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function PresenceCommand({ state }: { state: Presence }) {
  const t = useTranslations("desk.shortcuts");
  const current = useDeskState((desk) => desk.presence);
  const setPresence = useSetPresence();
  useCommand({
    label: t(state),
    group: t("group"),
    icon: <PresenceDot presence={state} />,
    enabled: current !== state,
    run: () => setPresence(state),
  });
  return null;
}

/** The three states in the palette. */
export function PresenceCommands() {
  return STATES.map((state) => <PresenceCommand key={state} state={state} />);
}
