"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { testChannel } from "@/lib/channels/contracts";
import { ChannelSection } from "./channel-section";
import { useChannelText } from "./use-channel-text";

interface Found {
  readonly works: boolean;
  readonly text: string;
}

/** One test and what it found, in words. */
function useTest(channelId: string, kind: string) {
  const t = useTranslations("admin-channels");
  const words = useTranslations("channel-kinds.tests");
  const text = useChannelText();
  const list = new Intl.ListFormat(useLocale());
  const { call, explain } = useRequest();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Found>();

  async function ask(): Promise<Found> {
    try {
      const { works, finding, detail, advice } = await call(testChannel, { params: { id: channelId } });
      if (works) {
        return { works, text: detail ? words("worksDetail", { detail }) : words("works") };
      }
      const names = (detail ?? "").split(", ").map((name) => text(`${kind}.fields.${name}.label`) ?? name);
      const named = detail ? (finding === "incomplete" ? list.format(names) : detail) : t("noDetail");
      const key = `${finding}` as Parameters<typeof words>[0];
      const sentence = words(words.has(key) ? key : "platform_error", { detail: named });
      return { works, text: [sentence, advice].filter(Boolean).join(" ") };
    } catch (error) {
      return { works: false, text: explain(error) };
    }
  }

  async function run(): Promise<void> {
    setBusy(true);
    setFound(undefined);
    setFound(await ask());
    setBusy(false);
  }

  return { busy, found, run };
}

/** Asks the platform whether the saved configuration works, and says what is wrong in words. */
export function TestSection({
  channelId,
  kind,
  dirty,
  disabled,
}: {
  channelId: string;
  kind: string;
  dirty: boolean;
  disabled: boolean;
}) {
  const t = useTranslations("admin-channels");
  const { busy, found, run } = useTest(channelId, kind);
  const Icon = found?.works ? CircleCheck : CircleX;
  return (
    <ChannelSection
      title={t("test")}
      description={dirty ? t("testSaveFirst") : t("testHelp")}
      actions={
        <Button disabled={disabled} loading={busy} onClick={() => void run()}>
          {t("testRun")}
        </Button>
      }
    >
      <p role="status" className="flex min-h-6 items-start gap-2 text-sm">
        {found ? (
          <>
            <Icon
              aria-hidden
              className={found.works ? "mt-0.5 size-4 shrink-0 text-success" : "mt-0.5 size-4 shrink-0 text-danger"}
            />
            <span className="min-w-0 break-words">{found.text}</span>
          </>
        ) : (
          <span className="text-ink-muted">{busy ? t("testBusy") : t("testNone")}</span>
        )}
      </p>
    </ChannelSection>
  );
}
