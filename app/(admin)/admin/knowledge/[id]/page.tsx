import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { EntryEditor } from "@/components/knowledge/entry-editor";
import { AppError } from "@/lib/core/errors";
import { getEntry, listCollections, listEntries } from "@/lib/knowledge/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-knowledge.editor");
  return { title: t("editTitle") };
}

export default definePage({ permission: "knowledge.write" }, async ({ context, params }) => {
  const [entry, { categories }, collections] = await Promise.all([
    getEntry(context, String(params.id)).catch((error: unknown) =>
      AppError.is(error) && error.code === "not_found" ? notFound() : Promise.reject(error),
    ),
    listEntries(context, { limit: 1 }),
    listCollections(context),
  ]);
  return (
    <EntryEditor
      key={entry.id}
      entry={entry}
      categories={categories}
      collections={collections.map(({ name }) => name)}
    />
  );
});
