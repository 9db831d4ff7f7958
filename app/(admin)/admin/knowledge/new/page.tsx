import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { EntryEditor } from "@/components/knowledge/entry-editor";
import { readQuery } from "@/components/settings/read-query";
import { gapWordings } from "@/lib/knowledge/gap-queries";
import { QUESTION_MAX } from "@/lib/knowledge/schema";
import { definePage } from "@/lib/web/define-page";
import { editorChoices } from "../editor-choices";

const query = z.object({ question: z.string().max(QUESTION_MAX).optional(), gap: z.string().max(40).optional() });

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-knowledge.editor");
  return { title: t("newTitle") };
}

export default definePage({ permission: "knowledge.draft" }, async ({ context, searchParams }) => {
  const { question, gap } = readQuery(query, searchParams);
  const [choices, wordings] = await Promise.all([
    editorChoices(context),
    gap === undefined ? [] : gapWordings(context, gap),
  ]);
  const variants = wordings.filter((wording) => wording !== question);
  return <EntryEditor entry={undefined} question={question} variants={variants} gapId={gap} files={[]} {...choices} />;
});
