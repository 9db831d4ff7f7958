import { useTranslations } from "next-intl";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { ImportStatus } from "@/lib/knowledge/imports/schema";

const TONES: Readonly<Record<ImportStatus, BadgeTone>> = {
  waiting: "neutral",
  reading: "info",
  ready: "warning",
  queued: "neutral",
  importing: "info",
  done: "success",
  cancelled: "neutral",
  failed: "danger",
};

/** In what state an import is. */
export function ImportBadge({ status }: { status: ImportStatus }) {
  const t = useTranslations("admin-knowledge.imports");
  return (
    <Badge tone={TONES[status]} dot>
      {t(`status_${status}`)}
    </Badge>
  );
}
