"use client";

import { BookmarkPlus, RotateCcw, SendHorizontal, Sparkles } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MarkedText } from "@/components/ui/marked-text";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { createCase } from "@/lib/bot/case-contracts";
import { REPLY_KINDS } from "@/lib/bot/case-schema";
import { type Rehearsed, SAYS_MAX, tryBot } from "@/lib/bot/playground-contracts";
import { TraceView } from "./trace-view";

interface Options {
  readonly useModels: boolean;
  readonly agentsOnline: boolean;
  readonly signedIn: boolean;
  /** Undefined: on none. */
  readonly channelId?: string | undefined;
}

export interface PlaygroundChannel {
  readonly id: string;
  readonly name: string;
}

/** What stands for no channel; Select takes no empty value. */
const ANY_CHANNEL = "any";

function useRehearsal() {
  const t = useTranslations("admin-bot.playgroundView");
  const { call, explain } = useRequest();
  const [says, setSays] = useState<readonly string[]>([]);
  const [replies, setReplies] = useState<readonly Rehearsed[]>([]);
  const [pending, setPending] = useState(false);
  const ended = replies.at(-1)?.handoff !== null && replies.length > 0;

  async function say(text: string, options: Options): Promise<boolean> {
    const all = [...says, text];
    setPending(true);
    try {
      const result = await call(tryBot, { body: { says: all, ...options } });
      setSays(all);
      setReplies(result.replies);
      return true;
    } catch (error) {
      toast.error(explain(error));
      return false;
    } finally {
      setPending(false);
    }
  }

  async function save(): Promise<void> {
    const last = replies.at(-1);
    const cited = last?.parts.find((part) => part.type === "citation")?.entryId;
    const kind = REPLY_KINDS.find((known) => known === last?.kind);
    try {
      await call(createCase, { body: { says: [...says], expected: { kind, entryId: cited } } });
      toast.success(t("caseSaved"));
    } catch (error) {
      toast.error(explain(error));
    }
  }

  return {
    says,
    replies,
    pending,
    ended,
    full: says.length >= SAYS_MAX,
    say,
    save,
    restart: () => {
      setSays([]);
      setReplies([]);
    },
  };
}

function ReplyCard({ reply }: { reply: Rehearsed }) {
  const t = useTranslations("admin-bot.playgroundView");
  const kinds = ["answer", "choices", "handoff_offer", "handoff", "small_talk", "reset"] as const;
  const kind = kinds.find((known) => known === reply.kind) ?? "answer";
  return (
    <Card className="mr-auto w-full max-w-3xl break-words p-4">
      <p className="mb-2 flex flex-wrap items-center gap-2 text-ink-muted text-sm">
        {t("bot")}
        <Badge tone="outline">{t(`kindOf.${kind}`)}</Badge>
        {reply.review ? <Badge tone="warning">{t("review")}</Badge> : null}
      </p>
      {reply.parts.map((part, index) =>
        part.type === "text" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a reply never change their places
          <MarkedText key={index} text={part.text} />
        ) : part.type === "choices" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <p key={index} className="mt-2 flex flex-wrap gap-1.5">
            {part.choices.map((choice) => (
              <Badge key={choice.label}>{choice.label}</Badge>
            ))}
          </p>
        ) : part.type === "citation" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <p key={index} className="mt-2 text-ink-subtle text-sm">
            {t("source", { title: part.title })}
          </p>
        ) : null,
      )}
      <details className="mt-3 border-line border-t pt-2">
        <summary className="cursor-pointer rounded-xs text-ink-muted text-sm hover:text-ink touch:py-2">
          {t("trace")}
        </summary>
        <div className="mt-2">
          <TraceView trace={reply.trace} />
        </div>
      </details>
    </Card>
  );
}

