import { useTranslations } from "next-intl";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { Entry, EntryStatus } from "@/lib/knowledge/schema";

const TONES: Record<EntryStatus, BadgeTone> = {
  draft: "neutral",
  review: "warning",
  published: "success",
  archived: "outline",
};

/** The state of an entry, and what waits beside it. */
export function StatusBadge({ status, pending = null }: { status: EntryStatus; pending?: Entry["pending"] }) {
  const t = useTranslations("admin-knowledge");
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Badge tone={TONES[status]} dot>
        {t(status)}
      </Badge>
      {pending ? <Badge tone="warning">{t(`pending.${pending.status}`)}</Badge> : null}
    </span>
  );
}
