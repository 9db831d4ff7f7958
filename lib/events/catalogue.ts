import { z } from "zod";

/**
 * Facts of the product, in past tense, with versioned payloads (architecture.md section 4). Small: ids and the values
 * that a consumer can't read back later. Pure data.
 */
export const FACTS = {
  "conversation.started": z.object({ conversationId: z.string(), channelId: z.string(), customerId: z.string() }),
  "message.received": z.object({
    conversationId: z.string(),
    messageId: z.string(),
    seq: z.number().int(),
    status: z.string(),
  }),
  "message.posted": z.object({
    conversationId: z.string(),
    messageId: z.string(),
    seq: z.number().int(),
    authorKind: z.string(),
    visibility: z.string(),
  }),
  "message.recalled": z.object({ conversationId: z.string(), messageId: z.string(), seq: z.number().int() }),
  "conversation.queued": z.object({ conversationId: z.string(), reason: z.string() }),
  "conversation.assigned": z.object({ conversationId: z.string(), agentId: z.string(), by: z.string() }),
  "conversation.transferred": z.object({ conversationId: z.string(), from: z.string().nullable(), to: z.string() }),
  "conversation.resolved": z.object({ conversationId: z.string(), by: z.string() }),
  "conversation.snoozed": z.object({ conversationId: z.string(), by: z.string(), until: z.string().nullable() }),
  /** `why`: time, reply, agent. */
  "conversation.woken": z.object({ conversationId: z.string(), why: z.string() }),
  "conversation.prioritised": z.object({ conversationId: z.string(), priority: z.number().int() }),
  "conversation.reopened": z.object({ conversationId: z.string(), by: z.string() }),
  /** The customer gave up waiting and left a message with a way to reply. */
  "conversation.message_left": z.object({ conversationId: z.string() }),
  /** What its agent has to know; null: nothing in particular. */
  "conversation.skill_needed": z.object({ conversationId: z.string(), skill: z.string().nullable() }),
  /** Colleagues were called by name in an internal note. */
  "conversation.mentioned": z.object({
    conversationId: z.string(),
    messageId: z.string(),
    agentIds: z.array(z.string()),
    by: z.string().nullable(),
  }),
  /** A colleague works on it beside its assignee. */
  "conversation.collaborator_added": z.object({
    conversationId: z.string(),
    agentId: z.string(),
    by: z.string().nullable(),
  }),
  /** An agent holds it out to a colleague. */
  "conversation.offered": z.object({
    conversationId: z.string(),
    offerId: z.string(),
    from: z.string().nullable(),
    to: z.string(),
    note: z.string(),
  }),
  /** `outcome`: accepted, declined, expired, withdrawn. */
  "conversation.offer_answered": z.object({
    conversationId: z.string(),
    offerId: z.string(),
    outcome: z.string(),
    from: z.string().nullable(),
    to: z.string(),
    reason: z.string(),
  }),
  /** A supervisor advised the agent who has it. */
  "conversation.whispered": z.object({
    conversationId: z.string(),
    messageId: z.string(),
    agentId: z.string(),
    by: z.string(),
  }),
  /** The customer has waited so long that these were told; `who`: agent, supervisor. */
  "conversation.reminded": z.object({
    conversationId: z.string(),
    who: z.string(),
    agentIds: z.array(z.string()),
    minutes: z.number().int(),
  }),
  "conversation.rated": z.object({ conversationId: z.string(), stars: z.number().int() }),
  "ticket.created": z.object({
    ticketId: z.string(),
    number: z.number().int(),
    subject: z.string(),
    priority: z.string(),
    source: z.string(),
    assigneeId: z.string().nullable(),
    /** The agent who made it; null: a program, a rule, the product itself. */
    by: z.string().nullable(),
    /** The conversation it came from. */
    conversationId: z.string().optional(),
  }),
  /** `fields`: names of what changed. */
  "ticket.updated": z.object({
    ticketId: z.string(),
    number: z.number().int(),
    subject: z.string(),
    fields: z.array(z.string()),
    status: z.string(),
    priority: z.string(),
    assigneeId: z.string().nullable(),
    by: z.string().nullable(),
  }),
  "ticket.commented": z.object({
    ticketId: z.string(),
    number: z.number().int(),
    eventId: z.string(),
    assigneeId: z.string().nullable(),
    by: z.string().nullable(),
    excerpt: z.string(),
  }),
  /** Who is in it changed: others may be free for those who wait for it. */
  "team.changed": z.object({ teamId: z.string() }),
  "agent.presence_changed": z.object({ agentId: z.string(), status: z.string() }),
  "knowledge.published": z.object({ entryId: z.string() }),
  /** Regression cases that passed before fail after a publication. */
  "bot.cases_broke": z.object({
    runId: z.string(),
    /** What is asked in them. */
    questions: z.array(z.string()).min(1),
    /** Who looks after the cases, as far as the merchant wants them told. */
    agentIds: z.array(z.string()),
  }),
  "webhook.received": z.object({ channelId: z.string(), deliveryId: z.string(), sender: z.string().optional() }),
  "webhook.answered": z.object({ deliveryId: z.string(), messageId: z.string() }),
} as const;

export type FactType = keyof typeof FACTS;
export type FactPayload<Type extends FactType> = z.infer<(typeof FACTS)[Type]>;
