import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";

/**
 * Keeps what a customer said about messages of a template: each yes is good for one message, a no ends what was left.
 * Told late or twice, it changes nothing.
 */
export async function keepConsent(
  executor: Executor,
  said: {
    readonly identityId: string;
    readonly templateId: string;
    readonly accepted: boolean;
    readonly at: Date;
  },
): Promise<void> {
  const { identityId, templateId, accepted } = said;
  await rowsOf(
    executor,
    sql`
    insert into template_consents (identity_id, template_id, accepted, remaining, at)
    values (${identityId}, ${templateId}, ${accepted}, ${accepted ? 1 : 0}, ${said.at.toISOString()}::timestamptz)
    on conflict (identity_id, template_id) do update set accepted = excluded.accepted, at = excluded.at,
      remaining = case when excluded.accepted then template_consents.remaining + 1 else 0 end
      where template_consents.at < excluded.at`,
  );
}

/** Takes one message from what the customer agreed to. */
export async function spendConsent(executor: Executor, conversationId: string, templateId: string): Promise<void> {
  await rowsOf(
    executor,
    sql`
    update template_consents t set remaining = greatest(t.remaining - 1, 0) from conversations c
    where c.id = ${conversationId} and t.identity_id = c.identity_id and t.template_id = ${templateId}`,
  );
}

/** Messages of each template that the customer agreed to and did not get yet. */
export async function consentsOf(executor: Executor, identityId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await rowsOf<{ template_id: string; remaining: number }>(
    executor,
    sql`select template_id, remaining from template_consents where identity_id = ${identityId} and accepted`,
  );
  return new Map(rows.map(({ template_id: id, remaining }) => [id, remaining]));
}
