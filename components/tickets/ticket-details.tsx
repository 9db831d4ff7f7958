"use client";

import { MessageSquare, UserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { conversationAddress } from "@/components/analytics/conversation-address";
import { Fact } from "@/components/customers/panel-section";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { DateTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import type { Ticket, TicketChoices, TicketStatus } from "@/lib/tickets/schema";
import { NamedChoice, PriorityChoice, TypeChoice } from "./choice-fields";
import type { TicketPatch } from "./use-ticket";

export interface TicketDetailsProps {
  ticket: Ticket;
  choices: TicketChoices;
  busy: boolean;
  ownAgentId: string;
  save: (field: "status" | "priority" | "type" | "assignee" | "team", patch: TicketPatch) => Promise<boolean>;
}

/** Where it stands, and where it can go from there. */
function StatusField({ ticket, busy, save }: TicketDetailsProps) {
  const t = useTranslations("tickets");
  const reachable: readonly TicketStatus[] = [ticket.status, ...ticket.transitions];
  return (
    <Field label={t("fields.status")}>
      {(control) => (
        <Select
          {...control}
          value={ticket.status}
          disabled={busy}
          options={reachable.map((status) => ({ value: status, label: t(`statuses.${status}`) }))}
          onValueChange={(status) => status !== ticket.status && void save("status", { status })}
        />
      )}
    </Field>
  );
}

function AssigneeField({ ticket, choices, busy, ownAgentId, save }: TicketDetailsProps) {
  const t = useTranslations("tickets");
  const mayTake = ticket.assignee?.id !== ownAgentId && choices.agents.some(({ id }) => id === ownAgentId);
  return (
    <div className="flex flex-col items-start gap-1">
      <Field label={t("fields.assignee")} className="w-full">
        {(control) => (
          <NamedChoice
            control={control}
            kind="assignee"
            options={choices.agents}
            current={ticket.assignee}
            value={ticket.assignee?.id ?? null}
            disabled={busy}
            onChange={(assigneeId) => void save("assignee", { assigneeId })}
          />
        )}
      </Field>
      {mayTake ? (
        <Button
          variant="link"
          size="sm"
          className="touch:min-h-11"
          disabled={busy}
          onClick={() => void save("assignee", { assigneeId: ownAgentId })}
        >
          {t("page.assignToMe")}
        </Button>
      ) : null}
    </div>
  );
}

function Fields(props: TicketDetailsProps) {
  const { ticket, choices, busy, save } = props;
  const t = useTranslations("tickets.fields");
  const hasTeams = choices.teams.length > 0 || ticket.team !== null;
  return (
    <div className="grid grid-cols-2 gap-4 lg:grid-cols-1">
      <StatusField {...props} />
      <AssigneeField {...props} />
      <Field label={t("priority")}>
        {(control) => (
          <PriorityChoice
            control={control}
            value={ticket.priority}
            disabled={busy}
            onChange={(priority) => void save("priority", { priority })}
          />
        )}
      </Field>
      <Field label={t("type")}>
        {(control) => (
          <TypeChoice
            control={control}
            types={choices.types}
            value={ticket.type}
            disabled={busy}
            onChange={(type) => void save("type", { type })}
          />
        )}
      </Field>
      {hasTeams ? (
        <Field label={t("team")}>
          {(control) => (
            <NamedChoice
              control={control}
              kind="team"
              options={choices.teams}
              current={ticket.team}
              value={ticket.team?.id ?? null}
              disabled={busy}
              onChange={(teamId) => void save("team", { teamId })}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}

/** Where it came from, and when what happened. */
function Facts({ ticket }: { ticket: Ticket }) {
  const t = useTranslations("tickets");
  const times = [
    ["created", ticket.createdAt],
    ["resolved", ticket.resolvedAt],
    ["closed", ticket.closedAt],
  ] as const;
  return (
    <dl className="border-line border-t pt-3">
      <Fact name={t("fields.source")}>{t(`sources.${ticket.source}`)}</Fact>
      {times.map(([name, at]) =>
        at === null ? null : (
          <Fact key={name} name={t(`fields.${name}`)}>
            <DateTime date={at} />
          </Fact>
        ),
      )}
    </dl>
  );
}

/** Everything about a ticket that is chosen, not written; and the ways to its customer and conversation. */
export function TicketDetails(props: TicketDetailsProps) {
  const { ticket } = props;
  const t = useTranslations("tickets");
  const { customer, conversationId } = ticket;
  return (
    <aside
      aria-label={t("page.details")}
      className="flex min-w-0 flex-col gap-4 rounded-md border border-line bg-surface p-4 lg:row-span-2 lg:self-start"
    >
      <Fields {...props} />
      {customer === null && conversationId === null ? null : (
        <div className="flex flex-col items-start gap-2 border-line border-t pt-3">
          {customer ? (
            <p className="flex items-center gap-2">
              <UserRound aria-hidden className="size-4 text-ink-subtle" />
              {customer.name ?? t("anonymous")}
            </p>
          ) : null}
          {conversationId ? (
            <Button asChild size="sm">
              <Link href={conversationAddress(conversationId)}>
                <MessageSquare aria-hidden />
                {t("page.openConversation")}
              </Link>
            </Button>
          ) : null}
          {customer ? (
            <Link
              href={`/desk/tickets?${new URLSearchParams({ tab: "all", customerId: customer.id })}`}
              className="inline-flex items-center rounded-xs text-accent-ink text-sm hover:underline touch:min-h-11"
            >
              {t("page.customersTickets")}
            </Link>
          ) : null}
        </div>
      )}
      <Facts ticket={ticket} />
    </aside>
  );
}
