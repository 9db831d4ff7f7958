import { newId } from "@/lib/core/ids";
import type { FactPayload, FactType } from "./catalogue";

/** Every job of the product, by name; lib/composition/jobs.ts binds each to its handler (a test holds them equal). */
export const JOB_NAMES = [
  "bot.answer",
  "bot.expire_draft",
  "bot.translate",
  "bot.run_cases",
  "bot.learn",
  "knowledge.close_gaps",
  "knowledge.vectors",
  "routing.dispatch",
  "routing.sweep",
  "tickets.from_message",
  "automations.run",
  "notifications.tell",
  "analytics.record",
  "analytics.sweep",
  "analytics.roll_up",
  "channel.ingest",
  "channel.deliver",
  "conversation.wake",
  "channel.post",
  "channel.tell",
  "customer.recognise",
  "channel.end_session",
  "customer.picture",
  "channel.poll",
  "realtime.relay",
  "knowledge.read_import",
  "knowledge.apply_import",
  "platform.tidy",
  "platform.retention",
  "notifications.push",
  "notifications.mail_transcript",
  "notifications.alert",
  "notifications.alert_send",
] as const;
export type JobName = (typeof JOB_NAMES)[number];

/** One job that a fact causes. */
export interface JobRoute<Type extends FactType> {
  readonly job: JobName;
  readonly payload: (payload: FactPayload<Type>, merchantId: string) => Record<string, unknown>;
  /** Jobs of one lane run one after the other. */
  readonly lane?: (payload: FactPayload<Type>, merchantId: string) => string;
  /** A waiting job with the same key is replaced: ten messages cause one metrics run. */
  readonly key?: (payload: FactPayload<Type>, merchantId: string) => string;
  readonly delaySeconds?: number;
  /** Only for such facts. */
  readonly when?: (payload: FactPayload<Type>) => boolean;
  /** Only when the conversation is in this status. */
  readonly onlyStatus?: string;
  /** Only on channels whose replies go out through an adapter. */
  readonly onlyDelivering?: boolean;
  /** Only on channels of this kind. */
  readonly onlyKind?: string;
  /** Only where the `events` of the conversation's channel name this: its integrator wants to hear of it. Told the fact's id. */
  readonly onlyWanted?: string;
  /** Only where an enabled rule of the merchant waits for this fact; the job is told the fact's id as `eventId`. */
  readonly onlyWatched?: boolean;
}

type Conversational = { readonly conversationId: string };

const record = {
  job: "analytics.record",
  payload: (payload: Conversational) => ({ conversationId: payload.conversationId }),
  key: (payload: Conversational) => `metrics:${payload.conversationId}`,
  delaySeconds: 5,
} as const;

/** Ratings come soon after the end: one look at both. */
const learn = {
  job: "bot.learn",
  payload: (payload: Conversational, merchantId: string) => ({ conversationId: payload.conversationId, merchantId }),
  key: (payload: Conversational) => `learn:${payload.conversationId}`,
  delaySeconds: 20,
} as const;

const dispatch = {
  job: "routing.dispatch",
  payload: (_: unknown, merchantId: string) => ({ merchantId }),
  key: (_: unknown, merchantId: string) => `dispatch:${merchantId}`,
} as const;

/** Ends the platform's own session, after the replies before it. */
const endSession = {
  job: "channel.end_session",
  payload: (payload: Conversational) => ({ conversationId: payload.conversationId }),
  lane: (payload: Conversational) => `deliver:${payload.conversationId}`,
  onlyKind: "wecom",
} as const;

/** Tells the integrator of an own app; in one line with replies, so that it hears everything in its order. */
const integrator = (event: string) =>
  ({
    job: "channel.tell",
    payload: (payload: Conversational) => ({ conversationId: payload.conversationId }),
    lane: (payload: Conversational) => `deliver:${payload.conversationId}`,
    onlyWanted: event,
  }) as const;

/** The merchant's own rules; queued only where one waits for the fact. Those of one conversation run in order. */
const rules = (event: FactType) =>
  ({
    job: "automations.run",
    payload: (payload: Conversational & { readonly messageId?: string }, merchantId: string) => ({
      event,
      merchantId,
      conversationId: payload.conversationId,
      messageId: payload.messageId ?? null,
    }),
    lane: (payload: Conversational) => `rules:${payload.conversationId}`,
    onlyWatched: true,
  }) as const;

