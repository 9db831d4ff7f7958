import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import type { StoredPart } from "@/db/schema/conversations";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { mayActForOthers } from "./policy";
import { textArray } from "./repository";
import type { SentPart } from "./schema";

type Author = ActorOf<"agent"> | ActorOf<"key">;

/** Most colleagues that one note calls. */
const MOST = 20;

/** Whom an internal note is for, as parts of it. */
export interface Mentions {
  readonly parts: readonly StoredPart[];
  /** Called by name. */
  readonly agentIds: readonly string[];
  /** The assignee whom a supervisor advises. */
  readonly whisperTo: string | null;
}

/** What a supervisor says to the one who has the conversation, without the customer. */
async function whisperOf(executor: Executor, actor: Author, conversationId: string): Promise<StoredPart> {
  if (actor.kind !== "agent" || !mayActForOthers(actor.role)) {
    throw new AppError("forbidden", "forbidden");
  }
  const [assignee] = await rowsOf<{ id: string; name: string }>(
    executor,
    sql`select m.id, u.name from conversations c
          join memberships m on m.id = c.assignee_id join users u on u.id = m.user_id
        where c.id = ${conversationId} and c.merchant_id = ${actor.merchantId} and m.id <> ${actor.agentId}`,
  );
  if (!assignee) {
    throw new AppError("conflict", "whisper_nobody");
  }
  return { type: "whisper", agentId: assignee.id, name: assignee.name };
}

/**
 * @throws AppError invalid `mention_unknown` for somebody who does not work at this merchant; forbidden for a whisper of
 * somebody who is no supervisor; conflict `whisper_nobody` when nobody else has the conversation
 */
export async function mentionsOf(
  executor: Executor,
  actor: Author,
  conversationId: string,
  sent: readonly SentPart[],
): Promise<Mentions> {
  const whisper = sent.some((part) => part.type === "whisper")
    ? await whisperOf(executor, actor, conversationId)
    : undefined;
  const ids = [...new Set(sent.flatMap((part) => (part.type === "mention" ? [part.agentId] : [])))].slice(0, MOST);
  const found =
    ids.length === 0
      ? []
      : await rowsOf<{ id: string; name: string }>(
          executor,
          sql`select m.id, u.name from memberships m join users u on u.id = m.user_id
              where m.id = any(${textArray(ids)}) and m.merchant_id = ${actor.merchantId}
                and not m.disabled and not u.disabled`,
        );
  if (found.length < ids.length) {
    throw new AppError("invalid", "mention_unknown");
  }
  const called = found.map(({ id, name }) => ({ type: "mention", agentId: id, name }));
  return {
    agentIds: ids,
    parts: [...(whisper ? [whisper] : []), ...called],
    whisperTo: whisper ? String(whisper["agentId"]) : null,
  };
}
