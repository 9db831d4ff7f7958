/** What tells two copies of one message apart. */
export interface MessageVersion {
  readonly recalledAt: string | null;
  readonly delivery: "queued" | "sent" | "delivered" | "failed";
  /** What was translated stays so. */
  readonly translations?: Readonly<Record<string, unknown>> | undefined;
}

const translated = ({ translations = {} }: MessageVersion): number => Object.keys(translations).length;

/** What failed may be sent again, so neither of the two is the later one for good. */
const PROGRESS = { queued: 0, sent: 1, failed: 1, delivered: 2 } as const;

/**
 * Of two copies of one message the one to show. The copy that came last wins, except over what is final: words that were
 * taken back do not come back, a translation does not go, and a delivery does not go back. Pushes and answers to requests overtake each other (T23),
 * so the copy that came last may be the older one.
 */
export function newerMessage<Version extends MessageVersion>(known: Version, incoming: Version): Version {
  const isStale =
    (known.recalledAt !== null && incoming.recalledAt === null) ||
    (incoming.recalledAt === null && translated(incoming) < translated(known)) ||
    PROGRESS[incoming.delivery] < PROGRESS[known.delivery];
  return isStale ? known : incoming;
}
