import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readQuery } from "@/components/settings/read-query";
import { TicketList } from "@/components/tickets/ticket-list";
import { TicketsShell } from "@/components/tickets/tickets-shell";
import { definePage } from "@/lib/web/define-page";
import { ticketPageQuery, ticketsData } from "@/lib/web/tickets-data";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tickets");
  return { title: t("title") };
}

export default definePage({ permission: "tickets.read" }, async ({ context, searchParams }) => {
  const { me, ...list } = await ticketsData(context, readQuery(ticketPageQuery, searchParams));
  return (
    <TicketsShell me={me}>
      <TicketList {...list} />
    </TicketsShell>
  );
});
