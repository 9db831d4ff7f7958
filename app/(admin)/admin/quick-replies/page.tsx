import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { QuickRepliesPage } from "@/components/settings/quick-replies/quick-replies-page";
import { listQuickReplies } from "@/lib/conversations/quick-reply-service";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("quick-replies");
  return { title: t("title") };
}

export default definePage({ permission: "quick_replies.manage" }, async ({ context }) => {
  const replies = await listQuickReplies(context);
  return <QuickRepliesPage personal={false} replies={replies.filter((reply) => !reply.personal)} />;
});
