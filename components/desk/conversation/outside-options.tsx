"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { listOutsideColleagues } from "@/lib/conversations/contracts";
import type { OutsideColleague } from "@/lib/conversations/schema";
import { useDesk } from "../desk-provider";
import { TransferOption, type TransferTarget } from "./transfer-option";

interface OutsideOptionsProps {
  conversationId: string;
  target: TransferTarget | undefined;
  onChoose: (target: TransferTarget) => void;
}

/** Colleagues in the platform's own app; nothing on channels that have none, or while the platform does not tell. */
export function OutsideOptions({ conversationId, target, onChoose }: OutsideOptionsProps) {
  const t = useTranslations("desk.transfer");
  const desk = useDesk();
  const [colleagues, setColleagues] = useState<readonly OutsideColleague[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    desk
      .call(listOutsideColleagues, { params: { id: conversationId } }, controller.signal)
      .then(({ items }) => setColleagues(items))
      .catch(() => setColleagues([]));
    return () => controller.abort();
  }, [desk, conversationId]);
  if (colleagues.length === 0) {
    return null;
  }
  return (
    <>
      <p className="pt-2 pb-1 text-sm font-medium">{t("outside")}</p>
      {colleagues.map(({ id, name, online }) => (
        <TransferOption
          key={id}
          chosen={target?.kind === "outside" && target.colleagueId === id}
          disabled={!online}
          onChoose={() => onChoose({ kind: "outside", colleagueId: id })}
        >
          <Avatar name={name} />
          <span className="min-w-0 flex-1 truncate">{name}</span>
          {online ? null : <span className="text-xs text-ink-subtle">{t("outsideOff")}</span>}
        </TransferOption>
      ))}
    </>
  );
}
