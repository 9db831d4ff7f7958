import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AddChannel } from "@/components/channels/add-channel";
import { ChannelList } from "@/components/channels/channel-list";
import { PageFrame } from "@/components/settings/page-frame";
import { listChannels } from "@/lib/channels/queries";
import { CHANNEL_KINDS } from "@/lib/composition/channel-kinds";
import { roleMay } from "@/lib/identity/permissions";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-channels");
  return { title: t("title") };
}

export default definePage({ permission: "channels.read" }, async ({ context }) => {
  const t = await getTranslations("admin-channels");
  return (
    <PageFrame
      title={t("title")}
      description={t("description")}
      actions={
        roleMay(context.actor.role, "channels.write") ? (
          <AddChannel kinds={CHANNEL_KINDS.map(({ kind }) => kind)} />
        ) : undefined
      }
    >
      <ChannelList channels={await listChannels(context)} />
    </PageFrame>
  );
});
