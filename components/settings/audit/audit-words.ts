"use client";

import { useTranslations } from "next-intl";
import type { AuditRow } from "@/lib/audit/contracts";

const ACTOR_KINDS = ["system", "key", "bot", "visitor"] as const;

/** Actions and actors of the audit log in the reader's words; an action without words is shown as it is. */
export function useAuditWords() {
  const t = useTranslations("admin.audit");
  return {
    action(action: string): string {
      const key = `actions.${action.replace(".", "_")}` as "actions.agent_created";
      return t.has(key) ? t(key) : action;
    },
    actor(row: Pick<AuditRow, "actorKind" | "actorName">): string {
      const kind = ACTOR_KINDS.find((each) => each === row.actorKind);
      return row.actorName ?? (kind ? t(kind) : row.actorKind);
    },
  };
}
