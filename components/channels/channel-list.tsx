import { AppWindow, Building2, Code, MessageCircle, MessageCircleMore, Waypoints } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { Channel } from "@/lib/channels/schema";

const ICONS: Readonly<Record<string, typeof Waypoints>> = {
  web: MessageCircleMore,
  wechat: MessageCircle,
  "wechat-mini": AppWindow,
  wecom: Building2,
  api: Code,
};

/** The merchant's ways in, one card each. */
export async function ChannelList({ channels }: { channels: readonly Channel[] }) {
  const t = await getTranslations("admin-channels");
  const kinds = await getTranslations("channel-kinds");
  if (channels.length === 0) {
    return (
      <Card>
        <EmptyState icon={<Waypoints aria-hidden />} title={t("empty")} body={t("emptyBody")} />
      </Card>
    );
  }
  return (
    <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
      {channels.map((channel) => {
        const Icon = ICONS[channel.type] ?? Waypoints;
        const kindName = `${channel.type}.name` as Parameters<typeof kinds>[0];
        return (
          <li key={channel.id}>
            <Card className="relative flex h-full items-start gap-3 p-4 transition-colors focus-within:border-accent hover:border-line-strong">
              <span className="inline-flex size-10 shrink-0 items-center justify-center rounded-md bg-accent-soft text-accent-ink">
                <Icon aria-hidden className="size-5" />
              </span>
              <div className="min-w-0 flex-1">
                <h2 className="truncate font-medium">
                  <Link
                    href={`/admin/channels/${channel.id}`}
                    className="outline-none after:absolute after:inset-0 after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-focus"
                  >
                    {channel.name}
                  </Link>
                </h2>
                <p className="text-ink-muted text-sm">{kinds.has(kindName) ? kinds(kindName) : channel.type}</p>
                <p className="mt-2 flex flex-wrap gap-1.5">
                  <Badge tone={channel.enabled ? "success" : "neutral"} dot>
                    {channel.enabled ? t("enabled") : t("disabled")}
                  </Badge>
                  {typeof channel.config.botEnabled === "boolean" ? (
                    <Badge tone="outline">{channel.config.botEnabled ? t("botOn") : t("botOff")}</Badge>
                  ) : null}
                </p>
              </div>
            </Card>
          </li>
        );
      })}
    </ul>
  );
}
