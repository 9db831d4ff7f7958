"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { useUnsavedGuard } from "@/components/settings/use-unsaved-guard";
import { getChannel, updateChannel } from "@/lib/channels/contracts";
import type { Channel } from "@/lib/channels/schema";
import { RequestFailed } from "@/lib/platform/http/client";
import { type ChannelDraft, channelForm, cleanedChannel, draftOfChannel } from "./channel-draft";

/** The state of a channel's form: draft, problems, saving, and what somebody else saved meanwhile. */
export function useChannelEditor(initial: Channel) {
  const t = useTranslations("admin-channels");
  const { call } = useRequest();
  const router = useRouter();
  const problems = useFieldProblems();
  const [channel, setChannel] = useState(initial);
  const [draft, setDraft] = useState(() => draftOfChannel(initial));
  const [saving, setSaving] = useState(false);
  const [latest, setLatest] = useState<Channel>();
  const [saves, setSaves] = useState(0);
  const base = draftOfChannel(channel);
  const dirty = JSON.stringify(cleanedChannel(draft)) !== JSON.stringify(cleanedChannel(base));
  useUnsavedGuard(dirty);

  function settle(next: Channel): void {
    setChannel(next);
    setDraft(draftOfChannel(next));
    setLatest(undefined);
    problems.clear();
  }

  async function save(version = channel.version): Promise<void> {
    const checked = problems.check(channelForm, cleanedChannel(draft));
    if (!checked) {
      // Lines that are empty are not sent, so their places in the problems are those of the cleaned draft.
      setDraft(cleanedChannel(draft));
      return;
    }
    setSaving(true);
    try {
      const { config, ...rest } = checked;
      const body = { ...rest, version, ...(channel.type === "web" ? { config } : {}) };
      settle(await call(updateChannel, { params: { id: channel.id }, body }));
      setSaves((count) => count + 1);
      toast.success(t("saved"));
      router.refresh();
    } catch (error) {
      if (error instanceof RequestFailed && error.problem.reason === "stale_version") {
        setLatest(await call(getChannel, { params: { id: channel.id } }));
      } else {
        toast.error(problems.report(error));
      }
    } finally {
      setSaving(false);
    }
  }

  return {
    channel,
    draft,
    dirty,
    saving,
    problems,
    /** Counts successful saves: the preview reloads after each. */
    saves,
    /** Present while somebody else's save stands in the way. */
    latest,
    change: (patch: Partial<ChannelDraft>) => setDraft({ ...draft, ...patch }),
    configure: (patch: Partial<ChannelDraft["config"]>) =>
      setDraft({ ...draft, config: { ...draft.config, ...patch } }),
    save: () => save(),
    reset: () => {
      setDraft(base);
      problems.clear();
    },
    settleStale: (keepMine: boolean) => {
      if (latest && keepMine) {
        setLatest(undefined);
        void save(latest.version);
      } else if (latest) {
        settle(latest);
      }
    },
    /** A new secret raises the version; the form goes on from there. */
    secretRotated: () =>
      setChannel({
        ...channel,
        version: channel.version + 1,
        secretsSet: [...new Set([...channel.secretsSet, "identitySecret"])],
      }),
  };
}

export type ChannelEditorState = ReturnType<typeof useChannelEditor>;