function OptionSwitches({
  options,
  channels,
  onChange,
}: {
  options: Options;
  channels: readonly PlaygroundChannel[];
  onChange: (options: Options) => void;
}) {
  const t = useTranslations("admin-bot.playgroundView");
  return (
    <div className="grid max-w-3xl items-start gap-x-12 gap-y-3 sm:grid-cols-2">
      <Field inline label={t("onChannel")}>
        {(control) => (
          <Select
            {...control}
            className="w-48"
            value={options.channelId ?? ANY_CHANNEL}
            onValueChange={(id) => onChange({ ...options, channelId: id === ANY_CHANNEL ? undefined : id })}
            options={[
              { value: ANY_CHANNEL as string, label: t("anyChannel") },
              ...channels.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </Field>
      <Field inline label={t("useModels")} help={t("useModelsHint")}>
        {(control) => (
          <Switch
            {...control}
            checked={options.useModels}
            onCheckedChange={(useModels: boolean) => onChange({ ...options, useModels })}
          />
        )}
      </Field>
      <Field inline label={t("agentsOnline")}>
        {(control) => (
          <Switch
            {...control}
            checked={options.agentsOnline}
            onCheckedChange={(agentsOnline: boolean) => onChange({ ...options, agentsOnline })}
          />
        )}
      </Field>
      <Field inline label={t("signedIn")}>
        {(control) => (
          <Switch
            {...control}
            checked={options.signedIn}
            onCheckedChange={(signedIn: boolean) => onChange({ ...options, signedIn })}
          />
        )}
      </Field>
    </div>
  );
}

type Rehearsal = ReturnType<typeof useRehearsal>;

function Talk({ rehearsal }: { rehearsal: Rehearsal }) {
  const t = useTranslations("admin-bot.playgroundView");
  const { says, replies, pending, ended } = rehearsal;
  return (
    <section aria-live="polite" aria-busy={pending} className="flex flex-col gap-3">
      {says.length === 0 ? <EmptyState icon={<Sparkles aria-hidden />} title={t("idle")} body={t("idleBody")} /> : null}
      {says.map((text, index) => {
        const reply = replies[index];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: turns are only added at the end
          <div key={index} className="flex flex-col gap-3">
            <p className="ml-auto max-w-[80%] whitespace-pre-line break-words rounded-md bg-accent-soft px-3 py-2 text-accent-ink">
              <span className="sr-only">{t("you")}: </span>
              {text}
            </p>
            {reply ? <ReplyCard reply={reply} /> : null}
          </div>
        );
      })}
      {ended ? <p className="text-ink-muted text-sm">{t("handedOff")}</p> : null}
    </section>
  );
}

function Afterwards({ rehearsal, maySave }: { rehearsal: Rehearsal; maySave: boolean }) {
  const t = useTranslations("admin-bot.playgroundView");
  return (
    <>
      <Button size="lg" onClick={rehearsal.restart}>
        <RotateCcw aria-hidden />
        {t("restart")}
      </Button>
      {maySave ? (
        <Button size="lg" onClick={() => void rehearsal.save()}>
          <BookmarkPlus aria-hidden />
          {t("saveCase")}
        </Button>
      ) : null}
    </>
  );
}

/** Talks with the bot as a customer does and shows why it answers as it does. */
export function Playground({ maySave, channels }: { maySave: boolean; channels: readonly PlaygroundChannel[] }) {
  const t = useTranslations("admin-bot.playgroundView");
  const rehearsal = useRehearsal();
  const [text, setText] = useState("");
  const [options, setOptions] = useState<Options>({ useModels: false, agentsOnline: true, signedIn: false });
  const { pending, ended, full, says } = rehearsal;

  async function send(): Promise<void> {
    const words = text.trim();
    if (words !== "" && (await rehearsal.say(words, options))) {
      setText("");
    }
  }

  return (
    <div className="flex flex-col gap-4">
      <OptionSwitches options={options} channels={channels} onChange={setOptions} />
      <Talk rehearsal={rehearsal} />
      <form
        className="flex flex-col gap-2 sm:flex-row sm:items-start"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Field label={t("say")} hideLabel className="w-full sm:max-w-xl">
          {(control) => (
            <Input
              {...control}
              value={text}
              maxLength={1_000}
              disabled={ended || full}
              placeholder={t("placeholder")}
              enterKeyHint="send"
              onChange={(event) => setText(event.target.value)}
              className="h-10"
            />
          )}
        </Field>
        <Button type="submit" variant="primary" size="lg" loading={pending} disabled={ended || full}>
          <SendHorizontal aria-hidden />
          {t("send")}
        </Button>
        {says.length > 0 ? <Afterwards rehearsal={rehearsal} maySave={maySave} /> : null}
      </form>
    </div>
  );
}
