"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { replayDelivery, replayEvent } from "@/lib/channels/contracts";
import { replayReply } from "@/lib/conversations/channel-reply-contracts";

/** Does a delivery or an event over, and shows the page as it is then. */
export function useReplay(channelId: string) {
  const t = useTranslations("admin-channels");
  const { call, explain } = useRequest();
  const router = useRouter();
  const [busy, setBusy] = useState<string>();

  async function run(id: string, replay: () => Promise<unknown>): Promise<void> {
    setBusy(id);
    try {
      await replay();
      toast.success(t("replayed"));
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(undefined);
    }
  }

  return {
    /** Id of the one that is being replayed. */
    busy,
    delivery: (id: string) => run(id, () => call(replayDelivery, { params: { id: channelId, deliveryId: id } })),
    reply: (id: string) => run(id, () => call(replayReply, { params: { id: channelId, messageId: id } })),
    event: (id: string) => run(id, () => call(replayEvent, { params: { id: channelId, eventId: id } })),
  };
}
