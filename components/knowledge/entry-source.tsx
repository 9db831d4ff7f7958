import { useTranslations } from "next-intl";
import type { Entry } from "@/lib/knowledge/schema";

/** Which document an entry is a section of, with its page, or its address to open. */
export function EntrySource({ entry: { document, source } }: { entry: Entry }) {
  const t = useTranslations("admin-knowledge.editor");
  if (document === null) {
    return null;
  }
  const page = source?.page;
  const words = page === undefined ? t("fromDocument", { document }) : t("fromPage", { document, page });
  return (
    <p className="wrap-anywhere text-ink-muted text-sm">
      {source?.address ? (
        <a href={source.address} target="_blank" rel="noreferrer" className="underline hover:text-ink">
          {words}
        </a>
      ) : (
        words
      )}
    </p>
  );
}
