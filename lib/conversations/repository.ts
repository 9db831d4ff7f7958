import { type SQL, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import type { JobRequest } from "@/lib/platform/jobs/emit";
import type { Content } from "./parts";
import type { ConversationRow, MessageRow } from "./rows";
import type { AuthorKind, ConversationStatus } from "./schema";

export interface NewMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly merchantId: string;
  /** Only when the conversation is this customer's; null: not asked. */
  readonly customerId: string | null;
  /** Only when this agent is the assignee; null: not asked. */
  readonly assigneeId: string | null;
  readonly allowedStatuses: readonly ConversationStatus[];
  readonly authorKind: AuthorKind;
  readonly authorId: string | null;
  readonly visibility: "public" | "internal";
  readonly content: Content;
  readonly clientId: string | null;
  readonly externalId: string | null;
  readonly delivery: "queued" | "sent";
  readonly at: Date;
  readonly fact: "message.received" | "message.posted";
  readonly jobs: readonly JobRequest[];
}

export type Appended =
  | {
      readonly outcome: "created";
      readonly message: MessageRow;
      readonly conversation: ConversationRow;
      readonly eventId: number;
    }
  | { readonly outcome: "duplicate"; readonly message: MessageRow; readonly conversation: ConversationRow }
  | { readonly outcome: "refused"; readonly conversation: ConversationRow }
  | { readonly outcome: "missing" };

export const textArray = (items: readonly string[]): SQL => sql`${sql.param([...items])}::text[]`;

const given = sql.placeholder;

/**
 * The call of `append_message`, parsed and planned once a connection: on the busiest path of all that is a fifth of what
 * Postgres spends on a message.
 */
const prepareAppend = (executor: Executor) =>
  executor
    .select({
      outcome: sql<string>`outcome`,
      message: sql<MessageRow>`message`,
      conversation: sql<ConversationRow>`conversation`,
      eventId: sql<string | null>`event_id`,
    })
    .from(
      sql`append_message(
      ${given("conversationId")}, ${given("merchantId")}, ${given("customerId")}, ${given("assigneeId")},
      ${given("allowedStatuses")}::text[], ${given("id")}, ${given("authorKind")}, ${given("authorId")},
      ${given("visibility")}, ${given("parts")}::text::jsonb, ${given("text")}, ${given("preview")},
      ${given("tokens")}::text[], ${given("clientId")}, ${given("externalId")}, ${given("delivery")},
      ${given("at")}::timestamptz, ${given("fact")}, ${given("jobs")}::text::jsonb)`,
    )
    .prepare("append_message");

const preparedAppends = new WeakMap<Executor, ReturnType<typeof prepareAppend>>();

/** Stores a message by the database function `append_message` (migration 0001): one round trip, one atomic step. */
export async function appendMessage(executor: Executor, input: NewMessage): Promise<Appended> {
  const prepared = preparedAppends.get(executor) ?? prepareAppend(executor);
  preparedAppends.set(executor, prepared);
  const [row] = await prepared.execute({
    ...input,
    ...input.content,
    parts: JSON.stringify(input.content.parts),
    at: input.at.toISOString(),
    jobs: JSON.stringify(input.jobs),
  });
  return { ...row, eventId: Number(row?.eventId) } as unknown as Appended;
}

/** The same for many messages in one statement, in their order. */
export async function appendMessages(executor: Executor, inputs: readonly NewMessage[]): Promise<Appended[]> {
  const records = inputs.map((input, position) => ({
    position,
    ...input,
    content: undefined,
    allowedStatuses: [...input.allowedStatuses],
    parts: input.content.parts,
    text: input.content.text,
    preview: input.content.preview,
    tokens: [...input.content.tokens],
  }));
  const rows = await rowsOf<{ outcome: string; message: MessageRow; conversation: ConversationRow; event_id: string }>(
    executor,
    sql`
    select stored.* from jsonb_to_recordset(${JSON.stringify(records)}::text::jsonb) as x(
      "position" int, "id" text, "conversationId" text, "merchantId" text, "customerId" text, "assigneeId" text,
      "allowedStatuses" text[], "authorKind" author_kind, "authorId" text, "visibility" visibility, "parts" jsonb,
      "text" text, "preview" text, "tokens" text[], "clientId" text, "externalId" text, "delivery" delivery_state,
      "at" timestamptz, "fact" text, "jobs" jsonb),
    lateral append_message(x."conversationId", x."merchantId", x."customerId", x."assigneeId", x."allowedStatuses", x."id",
      x."authorKind", x."authorId", x."visibility", x."parts", x."text", x."preview", x."tokens", x."clientId",
      x."externalId", x."delivery", x."at", x."fact", x."jobs") as stored
    order by x."position"`,
  );
  return rows.map((row) => ({ ...row, eventId: Number(row.event_id) }) as unknown as Appended);
}

const asJson = sql.raw("to_jsonb(conversations) as row");

async function one(executor: Executor, query: SQL): Promise<ConversationRow | undefined> {
  const [found] = await rowsOf<{ row: ConversationRow }>(executor, query);
  return found?.row;
}

