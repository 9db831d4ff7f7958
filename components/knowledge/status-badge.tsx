import { useTranslations } from "next-intl";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { EntryStatus } from "@/lib/knowledge/schema";

const TONES: Record<EntryStatus, BadgeTone> = {
  draft: "neutral",
  review: "warning",
  published: "success",
  archived: "outline",
};

/** The state of an entry. */
export function StatusBadge({ status }: { status: EntryStatus }) {
  const t = useTranslations("admin-knowledge");
  return (
    <Badge tone={TONES[status]} dot>
      {t(status)}
    </Badge>
  );
}
