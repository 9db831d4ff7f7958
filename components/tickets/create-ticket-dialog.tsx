"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { createTicket } from "@/lib/tickets/contracts";
import { DESCRIPTION_MAX, SUBJECT_MAX, type TicketChoices, type TicketPriority } from "@/lib/tickets/schema";
import { NamedChoice, PriorityChoice, TypeChoice } from "./choice-fields";
import { useTicketChoices } from "./use-ticket-choices";

/** The conversation that a ticket is made of. */
export interface TicketOrigin {
  readonly conversationId: string;
  /** What the customer said, as a first subject. */
  readonly subject: string;
}

interface Draft {
  readonly subject: string;
  readonly description: string;
  readonly priority: TicketPriority;
  readonly type: string;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
}

const NO_CHOICES: TicketChoices = { types: [], agents: [], teams: [] };

interface PartProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

function Words({ draft, change, problem }: PartProps & { problem: string }) {
  const t = useTranslations("tickets");
  return (
    <>
      <Field label={t("fields.subject")} error={problem} required>
        {(control) => (
          <Input
            {...control}
            autoFocus
            required
            maxLength={SUBJECT_MAX}
            placeholder={t("form.subjectHint")}
            value={draft.subject}
            onChange={(event) => change({ subject: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("fields.description")} optional>
        {(control) => (
          <Textarea
            {...control}
            grow
            rows={3}
            maxLength={DESCRIPTION_MAX}
            placeholder={t("form.descriptionHint")}
            value={draft.description}
            onChange={(event) => change({ description: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function Choices({ draft, change, choices }: PartProps & { choices: TicketChoices }) {
  const t = useTranslations("tickets.fields");
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <Field label={t("priority")}>
        {(control) => (
          <PriorityChoice control={control} value={draft.priority} onChange={(priority) => change({ priority })} />
        )}
      </Field>
      <Field label={t("type")}>
        {(control) => (
          <TypeChoice
            control={control}
            types={choices.types}
            value={draft.type}
            onChange={(type) => change({ type })}
          />
        )}
      </Field>
      <Field label={t("assignee")}>
        {(control) => (
          <NamedChoice
            control={control}
            kind="assignee"
            options={choices.agents}
            value={draft.assigneeId}
            onChange={(assigneeId) => change({ assigneeId })}
          />
        )}
      </Field>
      {choices.teams.length === 0 ? null : (
        <Field label={t("team")}>
          {(control) => (
            <NamedChoice
              control={control}
              kind="team"
              options={choices.teams}
              value={draft.teamId}
              onChange={(teamId) => change({ teamId })}
            />
          )}
        </Field>
      )}
    </div>
  );
}

interface FormProps {
  origin: TicketOrigin | undefined;
  onMade: (() => void) | undefined;
  onDone: () => void;
}

function useCreation({ origin, onMade, onDone }: FormProps) {
  const t = useTranslations("tickets.form");
  const errors = useTranslations("errors");
  const router = useRouter();
  const { call, explain } = useRequest();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  async function submit({ assigneeId, teamId, ...draft }: Draft): Promise<void> {
    if (draft.subject.trim() === "") {
      setProblem(errors("required"));
      return;
    }
    setBusy(true);
    setProblem("");
    try {
      const body = {
        ...draft,
        ...(assigneeId !== null && { assigneeId }),
        ...(teamId !== null && { teamId }),
        ...(origin && { conversationId: origin.conversationId }),
      };
      const { id, number } = await call(createTicket, { body });
      toast.success(t("made", { number }), {
        action: { label: t("open"), onClick: () => router.push(`/desk/tickets/${id}`) },
      });
      onMade?.();
      onDone();
    } catch (error) {
      setProblem(explain(error));
      setBusy(false);
    }
  }

  return { busy, problem, submit };
}

function TicketForm(props: FormProps) {
  const { origin, onDone } = props;
  const t = useTranslations("tickets.form");
  const common = useTranslations("common");
  const { choices, failed, retry } = useTicketChoices();
  const { busy, problem, submit } = useCreation(props);
  const form = useId();
  const [draft, setDraft] = useState<Draft>({
    subject: origin?.subject ?? "",
    description: "",
    priority: "normal",
    type: "",
    assigneeId: null,
    teamId: null,
  });
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    void submit(draft);
  }

  return (
    <>
      <DialogBody>
        <form id={form} noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
          <Words draft={draft} change={change} problem={problem} />
          {failed ? (
            <ErrorState title={t("failed")} onRetry={retry} compact />
          ) : (
            <Choices draft={draft} change={change} choices={choices ?? NO_CHOICES} />
          )}
        </form>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone}>{common("cancel")}</Button>
        <Button type="submit" form={form} variant="primary" loading={busy}>
          {t("submit")}
        </Button>
      </DialogFooter>
    </>
  );
}

export interface CreateTicketDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  origin?: TicketOrigin | undefined;
  /** After one was made. */
  onMade?: () => void;
}

/** Makes a ticket, by hand or of a conversation. */
export function CreateTicketDialog({ open, onOpenChange, origin, onMade }: CreateTicketDialogProps) {
  const t = useTranslations("tickets");
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t("add")} description={t(origin ? "form.fromConversation" : "form.hint")}>
        <TicketForm origin={origin} onMade={onMade} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}
