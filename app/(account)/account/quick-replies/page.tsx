import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountShell } from "@/components/account/account-shell";
import { QuickRepliesPage } from "@/components/settings/quick-replies/quick-replies-page";
import { listQuickReplies } from "@/lib/conversations/quick-reply-service";
import { getMe } from "@/lib/identity/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("quick-replies");
  return { title: t("ownTitle") };
}

export default definePage({ permission: "quick_replies.write" }, async ({ context }) => {
  const [me, replies] = await Promise.all([getMe(context), listQuickReplies(context)]);
  return (
    <AccountShell me={me}>
      <QuickRepliesPage personal replies={replies.filter((reply) => reply.personal)} />
    </AccountShell>
  );
});
