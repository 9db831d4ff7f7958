"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { isStale } from "@/components/settings/is-stale";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { useUnsavedGuard } from "@/components/settings/use-unsaved-guard";
import { getChannel, updateChannel } from "@/lib/channels/contracts";
import type { Channel } from "@/lib/channels/schema";
import { type ChannelDraft, channelForm, cleanedChannel, draftOfChannel } from "./channel-draft";

/** The form's own state: what is saved, what is written, how they differ. */
function useChannelForm(initial: Channel) {
  const [channel, setChannel] = useState(initial);
  const [draft, setDraft] = useState(() => draftOfChannel(initial));
  const base = draftOfChannel(channel);
  const dirty = JSON.stringify(cleanedChannel(draft)) !== JSON.stringify(cleanedChannel(base));
  useUnsavedGuard(dirty);
  return {
    channel,
    draft,
    dirty,
    setDraft,
    change: (patch: Partial<ChannelDraft>) => setDraft({ ...draft, ...patch }),
    configure: (patch: Partial<ChannelDraft["config"]>) =>
      setDraft({ ...draft, config: { ...draft.config, ...patch } }),
    reset: () => setDraft(base),
    settle: (next: Channel) => {
      setChannel(next);
      setDraft(draftOfChannel(next));
    },
    /** A new secret raises the version; the form goes on from there. */
    secretIssued: (name: string) =>
      setChannel({
        ...channel,
        version: channel.version + 1,
        secretsSet: [...new Set([...channel.secretsSet, name])],
      }),
  };
}

/** Only a web channel's configuration is written here; other kinds keep theirs. */
function editOf({ config, ...rest }: ChannelDraft, type: string, version: number) {
  return { ...rest, version, ...(type === "web" ? { config } : {}) };
}

/** The state of a channel's page: form, problems, saving, and what somebody else saved meanwhile. */
export function useChannelEditor(initial: Channel) {
  const t = useTranslations("admin-channels");
  const { call } = useRequest();
  const router = useRouter();
  const problems = useFieldProblems();
  const form = useChannelForm(initial);
  const [saving, setSaving] = useState(false);
  const [latest, setLatest] = useState<Channel>();
  const [saves, setSaves] = useState(0);
  const { channel, draft } = form;

  async function send(body: ChannelDraft, version: number): Promise<void> {
    form.settle(await call(updateChannel, { params: { id: channel.id }, body: editOf(body, channel.type, version) }));
    setSaves((count) => count + 1);
    toast.success(t("saved"));
    router.refresh();
  }

  async function save(version = channel.version): Promise<void> {
    const cleaned = cleanedChannel(draft);
    // Lines that were left empty go, so that a problem's place is the place that is seen.
    form.setDraft(cleaned);
    const body = problems.check(channelForm, cleaned);
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      await send(body, version);
    } catch (error) {
      if (isStale(error)) {
        setLatest(await call(getChannel, { params: { id: channel.id } }));
      } else {
        toast.error(problems.report(error));
      }
    } finally {
      setSaving(false);
    }
  }

  return {
    ...form,
    saving,
    problems,
    /** Counts successful saves: the preview reloads after each. */
    saves,
    /** Present while somebody else's save stands in the way. */
    latest,
    save: () => save(),
    settleStale: (keepMine: boolean) => {
      setLatest(undefined);
      if (latest && keepMine) {
        return save(latest.version);
      }
      problems.clear();
      return latest && form.settle(latest);
    },
  };
}

export type ChannelEditorState = ReturnType<typeof useChannelEditor>;
