"use client";

import { useTranslations } from "next-intl";
import { EditableField } from "@/components/customers/editable-field";
import type { RealtimeSettings } from "@/components/realtime/connection";
import { PageFrame } from "@/components/settings/page-frame";
import { COMMENT_MAX, DESCRIPTION_MAX, SUBJECT_MAX, type Ticket, type TicketChoices } from "@/lib/tickets/schema";
import { CommentBox } from "./comment-box";
import { LongText } from "./long-text";
import { PriorityBadge, StatusBadge } from "./ticket-badges";
import { TicketDetails } from "./ticket-details";
import { TicketTimeline } from "./ticket-timeline";
import { type History, useTicket } from "./use-ticket";
import { useTicketSignals } from "./use-ticket-signals";

export interface TicketPageProps {
  ticket: Ticket;
  history: History;
  choices: TicketChoices;
  agent: { readonly id: string; readonly merchantId: string };
  realtime: RealtimeSettings;
}

type Work = ReturnType<typeof useTicket>;

/** What it is about, and how it was solved once it is. */
function Words({ ticket, save }: Pick<Work, "ticket" | "save">) {
  const t = useTranslations("tickets");
  const isDone = ticket.status === "resolved" || ticket.status === "closed";
  return (
    <>
      <section aria-label={t("fields.description")} className="rounded-md border border-line bg-surface p-4">
        <h2 className="pb-2 font-medium">{t("fields.description")}</h2>
        <LongText
          label={t("fields.description")}
          value={ticket.description}
          maxLength={DESCRIPTION_MAX}
          addLabel={t("page.addDescription")}
          editLabel={t("page.editDescription")}
          placeholder={t("form.descriptionHint")}
          onSave={(description) => save("description", { description })}
        />
      </section>
      {isDone || ticket.resolution !== "" ? (
        <section aria-label={t("fields.resolution")} className="rounded-md border border-line bg-surface p-4">
          <h2 className="pb-2 font-medium">{t("fields.resolution")}</h2>
          <LongText
            label={t("fields.resolution")}
            value={ticket.resolution}
            maxLength={COMMENT_MAX}
            addLabel={t("page.addResolution")}
            editLabel={t("page.editResolution")}
            placeholder={t("page.resolutionHint")}
            onSave={(resolution) => save("resolution", { resolution })}
          />
        </section>
      ) : null}
    </>
  );
}

/** One ticket: what it is about, all that happened, and everything that can be changed, in place. */
export function TicketPage({ ticket: initial, history: initialHistory, choices, agent, realtime }: TicketPageProps) {
  const t = useTranslations("tickets");
  const { ticket, history, busy, save, refresh, readHistory, earlier } = useTicket(initial, initialHistory);
  useTicketSignals(agent.merchantId, realtime, () => void refresh());
  return (
    <PageFrame
      back={{ href: "/desk/tickets", label: t("back") }}
      title={
        <span className="flex flex-wrap items-center gap-2">
          {t("one", { number: ticket.number })}
          <StatusBadge status={ticket.status} />
          <PriorityBadge priority={ticket.priority} />
        </span>
      }
    >
      <EditableField
        large
        name={t("fields.subject")}
        value={ticket.subject}
        addLabel={t("page.addSubject")}
        maxLength={SUBJECT_MAX}
        onSave={async (subject) => {
          if (subject !== null) {
            await save("subject", { subject });
          }
        }}
      />
      <div className="grid gap-4 pb-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr] lg:gap-x-6">
        <div className="flex min-w-0 flex-col gap-4">
          <Words ticket={ticket} save={save} />
        </div>
        <TicketDetails ticket={ticket} choices={choices} busy={busy} ownAgentId={agent.id} save={save} />
        <div className="flex min-w-0 flex-col gap-4">
          <TicketTimeline history={history} onEarlier={() => void earlier()} />
          <CommentBox ticketId={ticket.id} onSent={readHistory} />
        </div>
      </div>
    </PageFrame>
  );
}
