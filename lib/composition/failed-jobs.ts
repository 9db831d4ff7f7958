import { type SQL, sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import type { FailedJob } from "@/lib/platform/jobs/failed-jobs-contracts";

type Reader = Context<ActorOf<"agent">>;

const MOST = 200;

/** Failed jobs whose payload names the caller's merchant or something of theirs; the platform's people see all. */
function visible(merchantId: string): SQL {
  // One without an error was replaced by a newer one with its key while a process that is gone held it: nothing failed.
  return sql`j.attempts >= j.max_attempts and j.locked_at is null and j.last_error is not null and (
    exists (select 1 from merchants where id = ${merchantId} and kind = 'platform')
    or j.payload ->> 'merchantId' = ${merchantId}
    or exists (select 1 from conversations c where c.id = j.payload ->> 'conversationId' and c.merchant_id = ${merchantId})
    or exists (select 1 from channels h where h.id = j.payload ->> 'channelId' and h.merchant_id = ${merchantId}))`;
}

/** Jobs of the caller's merchant that have no try left, newest first. */
export async function listFailedJobs(context: Reader): Promise<FailedJob[]> {
  return rowsOf<FailedJob & Record<string, unknown>>(
    context.db,
    sql`select j.id::text, t.identifier as name, j.attempts::int,
        left(split_part(coalesce(j.last_error, ''), E'\n', 1), 300) as error,
        j.payload ->> 'conversationId' as "conversationId",
        to_char(j.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "failedAt"
      from (
        select j.* from graphile_worker._private_jobs j
        where ${visible(context.actor.merchantId)} order by j.updated_at desc limit ${MOST}) j
      join graphile_worker._private_tasks t on t.id = j.task_id order by j.updated_at desc`,
  );
}

/** Gives a failed job all its tries again, from now. @throws AppError not_found `job_not_found` */
export async function retryJob(context: Reader, id: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const [job] = /^\d{1,18}$/.test(id)
      ? await rowsOf<{ name: string }>(
          tx,
          sql`select t.identifier as name from graphile_worker._private_jobs j
              join graphile_worker._private_tasks t on t.id = j.task_id
              where j.id = ${id}::bigint and ${visible(context.actor.merchantId)} for update of j`,
        )
      : [];
    if (!job) {
      throw new AppError("not_found", "job_not_found");
    }
    await rowsOf(tx, sql`select graphile_worker.reschedule_jobs(array[${id}::bigint], run_at => now(), attempts => 0)`);
    await record(tx, context, { action: "job.retried", targetType: "job", targetId: id, after: { name: job.name } });
  });
}
