import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import type { StoredPart } from "@/db/schema/conversations";
import { AppError } from "@/lib/core/errors";
import { textArray } from "./repository";
import type { SentPart } from "./schema";

/** Most colleagues that one note calls. */
const MOST = 20;

/** The colleagues that a note calls, as parts of it. */
export interface Mentions {
  readonly parts: readonly StoredPart[];
  readonly agentIds: readonly string[];
}

/** @throws AppError invalid `mention_unknown` for somebody who does not work at this merchant */
export async function mentionsOf(executor: Executor, merchantId: string, sent: readonly SentPart[]): Promise<Mentions> {
  const ids = [...new Set(sent.flatMap((part) => (part.type === "mention" ? [part.agentId] : [])))].slice(0, MOST);
  if (ids.length === 0) {
    return { parts: [], agentIds: [] };
  }
  const found = await rowsOf<{ id: string; name: string }>(
    executor,
    sql`select m.id, u.name from memberships m join users u on u.id = m.user_id
        where m.id = any(${textArray(ids)}) and m.merchant_id = ${merchantId} and not m.disabled and not u.disabled`,
  );
  if (found.length < ids.length) {
    throw new AppError("invalid", "mention_unknown");
  }
  return { agentIds: ids, parts: found.map(({ id, name }) => ({ type: "mention", agentId: id, name })) };
}
