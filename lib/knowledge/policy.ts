import type { Actor } from "@/lib/core/actor";
import { roleMay, scopesMay } from "@/lib/identity/permissions";
import type { Audience } from "./schema";

/** When, where and to whom an entry may be told; times in milliseconds since 1970. */
export interface Limits {
  readonly validFrom: number | null;
  readonly validUntil: number | null;
  /** Empty: every channel. */
  readonly channelIds: readonly string[];
  readonly audience: Audience;
}

/** Who reads, where, and when. */
export interface Reader {
  readonly audience: Audience;
  /** Null: in no channel. An agent then sees what is told in any; a customer only what is told in all. */
  readonly channelId: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const RANK: Record<Audience, number> = { everyone: 0, customers: 1, agents: 2 };

/** The limits among an entry's fields; one that is not said is none. */
export function limitsOf(fields: Partial<Limits>): Limits {
  const { validFrom = null, validUntil = null, channelIds = [], audience = "everyone" } = fields;
  return { validFrom, validUntil, channelIds, audience };
}

/** The limits of a row. */
export function limitsOfRow(row: {
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  readonly channelIds: readonly string[];
  readonly audience: Audience;
}): Limits {
  const { validFrom, validUntil, channelIds, audience } = row;
  return { validFrom: validFrom?.getTime() ?? null, validUntil: validUntil?.getTime() ?? null, channelIds, audience };
}

/** True for an entry without any limit: nearly all are. */
export function isUnlimited({ validFrom, validUntil, channelIds, audience }: Limits): boolean {
  return validFrom === null && validUntil === null && channelIds.length === 0 && audience === "everyone";
}

/**
 * Whether a published entry may be told to this reader now. The first moment of its validity counts, the last does not:
 * "until midnight" ends at midnight.
 */
export function isVisible(limits: Limits, reader: Reader): boolean {
  const { validFrom, validUntil, channelIds, audience } = limits;
  return (
    RANK[reader.audience] >= RANK[audience] &&
    (validFrom === null || reader.at >= validFrom) &&
    (validUntil === null || reader.at < validUntil) &&
    (channelIds.length === 0 ||
      (reader.channelId === null ? reader.audience === "agents" : channelIds.includes(reader.channelId)))
  );
}

/** The one of two that may be told less; the first when there is no second. */
export function lesser(own: Audience, other: Audience | undefined): Audience {
  return other !== undefined && RANK[other] < RANK[own] ? other : own;
}

/** Whether the actor's word makes an entry public; who may not, hands in drafts. */
export function mayPublish(actor: Actor): boolean {
  switch (actor.kind) {
    case "agent":
      return roleMay(actor.role, "knowledge.write");
    case "key":
      return scopesMay(actor.scopes, "knowledge.write");
    default:
      return actor.kind === "system";
  }
}

/** Whether the actor may change what the platform shares with all: its administrators, its programs, its own jobs. */
export function mayShare(actor: Actor): boolean {
  return actor.kind === "agent" ? actor.role === "admin" : mayPublish(actor);
}

/** What an actor is by itself: people who work there see all, programs and strangers what everyone may know. */
export function audienceOf(actor: Actor): Audience {
  switch (actor.kind) {
    case "agent":
      return "agents";
    case "bot":
      return actor.signedIn ? "customers" : "everyone";
    default:
      return "everyone";
  }
}

/** The channel an actor is in, if it is in one. */
export function channelOf(actor: Actor): string | null {
  return actor.kind === "visitor" || actor.kind === "bot" ? (actor.channelId ?? null) : null;
}
