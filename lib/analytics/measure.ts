/** What happened in a conversation, as far as it is measured. Times in milliseconds since 1970, in order. */
export interface Story {
  readonly startedAt: number;
  readonly resolvedAt: number | null;
  readonly assigneeId: string | null;
  /** Public messages of visitor, agents and bot; the product's own lines are left out. */
  readonly messages: readonly {
    readonly author: "visitor" | "agent" | "bot";
    readonly agentId: string | null;
    readonly at: number;
  }[];
  readonly queuedAt: readonly number[];
  readonly assigned: readonly { readonly agentId: string | null; readonly at: number }[];
  readonly rating: { readonly stars: number; readonly agentId: string | null; readonly at: number } | null;
}

/** Kinds of `metric_facts`; spans in seconds, `rating` in stars, the rest counted. */
export const METRIC_KINDS = [
  "wait",
  "first_response",
  "response",
  "resolution",
  "bot_contained",
  "handed_off",
  "messages",
  "rating",
] as const;
export type MetricKind = (typeof METRIC_KINDS)[number];

export interface Measured {
  readonly kind: MetricKind;
  readonly agentId: string | null;
  readonly value: number;
  readonly at: number;
  /** Where the span began, for those that are spans; it ends at `at`. */
  readonly since?: number;
}

/** Every time zone's day begins on a quarter hour, so that counts by quarter add up to any merchant's days. */
const QUARTER_MS = 15 * 60_000;

const seconds = (from: number, to: number): number => Math.max(0, (to - from) / 1_000);

function waits(story: Story): Measured[] {
  return story.queuedAt.flatMap((queued, index) => {
    const next = story.queuedAt[index + 1] ?? Number.POSITIVE_INFINITY;
    const taken = story.assigned.find((one) => one.at >= queued && one.at < next);
    return taken
      ? [
          {
            kind: "wait" as const,
            agentId: taken.agentId,
            value: seconds(queued, taken.at),
            at: taken.at,
            since: queued,
          },
        ]
      : [];
  });
}

/**
 * Each answer of a person, counted from the oldest word that nobody had answered. The first one also counts from the
 * moment a person was asked for, where that was earlier: that is what the customer waited.
 */
function responses(story: Story): Measured[] {
  const measured: Measured[] = [];
  let openSince: number | undefined;
  let first = true;
  for (const message of story.messages) {
    if (message.author === "visitor") {
      openSince ??= message.at;
      continue;
    }
    if (message.author === "agent") {
      const asked = first ? story.queuedAt.find((queued) => queued <= message.at) : undefined;
      const since = Math.min(openSince ?? Number.POSITIVE_INFINITY, asked ?? Number.POSITIVE_INFINITY);
      if (Number.isFinite(since)) {
        const answer = { agentId: message.agentId, value: seconds(since, message.at), at: message.at, since };
        measured.push(...(first ? [{ kind: "first_response" as const, ...answer }] : []), {
          kind: "response",
          ...answer,
        });
      }
      first = false;
    }
    openSince = undefined;
  }
  return measured;
}

function messageCounts(story: Story): Measured[] {
  const counts = new Map<number, number>();
  for (const { at } of story.messages) {
    const quarter = Math.floor(at / QUARTER_MS) * QUARTER_MS;
    counts.set(quarter, (counts.get(quarter) ?? 0) + 1);
  }
  return [...counts].map(([at, value]) => ({ kind: "messages", agentId: null, value, at }));
}

function ending(story: Story): Measured[] {
  if (story.resolvedAt === null) {
    return [];
  }
  const at = story.resolvedAt;
  const person =
    story.assigned.length > 0 || story.queuedAt.length > 0 || story.messages.some(({ author }) => author === "agent");
  return [
    { kind: "resolution", agentId: story.assigneeId, value: seconds(story.startedAt, at), at, since: story.startedAt },
    ...(person ? [] : [{ kind: "bot_contained" as const, agentId: null, value: 1, at }]),
  ];
}

/**
 * The facts of one conversation (features.md N1, N2): wait (asked for a person → taken), first response and every
 * response of a person, resolution (began → solved), contained by the bot, handed off, messages by quarter hour, stars.
 * Pure: the same story always gives the same facts, so that recording them again replaces them.
 */
export function measure(story: Story): Measured[] {
  const asked = story.queuedAt[0];
  return [
    ...waits(story),
    ...responses(story),
    ...ending(story),
    ...(asked === undefined ? [] : [{ kind: "handed_off" as const, agentId: null, value: 1, at: asked }]),
    ...messageCounts(story),
    ...(story.rating
      ? [{ kind: "rating" as const, agentId: story.rating.agentId, value: story.rating.stars, at: story.rating.at }]
      : []),
  ];
}
