import type { Database } from "@/db/client";
import { newId } from "@/lib/core/ids";
import { endsAfter } from "@/lib/tickets/policy";
import { appendEvent, changeTicket, insertTicket, nextNumber, type TicketRow } from "@/lib/tickets/repository";
import type { Cast } from "./history";
import type { TicketContent } from "./shapes";

const HOUR_MS = 3_600_000;
/** Between two lines of a ticket's history, in hours. */
const STEP_HOURS = 0.6;

type Shop = Pick<Cast, "merchantId" | "agents" | "customers">;

/** One ticket with its history. Nobody is told of it: it lies in the past. */
async function seedTicket(
  db: Database,
  shop: Shop,
  content: TicketContent[number],
  customerId: string | null,
  now: Date,
): Promise<void> {
  const made = new Date(now.getTime() - content.hoursAgo * HOUR_MS);
  const agent = content.agent === null ? undefined : shop.agents[content.agent % shop.agents.length];
  const writer = agent ?? shop.agents[0];
  const at = (step: number): Date => new Date(made.getTime() + step * STEP_HOURS * HOUR_MS);
  const line = (ticket: Pick<TicketRow, "id" | "merchantId">, step: number) => ({
    id: newId("ticketEvent", at(step)),
    ticketId: ticket.id,
    merchantId: ticket.merchantId,
    actorKind: content.source === "person" || step > 0 ? "agent" : content.source === "rule" ? "rule" : "system",
    actorId: content.source === "person" || step > 0 ? (writer?.id ?? null) : null,
    actorName: content.source === "rule" && step === 0 ? "投诉与故障" : (writer?.name ?? null),
    createdAt: at(step),
  });
  await db.transaction(async (tx) => {
    const { subject, description, priority, type, source, status, resolution } = content;
    const row: TicketRow = {
      ...{ id: newId("ticket", made), merchantId: shop.merchantId, number: await nextNumber(tx, shop.merchantId) },
      ...{ subject, description, priority, type, source, status: "open", customerId, conversationId: null },
      ...{ assigneeId: agent?.id ?? null, teamId: null, sourceKey: null, resolution: "", revision: 1, eventCount: 0 },
      ...{ createdAt: made, updatedAt: made, resolvedAt: null, closedAt: null },
    };
    await insertTicket(tx, row);
    const offline = source === "offline" ? { actorName: null } : {};
    await appendEvent(tx, { ...line(row, 0), ...offline, kind: "created" });
    for (const [index, text] of content.comments.entries()) {
      await appendEvent(tx, { ...line(row, index + 1), kind: "commented", text });
    }
    if (status !== "open") {
      const last = content.comments.length + 1;
      await changeTicket(tx, row, { status, resolution, ...endsAfter(status, row, at(last)) });
      const changes = [{ field: "status", from: "open", to: status }];
      await appendEvent(tx, { ...line(row, last), kind: "changed", changes });
    }
  });
}

/** A dozen tickets in every state, so that the list has something to show. */
export async function seedTickets(db: Database, shop: Shop, tickets: TicketContent, now: Date): Promise<void> {
  if (shop.agents.length === 0) {
    return;
  }
  const chinese = shop.customers.filter(({ language }) => language === "zh-CN");
  const oldestFirst = tickets.toSorted((one, other) => other.hoursAgo - one.hoursAgo);
  for (const [index, ticket] of oldestFirst.entries()) {
    const customer = chinese[(index * 5) % Math.max(1, chinese.length)];
    await seedTicket(db, shop, ticket, customer?.id ?? null, now);
  }
}
