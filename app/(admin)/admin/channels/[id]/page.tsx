import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ChannelPage } from "@/components/channels/channel-page";
import { notDeliveredKey } from "@/components/desk/conversation/not-delivered";
import { getChannel } from "@/lib/channels/queries";
import { CHANNEL_KINDS } from "@/lib/composition/channel-kinds";
import { listChannelReplies } from "@/lib/conversations/channel-reply-service";
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
  if (!kind) {
    notFound();
  }
  const words = await getTranslations("desk.thread.notDelivered");
  const sent = kind.capabilities.delivers && kind.kind !== "api" ? await listChannelReplies(context, channel.id) : [];
  const replies = sent.map((reply) => ({ ...reply, why: reply.reason && words(notDeliveredKey(reply.reason)) }));
  const origin = env().YINGDA_URL;
  return (
    <ChannelPage key={channel.id} channel={channel} kind={kind} replies={replies} origin={origin} mayWrite={mayWrite} />
  );
});
