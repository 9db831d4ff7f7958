import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";

const TILES = ["a", "b", "c", "d"];

/** For a section's loading.tsx: the outline of a page, so that nothing jumps when it comes. */
export function PageLoading() {
  const t = useTranslations("common");
  return (
    <div role="status" className="flex h-full flex-col gap-4 p-4">
      <span className="sr-only">{t("loading")}</span>
      <Skeleton className="h-7 w-40" />
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {TILES.map((tile) => (
          <Skeleton key={tile} className="h-28 rounded-md" />
        ))}
      </div>
      <Skeleton className="min-h-40 flex-1 rounded-md" />
    </div>
  );
}
