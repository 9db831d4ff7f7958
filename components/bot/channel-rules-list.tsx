"use client";

import { Cable } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { changeBotChannel } from "@/lib/bot/channel-rules-contracts";
import type { BotChannel, ChannelRule } from "@/lib/bot/channel-rules-schema";

const AS_USUAL = "usual";
/** Bounds worth choosing among, in percent, and turns without an answer. */
const NUMBERS = { answerFrom: [75, 80, 85, 90, 95], failuresMax: [1, 2, 3, 5] } as const;
const SWITCHES = ["choices", "caution", "streaming", "useModels", "reviewEnabled"] as const;

type Own = string | number | boolean | null;

interface RuleProps {
  channel: BotChannel;
  name: ChannelRule;
  disabled: boolean;
  onChange: (value: Own) => void;
}

function useValueName() {
  const t = useTranslations("admin-bot.channelsView");
  return (name: ChannelRule, value: Exclude<Own, null>): string =>
    typeof value === "boolean"
      ? t(value ? "on" : "off")
      : name === "answerFrom"
        ? Number(value) === 0
          ? t("bySearch")
          : t("percent", { value })
        : t("times", { value });
}

/** One setting of one channel: as everywhere, or its own. */
function Rule({ channel, name, disabled, onChange }: RuleProps) {
  const t = useTranslations("admin-bot.channelsView");
  const valueName = useValueName();
  const own = channel.own[name];
  const values: readonly Exclude<Own, null>[] =
    name === "answerFrom" || name === "failuresMax" ? NUMBERS[name] : [true, false];
  return (
    <Field label={t(`rule.${name}`)}>
      {(control) => (
        <Select
          {...control}
          disabled={disabled}
          value={own === null ? AS_USUAL : String(own)}
          onValueChange={(value) =>
            onChange(value === AS_USUAL ? null : (values.find((each) => String(each) === value) ?? null))
          }
          options={[
            {
              value: AS_USUAL,
              label: own === null ? t("asUsual", { value: valueName(name, channel.effective[name]) }) : t("asAll"),
            },
            ...[...new Set([...values, ...(own === null ? [] : [own])])].map((value) => ({
              value: String(value),
              label: valueName(name, value),
            })),
          ]}
        />
      )}
    </Field>
  );
}

function ChannelCard({
  channel,
  mayWrite,
  onChange,
}: {
  channel: BotChannel;
  mayWrite: boolean;
  onChange: (name: ChannelRule, value: Own) => Promise<void>;
}) {
  const t = useTranslations("admin-bot.channelsView");
  const [busy, setBusy] = useState(false);
  const changed = Object.values(channel.own).some((value) => value !== null);
  const change = async (name: ChannelRule, value: Own): Promise<void> => {
    setBusy(true);
    await onChange(name, value);
    setBusy(false);
  };
  return (
    <Card className="flex flex-col gap-4 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="font-semibold wrap-anywhere">{channel.name}</h2>
        {changed ? <Badge tone="info">{t("ownRules")}</Badge> : null}
        {channel.enabled ? null : <Badge tone="warning">{t("channelOff")}</Badge>}
      </div>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {(["answerFrom", "failuresMax", ...SWITCHES] as const).map((name) => (
          <Rule
            key={name}
            channel={channel}
            name={name}
            disabled={!mayWrite || busy}
            onChange={(value) => void change(name, value)}
          />
        ))}
      </div>
    </Card>
  );
}

/** How the bot does on each channel; a change counts at once. */
export function ChannelRulesList({ channels, mayWrite }: { channels: readonly BotChannel[]; mayWrite: boolean }) {
  const t = useTranslations("admin-bot.channelsView");
  const common = useTranslations("common");
  const { call, explain } = useRequest();
  const router = useRouter();

  async function change(id: string, name: ChannelRule, value: Own): Promise<void> {
    try {
      await call(changeBotChannel, { params: { id }, body: { [name]: value } });
      toast.success(common("saved"));
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    }
  }

  if (channels.length === 0) {
    return <EmptyState icon={<Cable aria-hidden />} title={t("empty")} body={t("emptyBody")} />;
  }
  return (
    <div className="flex flex-col gap-3">
      {channels.map((channel) => (
        <ChannelCard
          key={channel.id}
          channel={channel}
          mayWrite={mayWrite}
          onChange={(name, value) => change(channel.id, name, value)}
        />
      ))}
    </div>
  );
}
