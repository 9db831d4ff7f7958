import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ImportView } from "@/components/knowledge/imports/import-view";
import { KnowledgeFrame } from "@/components/knowledge/knowledge-frame";
import { AppError } from "@/lib/core/errors";
import { getImport } from "@/lib/knowledge/imports/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-knowledge.imports");
  return { title: t("title") };
}

export default definePage({ permission: "knowledge.write" }, async ({ context, params }) => {
  const t = await getTranslations("admin-knowledge.imports");
  const found = await getImport(context, String(params.id)).catch((error: unknown) =>
    AppError.is(error) && error.code === "not_found" ? notFound() : Promise.reject(error),
  );
  return (
    <KnowledgeFrame view="import" description={t("description")}>
      <ImportView key={found.id} initial={found} />
    </KnowledgeFrame>
  );
});
