import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { EntryEditor } from "@/components/knowledge/entry-editor";
import { AppError } from "@/lib/core/errors";
import { getEntry } from "@/lib/knowledge/queries";
import { definePage } from "@/lib/web/define-page";
import { editorChoices } from "../editor-choices";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-knowledge.editor");
  return { title: t("editTitle") };
}

export default definePage({ permission: "knowledge.draft" }, async ({ context, params }) => {
  const [{ files, ...entry }, choices] = await Promise.all([
    getEntry(context, String(params.id)).catch((error: unknown) =>
      AppError.is(error) && error.code === "not_found" ? notFound() : Promise.reject(error),
    ),
    editorChoices(context),
  ]);
  return <EntryEditor key={entry.id} entry={entry} files={files} {...choices} />;
});
