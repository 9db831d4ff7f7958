import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChannelList } from "@/components/channels/channel-list";
import { PageFrame } from "@/components/settings/page-frame";
import { listChannels } from "@/lib/channels/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-channels");
  return { title: t("title") };
}

export default definePage({ permission: "channels.read" }, async ({ context }) => {
  const t = await getTranslations("admin-channels");
  return (
    <PageFrame title={t("title")} description={t("description")}>
      <ChannelList channels={await listChannels(context)} />
    </PageFrame>
  );
});
