import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ChannelPage } from "@/components/channels/channel-page";
import { PlatformPage } from "@/components/channels/platform-page";
import { getChannel } from "@/lib/channels/queries";
import { CHANNEL_KINDS } from "@/lib/composition/channel-kinds";
import { AppError } from "@/lib/core/errors";
import { roleMay } from "@/lib/identity/permissions";
import { env } from "@/lib/platform/env/env";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-channels");
  return { title: t("title") };
}

export default definePage({ permission: "channels.read" }, async ({ context, params }) => {
  const channel = await getChannel(context, String(params.id)).catch((error: unknown) =>
    AppError.is(error) && error.code === "not_found" ? notFound() : Promise.reject(error),
  );
  const kind = CHANNEL_KINDS.find((each) => each.kind === channel.type);
  const mayWrite = roleMay(context.actor.role, "channels.write");
  if (kind && kind.kind !== "web") {
    return <PlatformPage key={channel.id} channel={channel} kind={kind} mayWrite={mayWrite} />;
  }
  return <ChannelPage key={channel.id} channel={channel} origin={env().YINGDA_URL} mayWrite={mayWrite} />;
});
