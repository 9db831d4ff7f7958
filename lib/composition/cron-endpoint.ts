import { isInstalled } from "@/lib/identity/install-service";
import { equalInConstantTime } from "@/lib/platform/crypto/sign";
import { database } from "@/lib/platform/database/database";
import { env } from "@/lib/platform/env/env";
import { flushTraces } from "@/lib/platform/tracing/tracing";
import { queueRecurring } from "./recurring";
import { runDueJobs } from "./worker";

/**
 * Runs the jobs that are due, recurring ones included, for platforms where no worker lives. Needs the cron secret as a
 * bearer token. Before the installation is set up there is nothing to do, and perhaps not even a table.
 */
export async function cronEndpoint(request: Request): Promise<Response> {
  const secret = env().CRON_SECRET;
  const given = request.headers.get("authorization") ?? "";
  if (!secret || !equalInConstantTime(given, `Bearer ${secret}`)) {
    return new Response(null, { status: 401 });
  }
  if (await isInstalled(database())) {
    await queueRecurring(database(), new Date());
    await runDueJobs();
    await flushTraces();
  }
  return Response.json({ ok: true });
}
