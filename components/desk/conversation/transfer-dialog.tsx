"use client";

import { Bot, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { Textarea } from "@/components/ui/textarea";
import type { Agent } from "@/lib/identity/schema";
import { useDesk } from "../desk-provider";
import { useColleagues } from "../use-colleagues";
import { MerchantOptions } from "./merchant-options";
import { OutsideOptions } from "./outside-options";
import { SkillChoice } from "./skill-choice";
import { TeamOptions } from "./team-options";
import { TransferOption as Option, type TransferTarget as Target } from "./transfer-option";

const NOTE_MAX = 1_000;
/** From this many colleagues on there is a field to search them. */
const SEARCH_FROM = 8;

function AgentOption({ agent, chosen, onChoose }: { agent: Agent; chosen: boolean; onChoose: () => void }) {
  const t = useTranslations("desk.transfer");
  const full = agent.openCount >= agent.capacity;
  return (
    <Option chosen={chosen} disabled={full || agent.presence === "offline"} onChoose={onChoose}>
      <Avatar name={agent.name} src={agent.avatarUrl} presence={agent.presence} />
      <span className="min-w-0 flex-1 truncate">{agent.name}</span>
      {full ? <span className="text-xs text-warning-ink">{t("full")}</span> : null}
      <span className="text-xs text-ink-subtle tabular-nums">
        <span className="sr-only">{t("loadLabel", { count: agent.openCount, capacity: agent.capacity })}</span>
        <span aria-hidden>{t("load", { count: agent.openCount, capacity: agent.capacity })}</span>
      </span>
    </Option>
  );
}

function AgentOptions({ target, onChoose }: { target: Target | undefined; onChoose: (target: Target) => void }) {
  const t = useTranslations("desk.transfer");
  const { agents, retry } = useColleagues();
  const [search, setSearch] = useState("");
  if (agents === "failed") {
    return <ErrorState title={t("failed")} onRetry={retry} compact />;
  }
  if (agents === undefined) {
    return <Skeleton className="h-24 w-full" />;
  }
  const shown = agents.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <>
      {agents.length >= SEARCH_FROM ? (
        <Input
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      ) : null}
      {shown.length === 0 ? (
        <p className="px-2 py-3 text-sm text-ink-muted">{t(agents.length === 0 ? "noAgents" : "noMatch")}</p>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: with everybody offline nothing else in what scrolls takes the focus (WCAG 2.1.1) */}
      <section aria-label={t("agents")} tabIndex={0} className="max-h-56 overflow-y-auto rounded-sm">
        {shown.map((agent) => (
          <AgentOption
            key={agent.id}
            agent={agent}
            chosen={target?.kind === "agent" && target.agentId === agent.id}
            onChoose={() => onChoose({ kind: "agent", agentId: agent.id })}
          />
        ))}
      </section>
    </>
  );
}

interface TargetsProps {
  conversationId: string;
  target: Target | undefined;
  onChoose: (target: Target) => void;
}

function Targets({ conversationId, target, onChoose }: TargetsProps) {
  const t = useTranslations("desk.transfer");
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="pb-1 text-sm font-medium">{t("agents")}</legend>
      <AgentOptions target={target} onChoose={onChoose} />
      <TeamOptions target={target} onChoose={onChoose} />
      <MerchantOptions conversationId={conversationId} target={target} onChoose={onChoose} />
      <OutsideOptions conversationId={conversationId} target={target} onChoose={onChoose} />
      <p className="pt-2 pb-1 text-sm font-medium">{t("elsewhere")}</p>
      {(["queue", "bot"] as const).map((kind) => (
        <Option key={kind} chosen={target?.kind === kind} onChoose={() => onChoose({ kind })}>
          <span
            aria-hidden
            className="inline-flex size-8 items-center justify-center rounded-sm bg-sunken text-ink-muted [&_svg]:size-4.5"
          >
            {kind === "queue" ? <Users /> : <Bot />}
          </span>
          <span>
            <span className="block">{t(kind)}</span>
            <span className="block text-xs text-ink-subtle">{t(`${kind}Hint`)}</span>
          </span>
        </Option>
      ))}
      {target?.kind === "queue" ? <SkillChoice target={target} onChoose={onChoose} /> : null}
    </fieldset>
  );
}

function TransferForm({ conversationId, onDone }: { conversationId: string; onDone: () => void }) {
  const t = useTranslations("desk");
  const common = useTranslations("common");
  const desk = useDesk();
  const problemText = useProblemText();
  const [target, setTarget] = useState<Target>();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  async function submit(to: Target): Promise<void> {
    setBusy(true);
    setProblem("");
    try {
      await desk.transfer(conversationId, { to, ...(note.trim() && { note: note.trim() }) });
      const row = desk.store.get().rows.get(conversationId);
      const stays = to.kind === "agent" && row?.assignee?.id === desk.agent.id;
      toast.success(t(stays ? "transfer.asked" : "conversation.transferred"));
      onDone();
    } catch (error) {
      setProblem(problemText(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        <Targets conversationId={conversationId} target={target} onChoose={setTarget} />
        <Field label={t("transfer.note")} help={t("transfer.noteHelp")} error={problem} optional>
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={NOTE_MAX}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone}>{common("cancel")}</Button>
        <Button
          variant="primary"
          loading={busy}
          disabled={target === undefined}
          onClick={() => target && void submit(target)}
        >
          {t("transfer.submit")}
        </Button>
      </DialogFooter>
    </>
  );
}

export interface TransferDialogProps {
  conversationId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Hands a conversation to a colleague with room, back to the queue, or back to the bot. */
export function TransferDialog({ conversationId, open, onOpenChange }: TransferDialogProps) {
  const t = useTranslations("desk.transfer");
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t("title")} description={t("description")}>
        <TransferForm conversationId={conversationId} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}
