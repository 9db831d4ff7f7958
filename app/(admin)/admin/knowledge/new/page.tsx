import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { EntryEditor } from "@/components/knowledge/entry-editor";
import { readQuery } from "@/components/settings/read-query";
import { gapWordings } from "@/lib/knowledge/gap-queries";
import { listCollections, listEntries } from "@/lib/knowledge/queries";
import { QUESTION_MAX } from "@/lib/knowledge/schema";
import { definePage } from "@/lib/web/define-page";

const query = z.object({ question: z.string().max(QUESTION_MAX).optional(), gap: z.string().max(40).optional() });

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-knowledge.editor");
  return { title: t("newTitle") };
}

export default definePage({ permission: "knowledge.write" }, async ({ context, searchParams }) => {
  const { question, gap } = readQuery(query, searchParams);
  const [{ categories }, collections, wordings] = await Promise.all([
    listEntries(context, { limit: 1 }),
    listCollections(context),
    gap === undefined ? [] : gapWordings(context, gap),
  ]);
  return (
    <EntryEditor
      entry={undefined}
      question={question}
      variants={wordings.filter((wording) => wording !== question)}
      gapId={gap}
      categories={categories}
      collections={collections.map(({ name }) => name)}
    />
  );
});
