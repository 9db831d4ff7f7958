"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import { useColleagues } from "../use-colleagues";
import type { TransferTarget } from "./transfer-option";

const ANY = "any";

interface SkillChoiceProps {
  target: Extract<TransferTarget, { kind: "queue" }>;
  onChoose: (target: TransferTarget) => void;
}

/** What whoever gets it from the queue has to know: one of the skills that colleagues have. */
export function SkillChoice({ target, onChoose }: SkillChoiceProps) {
  const t = useTranslations("desk.transfer");
  const { agents } = useColleagues();
  const skills = Array.isArray(agents) ? [...new Set(agents.flatMap((agent) => agent.skills))].sort() : [];
  return skills.length === 0 ? null : (
    <Select
      aria-label={t("skill")}
      value={target.skill ?? ANY}
      options={[{ value: ANY, label: t("anySkill") }, ...skills.map((skill) => ({ value: skill, label: skill }))]}
      onValueChange={(skill) => onChoose(skill === ANY ? { kind: "queue" } : { kind: "queue", skill })}
    />
  );
}
