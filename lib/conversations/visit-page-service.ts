import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { PageContext } from "@/db/schema/conversations";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";

/** What changes while a visitor looks around; where they came from and with what stays as it was first told. */
const MOVING = ["url", "title"] as const;

/** What a page told of itself, as it is kept: only what is there, and nothing that is none of a page's. */
export function pageOf({ greeted: _, ...page }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(page).filter(([, value]) => value !== undefined && value !== ""));
}

/**
 * Keeps the page that the visitor looks at now and tells the agents who look at the conversation (V12). Only the last
 * page is kept, not the way there.
 *
 * @throws AppError not_found `conversation_not_found`
 */
export async function visitorMovedOn(
  context: Context<ActorOf<"visitor">>,
  id: string,
  told: Omit<PageContext, "ip" | "place"> & { readonly greeted?: boolean | undefined },
): Promise<void> {
  const { actor } = context;
  const page = pageOf(told);
  const now = Object.fromEntries(MOVING.flatMap((name) => (page[name] ? [[name, page[name]]] : [])));
  const rows = await rowsOf(
    context.db,
    sql`update conversations
        set context = ${JSON.stringify(page)}::text::jsonb || context || ${JSON.stringify(now)}::text::jsonb
        where id = ${id} and merchant_id = ${actor.merchantId} and customer_id = ${actor.customerId}
        returning id`,
  );
  if (rows.length === 0) {
    throw new AppError("not_found", "conversation_not_found");
  }
  publish([realtimeChannel.conversation(id)], "page.changed", { conversationId: id });
}
