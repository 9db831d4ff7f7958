"use client";

import { UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { listTeams, type Team } from "@/lib/identity/team-contracts";
import { useDesk } from "../desk-provider";
import { TransferOption, type TransferTarget } from "./transfer-option";

interface TeamOptionsProps {
  target: TransferTarget | undefined;
  onChoose: (target: TransferTarget) => void;
}

/** The merchant's teams; nothing where there are none. */
export function TeamOptions({ target, onChoose }: TeamOptionsProps) {
  const t = useTranslations("desk.transfer");
  const { call } = useDesk();
  const [teams, setTeams] = useState<readonly Team[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    call(listTeams, {}, controller.signal)
      .then(({ items }) => setTeams(items))
      // The other targets are there without them.
      .catch(() => undefined);
    return () => controller.abort();
  }, [call]);
  if (teams.length === 0) {
    return null;
  }
  return (
    <>
      <p className="pt-2 pb-1 text-sm font-medium">{t("teams")}</p>
      {teams.map(({ id, name, members }) => {
        const people = members.filter(({ disabled }) => !disabled);
        const online = people.filter(({ presence }) => presence === "online").length;
        return (
          <TransferOption
            key={id}
            chosen={target?.kind === "team" && target.teamId === id}
            disabled={people.length === 0}
            onChoose={() => onChoose({ kind: "team", teamId: id })}
          >
            <span
              aria-hidden
              className="inline-flex size-8 items-center justify-center rounded-sm bg-sunken text-ink-muted [&_svg]:size-4.5"
            >
              <UsersRound />
            </span>
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="text-xs text-ink-subtle">
              {people.length === 0 ? t("teamEmpty") : t("teamWaiting", { count: online })}
            </span>
          </TransferOption>
        );
      })}
    </>
  );
}