/** Whom a fact concerns (lib/notifications/schema.ts). */
interface Telling {
  readonly agentIds: readonly string[];
  readonly actorId?: string | null;
  readonly messageId?: string;
  readonly excerpt?: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Puts it on the list of what agents should know. The key is made once, so that a job that runs again tells nobody twice. */
const tell = <Payload extends Conversational>(kind: string, of: (payload: Payload) => Telling) =>
  ({
    job: "notifications.tell",
    payload: (payload: Payload, merchantId: string) => ({
      kind,
      merchantId,
      conversationId: payload.conversationId,
      sourceKey: newId("notification"),
      ...of(payload),
    }),
  }) as const;

type Ticketed = { readonly ticketId: string; readonly number: number; readonly by: string | null };

/** The same of a ticket. `what`: given, or commented on. */
const tellOfTicket = <Payload extends Ticketed & { readonly assigneeId: string | null }>(
  what: "assigned" | "commented",
  excerptOf: (payload: Payload) => string,
) =>
  ({
    job: "notifications.tell",
    payload: (payload: Payload, merchantId: string) => ({
      kind: "ticket",
      merchantId,
      conversationId: null,
      agentIds: payload.assigneeId === null ? [] : [payload.assigneeId],
      actorId: payload.by,
      excerpt: excerptOf(payload),
      values: { what, ticketId: payload.ticketId, number: payload.number },
      sourceKey: newId("notification"),
    }),
    when: (payload: Payload) => payload.assigneeId !== null && payload.assigneeId !== payload.by,
  }) as const;

/** Robots and mailboxes of the merchant that should hear of it (lib/notifications/alert-settings-schema.ts). */
const alert = <Payload extends Conversational>(
  event: string,
  valuesOf: (payload: Payload) => Readonly<Record<string, string | number>> = () => ({}),
) =>
  ({
    job: "notifications.alert",
    payload: (payload: Payload, merchantId: string) => ({
      merchantId,
      conversationId: payload.conversationId,
      event,
      values: valuesOf(payload),
    }),
  }) as const;

/** The same of a ticket. */
const alertOfTicket = (event: "new_ticket" | "urgent_ticket") =>
  ({
    job: "notifications.alert",
    payload: ({ ticketId, number }: Ticketed, merchantId: string) => ({
      merchantId,
      ticketId,
      event,
      values: { number },
    }),
  }) as const;

type CasesBroke = FactPayload<"bot.cases_broke">;

/** The run names itself: however often the job runs, each agent hears of it once. */
const tellOfCases: JobRoute<"bot.cases_broke"> = {
  job: "notifications.tell",
  payload: ({ runId, questions, agentIds }: CasesBroke, merchantId: string) => ({
    kind: "cases_broke",
    merchantId,
    conversationId: null,
    agentIds,
    excerpt: questions.join(" · "),
    values: { runId, count: questions.length },
    sourceKey: `cases:${runId}`,
  }),
  when: ({ agentIds }: CasesBroke) => agentIds.length > 0,
};

const alertOfCases: JobRoute<"bot.cases_broke"> = {
  job: "notifications.alert",
  payload: ({ runId, questions }: CasesBroke, merchantId: string) => ({
    merchantId,
    runId,
    event: "cases_broke",
    values: { count: questions.length, questions: questions.join(" · ") },
  }),
};

/** Stars up to which a rating is bad news. */
const BAD_STARS = 2;

/** Who took something themselves need not be told. */
const OWN_DOING = ["claimed", "reopened", "accepted"];

/** Which fact causes which jobs: the whole of the product's reactions on one page. Pure data. */
export const ROUTES: { readonly [Type in FactType]: readonly JobRoute<Type>[] } = {
  "conversation.started": [rules("conversation.started"), integrator("conversation_created")],
  "message.received": [
    {
      job: "bot.answer",
      payload: (payload, merchantId) => ({ conversationId: payload.conversationId, merchantId }),
      lane: (payload) => `bot:${payload.conversationId}`,
      key: (payload) => `bot:${payload.conversationId}`,
      onlyStatus: "bot",
    },
    rules("message.received"),
  ],
  // Metrics of messages are swept up once a minute (lib/analytics/sweep-job.ts), not queued one by one.
  "message.posted": [
    {
      job: "channel.deliver",
      payload: (payload) => ({ messageId: payload.messageId }),
      lane: (payload) => `deliver:${payload.conversationId}`,
      onlyDelivering: true,
    },
    {
      ...tell("note", (payload: FactPayload<"message.posted">) => ({ agentIds: [], messageId: payload.messageId })),
      when: ({ visibility, authorKind }) => visibility === "internal" && authorKind === "agent",
    },
  ],
  "message.recalled": [],
  "conversation.queued": [dispatch, rules("conversation.queued")],
  "conversation.assigned": [
    record,
    rules("conversation.assigned"),
    integrator("conversation_assigned"),
    {
      ...tell("assigned", (payload: FactPayload<"conversation.assigned">) => ({ agentIds: [payload.agentId] })),
      when: ({ by }) => !OWN_DOING.includes(by),
    },
  ],
  "conversation.mentioned": [
    tell("mention", ({ agentIds, by, messageId }: FactPayload<"conversation.mentioned">) => ({
      agentIds,
      actorId: by,
      messageId,
    })),
  ],
  "conversation.collaborator_added": [
    tell("collaborator", ({ agentId, by }: FactPayload<"conversation.collaborator_added">) => ({
      agentIds: [agentId],
      actorId: by,
    })),
  ],
  "conversation.offered": [
    tell("offer", ({ to, from, note }: FactPayload<"conversation.offered">) => ({
      agentIds: [to],
      actorId: from,
      excerpt: note,
    })),
  ],
  "conversation.offer_answered": [
    {
      ...tell("offer_answered", ({ from, to, outcome, reason }: FactPayload<"conversation.offer_answered">) => ({
        agentIds: from ? [from] : [],
        actorId: to,
        excerpt: reason,
        values: { outcome },
      })),
      when: ({ outcome }) => outcome !== "withdrawn",
    },
  ],
  "conversation.whispered": [
    tell("whisper", ({ agentId, by, messageId }: FactPayload<"conversation.whispered">) => ({
      agentIds: [agentId],
      actorId: by,
      messageId,
    })),
  ],
  "conversation.reminded": [
    tell("reminder", ({ who, agentIds, minutes }: FactPayload<"conversation.reminded">) => ({
      agentIds,
      values: { who, minutes },
    })),
    {
      ...alert("waiting", ({ minutes }: FactPayload<"conversation.reminded">) => ({ minutes })),
      when: ({ who }) => who === "supervisor",
    },
  ],
  "conversation.transferred": [dispatch],
  "conversation.resolved": [
    dispatch,
    record,
    rules("conversation.resolved"),
    integrator("conversation_resolved"),
    endSession,
  ],
  "conversation.snoozed": [],
  "conversation.woken": [],
  "conversation.prioritised": [dispatch],
  "conversation.reopened": [],
  "conversation.message_left": [
    rules("conversation.message_left"),
    alert("message_left"),
    {
      job: "tickets.from_message",
      payload: ({ conversationId }, merchantId) => ({ conversationId, merchantId }),
    },
  ],
  "conversation.skill_needed": [dispatch],
  "conversation.rated": [
    record,
    learn,
    rules("conversation.rated"),
    integrator("conversation_rated"),
    {
      ...alert("bad_rating", ({ stars }: FactPayload<"conversation.rated">) => ({ stars })),
      when: ({ stars }) => stars <= BAD_STARS,
    },
  ],
  "ticket.created": [
    tellOfTicket("assigned", ({ subject }: FactPayload<"ticket.created">) => subject),
    // Of a message left they hear as of one.
    {
      ...alertOfTicket("new_ticket"),
      when: ({ priority, source }) => priority !== "urgent" && source !== "offline",
    },
    { ...alertOfTicket("urgent_ticket"), when: ({ priority }) => priority === "urgent" },
  ],
  "ticket.updated": [
    {
      ...tellOfTicket("assigned", ({ subject }: FactPayload<"ticket.updated">) => subject),
      when: ({ fields, assigneeId, by }) => fields.includes("assignee") && assigneeId !== null && assigneeId !== by,
    },
    {
      ...alertOfTicket("urgent_ticket"),
      when: ({ fields, priority }) => fields.includes("priority") && priority === "urgent",
    },
  ],
  "ticket.commented": [tellOfTicket("commented", ({ excerpt }: FactPayload<"ticket.commented">) => excerpt)],
  "team.changed": [dispatch],
  "agent.presence_changed": [dispatch],
  "knowledge.published": [],
  "bot.cases_broke": [tellOfCases, alertOfCases],
  "webhook.received": [
    {
      job: "channel.ingest",
      payload: (payload) => ({ deliveryId: payload.deliveryId }),
      // In the order of arrival for each user; where the sender is not known, for the channel.
      lane: (payload) => `ingest:${payload.channelId}${payload.sender ? `:${payload.sender}` : ""}`,
    },
  ],
  // A reply left in the answer to a webhook: the job finds that out and says so to the agent.
  "webhook.answered": [{ job: "channel.deliver", payload: (payload) => ({ messageId: payload.messageId }) }],
};
