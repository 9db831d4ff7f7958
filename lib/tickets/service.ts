import type { Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import { AppError, isUniqueViolation } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { previewOf, storable } from "@/lib/core/text";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import type { TicketChangeInput, TicketInput } from "./contracts";
import { type Link, type Links, linksOf } from "./links";
import { canMove, endsAfter } from "./policy";
import { describeTicket } from "./queries";
import {
  appendEvent,
  changeTicket,
  type EventRow,
  findBySourceKey,
  insertTicket,
  lockTicket,
  nextNumber,
  type TicketRow,
} from "./repository";
import {
  SUBJECT_MAX,
  type Ticket,
  type TicketChange,
  type TicketEvent,
  type TicketSource,
  ticketStatus,
} from "./schema";
import { toEvent } from "./serialize";

/** Whose hand it was, as the history says it. */
export interface Hand {
  readonly kind: TicketEvent["actor"]["kind"];
  readonly id: string | null;
  readonly name: string | null;
}

/** Where a ticket comes from. */
export interface Origin {
  readonly source: TicketSource;
  /** The same again makes no second one. */
  readonly key?: string;
  /** Who stands in the history, when it is not the caller. */
  readonly hand?: Hand;
}

function handOf({ actor }: Context): Hand {
  switch (actor.kind) {
    case "agent":
      return { kind: "agent", id: actor.agentId, name: actor.name };
    case "key":
      return { kind: "key", id: actor.keyId, name: actor.name };
    case "bot":
      return { kind: "bot", id: null, name: null };
    case "visitor":
      return { kind: "visitor", id: actor.customerId, name: null };
    default:
      return { kind: "system", id: null, name: null };
  }
}

const agentOf = (hand: Hand): string | null => (hand.kind === "agent" ? hand.id : null);

/** One line, as lists show it. @throws AppError invalid `ticket_invalid` when nothing is left that can be stored */
function subjectOf(text: string): string {
  const line = previewOf(storable(text), SUBJECT_MAX);
  if (line === "") {
    throw new AppError("invalid", "ticket_invalid");
  }
  return line;
}

/** Desks look again: lists, the ticket's page, the panel of its customer. */
function announce({ id, merchantId, customerId }: TicketRow): void {
  publish([realtimeChannel.desk(merchantId)], "ticket.changed", { ticketId: id, customerId });
}

interface Line {
  readonly kind: TicketEvent["kind"];
  readonly text?: string | undefined;
  readonly visibility?: TicketEvent["visibility"];
  readonly changes?: readonly TicketChange[];
}

function write(tx: Transaction, context: Context, ticket: TicketRow, hand: Hand, line: Line): Promise<EventRow> {
  return appendEvent(tx, {
    id: newId("ticketEvent", context.now()),
    merchantId: ticket.merchantId,
    ticketId: ticket.id,
    kind: line.kind,
    visibility: line.visibility ?? "internal",
    actorKind: hand.kind,
    actorId: hand.id,
    actorName: hand.name,
    text: storable(line.text ?? ""),
    changes: [...(line.changes ?? [])],
    createdAt: context.now(),
  });
}

async function insert(tx: Transaction, context: Context, input: TicketInput, origin: Origin): Promise<TicketRow> {
  const merchantId = merchantOf(context);
  const at = context.now();
  const links = await linksOf(tx, merchantId, input);
  const row: TicketRow = {
    id: newId("ticket", at),
    merchantId,
    number: await nextNumber(tx, merchantId),
    subject: subjectOf(input.subject),
    description: storable(input.description ?? ""),
    status: "open",
    priority: input.priority ?? "normal",
    type: storable(input.type ?? ""),
    customerId: links.customer?.id ?? null,
    conversationId: links.conversation?.id ?? null,
    assigneeId: links.assignee?.id ?? null,
    teamId: links.team?.id ?? null,
    source: origin.source,
    sourceKey: origin.key ?? null,
    resolution: "",
    revision: 1,
    eventCount: 0,
    ...{ createdAt: at, updatedAt: at, resolvedAt: null, closedAt: null },
  };
  await insertTicket(tx, row);
  const hand = origin.hand ?? handOf(context);
  await write(tx, context, row, hand, { kind: "created" });
  const { id, number, subject, priority, source, assigneeId, conversationId } = row;
  await emit(tx, { merchantId, at }, "ticket.created", {
    ...{ ticketId: id, number, subject, priority, source, assigneeId, by: agentOf(hand) },
    ...(conversationId !== null && { conversationId }),
  });
  const after = { number, subject, priority, source, assigneeId, conversationId, customerId: row.customerId };
  await record(tx, context, { action: "ticket.created", targetType: "ticket", targetId: id, after });
  return row;
}

/**
 * Makes a ticket. Of a conversation, its customer is the ticket's. With a key in its origin it is made once: asked again,
 * the first one comes back.
 *
 * @throws AppError not_found `customer_not_found` | `conversation_not_found` | `agent_not_found` | `team_not_found`;
 * conflict `ticket_assignee_disabled`
 */
export async function createTicket(context: Context, input: TicketInput, origin: Origin): Promise<Ticket> {
  const { db } = context;
  const made = origin.key === undefined ? undefined : await findBySourceKey(db, merchantOf(context), origin.key);
  if (made) {
    return describeTicket(db, made);
  }
  try {
    const row = await db.transaction((tx) => insert(tx, context, input, origin));
    announce(row);
    return await describeTicket(db, row);
  } catch (error) {
    // Made meanwhile, by the same job running twice.
    const other =
      origin.key !== undefined && isUniqueViolation(error)
        ? await findBySourceKey(db, merchantOf(context), origin.key)
        : undefined;
    if (!other) {
      throw error;
    }
    return describeTicket(db, other);
  }
}

/** Values of a change that differ from what is stored, and how the history tells them. */
interface Difference {
  readonly values: Partial<TicketRow>;
  readonly changes: readonly TicketChange[];
}

const WORDS = ["subject", "description", "priority", "type", "resolution"] as const;
const LINKS = [
  ["customer", "customerId"],
  ["conversation", "conversationId"],
  ["assignee", "assigneeId"],
  ["team", "teamId"],
] as const;

/** As the history says it: without a name "", without anybody null. */
const nameOf = (link: Link | undefined): string | null => (link ? (link.name ?? "") : null);

function differenceOf(before: TicketRow, names: Links, change: TicketChangeInput, links: Links, at: Date): Difference {
  const values: Partial<TicketRow> = {};
  const changes: TicketChange[] = [];
  for (const field of WORDS) {
    const given = change[field];
    const to = given === undefined ? before[field] : field === "subject" ? subjectOf(given) : storable(given);
    if (to !== before[field]) {
      values[field] = to;
      changes.push({ field, from: before[field], to });
    }
  }
  for (const [field, column] of LINKS) {
    const to = links[field];
    if (change[column] !== undefined && (to?.id ?? null) !== before[column]) {
      values[column] = to?.id ?? null;
      changes.push({ field, from: nameOf(names[field]), to: nameOf(to) });
    }
  }
  if (change.status !== undefined && change.status !== before.status) {
    Object.assign(values, { status: change.status }, endsAfter(change.status, before, at));
    changes.push({ field: "status", from: before.status, to: change.status });
  }
  return { values, changes };
}

/** @throws AppError not_found; conflict `stale_version` | `ticket_transition` */
async function lockFor(
  tx: Transaction,
  context: Context,
  ref: string,
  change: Pick<TicketChangeInput, "revision" | "status">,
): Promise<TicketRow> {
  const row = await lockTicket(tx, merchantOf(context), ref);
  if (!row) {
    throw new AppError("not_found", "ticket_not_found");
  }
  if (change.revision !== undefined && change.revision !== row.revision) {
    throw new AppError("conflict", "stale_version");
  }
  if (change.status !== undefined && !canMove(ticketStatus.catch("open").parse(row.status), change.status)) {
    throw new AppError("conflict", "ticket_transition");
  }
  return row;
}

/** Writes what differs. @returns the row as it is then; the same object when nothing did */
async function apply(
  tx: Transaction,
  context: Context,
  before: TicketRow,
  change: TicketChangeInput,
  hand: Hand,
): Promise<TicketRow> {
  const { merchantId } = before;
  const at = context.now();
  const names = await linksOf(tx, merchantId, before, "stored");
  const links = await linksOf(tx, merchantId, change);
  const { values, changes } = differenceOf(before, names, change, links, at);
  if (changes.length === 0) {
    return before;
  }
  const row = await changeTicket(tx, before, { ...values, updatedAt: at });
  await write(tx, context, row, hand, { kind: "changed", text: change.comment, changes });
  const { id, number, subject, status, priority, assigneeId } = row;
  const fields = changes.map(({ field }) => field);
  await emit(tx, { merchantId, at }, "ticket.updated", {
    ...{ ticketId: id, number, subject, fields, status, priority, assigneeId, by: agentOf(hand) },
  });
  const keys = Object.keys(values) as (keyof TicketRow)[];
  await record(tx, context, {
    ...{ action: "ticket.updated", targetType: "ticket", targetId: id, after: values },
    before: Object.fromEntries(keys.map((key) => [key, before[key]])),
  });
  return row;
}

async function comment(
  tx: Transaction,
  context: Context,
  ticket: TicketRow,
  hand: Hand,
  said: { readonly text: string; readonly visibility: TicketEvent["visibility"] },
): Promise<EventRow> {
  const event = await write(tx, context, ticket, hand, { kind: "commented", ...said });
  const { id, merchantId, number, assigneeId } = ticket;
  await emit(tx, { merchantId, at: context.now() }, "ticket.commented", {
    ...{ ticketId: id, number, eventId: event.id, assigneeId, by: agentOf(hand) },
    excerpt: previewOf(said.text),
  });
  return event;
}

/**
 * Changes a ticket; fields left out stay, and what is already so writes nothing. A comment given along stands in the same
 * line of the history.
 *
 * @param ref id or number
 * @throws AppError not_found (the ticket, or what it should point at); conflict `stale_version` | `ticket_transition` |
 * `ticket_assignee_disabled`
 */
export async function updateTicket(context: Context, ref: string, change: TicketChangeInput): Promise<Ticket> {
  const hand = handOf(context);
  const row = await context.db.transaction(async (tx) => {
    const before = await lockFor(tx, context, ref, change);
    const after = await apply(tx, context, before, change, hand);
    if (after === before && change.comment !== undefined) {
      await comment(tx, context, before, hand, { text: change.comment, visibility: "internal" });
    }
    return after;
  });
  announce(row);
  return describeTicket(context.db, row);
}

/** Says something on a ticket. @throws AppError not_found `ticket_not_found` */
export async function commentOnTicket(
  context: Context,
  ref: string,
  said: { readonly text: string; readonly visibility: TicketEvent["visibility"] },
): Promise<TicketEvent> {
  const done = await context.db.transaction(async (tx) => {
    const ticket = await lockFor(tx, context, ref, {});
    return { ticket, event: await comment(tx, context, ticket, handOf(context), said) };
  });
  announce(done.ticket);
  return toEvent(done.event);
}
