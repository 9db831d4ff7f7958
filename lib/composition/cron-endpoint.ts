import { equalInConstantTime } from "@/lib/platform/crypto/sign";
import { env } from "@/lib/platform/env/env";
import { runDueJobs } from "./worker";

/** Runs the jobs that are due, for platforms where no worker lives. Needs the cron secret as a bearer token. */
export async function cronEndpoint(request: Request): Promise<Response> {
  const secret = env().CRON_SECRET;
  const given = request.headers.get("authorization") ?? "";
  if (!secret || !equalInConstantTime(given, `Bearer ${secret}`)) {
    return new Response(null, { status: 401 });
  }
  await runDueJobs();
  return Response.json({ ok: true });
}
