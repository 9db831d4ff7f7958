import type { Executor } from "@/db/client";
import { botTurns } from "@/db/schema/bot";

export type NewTurn = typeof botTurns.$inferInsert;

/** Keeps why a turn was answered as it was; a repeated job keeps the first. */
export async function insertTurn(executor: Executor, values: NewTurn): Promise<void> {
  await executor.insert(botTurns).values(values).onConflictDoNothing();
}