/** A conversation of this merchant, without a lock. */
export function findConversation(
  executor: Executor,
  merchantId: string,
  id: string,
): Promise<ConversationRow | undefined> {
  return one(executor, sql`select ${asJson} from conversations where id = ${id} and merchant_id = ${merchantId}`);
}

/** The same, with its row locked until the transaction ends; always the first lock taken (architecture.md section 3). */
export function lockConversation(
  tx: Transaction,
  merchantId: string,
  id: string,
): Promise<ConversationRow | undefined> {
  return one(tx, sql`select ${asJson} from conversations where id = ${id} and merchant_id = ${merchantId} for update`);
}

/** What somebody told under this client id before, in whichever of their conversations, open or ended. */
export async function findSaid(
  executor: Executor,
  { customerId, identityId }: { readonly customerId: string; readonly identityId: string },
  clientId: string,
): Promise<{ readonly message: MessageRow; readonly conversation: ConversationRow } | undefined> {
  const [found] = await rowsOf<{ message: MessageRow; conversation: ConversationRow }>(
    executor,
    sql`
    select to_jsonb(m) - 'tokens' as message, to_jsonb(c) as conversation
    from conversations c join messages m on m.conversation_id = c.id and m.client_id = ${clientId}
    where (c.customer_id = ${customerId} and c.identity_id = ${identityId}) or c.origin_identity_id = ${identityId}
    limit 1`,
  );
  return found;
}

/** The open conversation of a customer on a channel; the partial unique index makes it at most one. */
export function findOpenConversation(
  executor: Executor,
  channelId: string,
  customerId: string,
): Promise<ConversationRow | undefined> {
  return one(
    executor,
    sql`select ${asJson} from conversations
        where channel_id = ${channelId} and customer_id = ${customerId} and status not in ('resolved', 'closed')`,
  );
}

/** The customer's last conversation on a channel, ended or not: what a returning visitor sees. */
export function findLatestConversation(
  executor: Executor,
  channelId: string,
  customerId: string,
): Promise<ConversationRow | undefined> {
  return one(
    executor,
    sql`select ${asJson} from conversations where channel_id = ${channelId} and customer_id = ${customerId}
        order by created_at desc limit 1`,
  );
}

export interface NewConversation {
  readonly id: string;
  readonly merchantId: string;
  readonly channelId: string;
  readonly customerId: string;
  readonly identityId: string;
  readonly status: ConversationStatus;
  readonly locale: string | null;
  readonly context: Record<string, unknown>;
  readonly at: Date;
}

/** Opens a conversation. @returns undefined when the customer already has one: the race is decided by the index (T16) */
export function insertConversation(tx: Transaction, input: NewConversation): Promise<ConversationRow | undefined> {
  const at = input.at.toISOString();
  return one(
    tx,
    sql`insert into conversations (id, merchant_id, channel_id, customer_id, identity_id, status, locale, context,
                                   last_message_at, listed_at, queued_at, created_at)
        values (${input.id}, ${input.merchantId}, ${input.channelId}, ${input.customerId}, ${input.identityId},
                ${input.status}, ${input.locale}, ${JSON.stringify(input.context)}::text::jsonb, ${at}::timestamptz, ${at}::timestamptz,
                ${input.status === "queued" ? at : null}::timestamptz, ${at}::timestamptz)
        on conflict do nothing returning ${asJson}`,
  );
}

/**
 * Changes a conversation if it is still in one of the statuses: compare-and-set, one winner (T12).
 *
 * @param set assignments, such as `status = 'queued'`; `revision` is raised here
 * @returns the row after the change, or undefined when somebody else was first
 */
export function changeConversation(
  executor: Executor,
  where: {
    readonly id: string;
    readonly merchantId: string;
    readonly statuses: readonly ConversationStatus[];
    readonly and?: SQL;
  },
  set: SQL,
): Promise<ConversationRow | undefined> {
  return one(
    executor,
    sql`update conversations set revision = revision + 1, ${set}
        where id = ${where.id} and merchant_id = ${where.merchantId} and status::text = any(${textArray(where.statuses)})
          ${where.and ? sql`and ${where.and}` : sql``}
        returning ${asJson}`,
  );
}

/** Messages in order: the newest page, what stands before a seq, or what came after one. */
export async function selectMessages(
  executor: Executor,
  conversationId: string,
  range: {
    readonly afterSeq?: number | undefined;
    readonly beforeSeq?: number | undefined;
    readonly limit: number;
    readonly publicOnly: boolean;
  },
): Promise<{ items: MessageRow[]; hasMore: boolean }> {
  const forward = range.afterSeq !== undefined;
  const rows = await rowsOf<{ row: MessageRow }>(
    executor,
    sql`
    select to_jsonb(m) - 'tokens' as row from messages m
    where m.conversation_id = ${conversationId}
      ${forward ? sql`and m.seq > ${range.afterSeq}` : sql``}
      ${range.beforeSeq === undefined ? sql`` : sql`and m.seq < ${range.beforeSeq}`}
      ${range.publicOnly ? sql`and m.visibility = 'public'` : sql``}
    order by m.seq ${forward ? sql`asc` : sql`desc`} limit ${range.limit + 1}`,
  );
  const items = rows.slice(0, range.limit).map((found) => found.row);
  return { items: forward ? items : items.reverse(), hasMore: rows.length > range.limit };
}
