import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { TicketPage } from "@/components/tickets/ticket-page";
import { TicketsShell } from "@/components/tickets/tickets-shell";
import { definePage } from "@/lib/web/define-page";
import { ticketData } from "@/lib/web/tickets-data";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tickets");
  return { title: t("title") };
}

export default definePage({ permission: "tickets.read" }, async ({ context, params }) => {
  const data = await ticketData(context, String(params.id));
  if (!data) {
    notFound();
  }
  const { me, ...shown } = data;
  return (
    <TicketsShell me={me}>
      <TicketPage key={shown.ticket.id} {...shown} />
    </TicketsShell>
  );
});
