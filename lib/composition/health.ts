import { sql } from "drizzle-orm";
import { database } from "@/lib/platform/database/database";
import { longestStall } from "@/lib/platform/metrics/event-loop";
import { usesHostedRealtime } from "@/lib/platform/realtime/publish";
import { getRealtimeHub } from "@/lib/platform/realtime/server/hub-singleton";

/** Longest that health waits for the database, in milliseconds: a monitor wants an answer, not patience. */
const PATIENCE_MS = 2_000;

async function databaseCheck(): Promise<{ ok: boolean; latencyMs: number | null }> {
  const started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error("timeout")), PATIENCE_MS);
  });
  try {
    await Promise.race([database().execute(sql`select 1`), late]);
    return { ok: true, latencyMs: Math.round((performance.now() - started) * 10) / 10 };
  } catch {
    return { ok: false, latencyMs: null };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * `GET /api/health`: 200 while the product can serve, 503 when the database is gone. `degraded` (still 200) while the
 * process stood still within the last half minute (reliability.md T28). Open, and says no secret.
 */
export async function healthResponse(): Promise<Response> {
  const check = await databaseCheck();
  const hub = getRealtimeHub();
  const stallMs = longestStall();
  const body = {
    status: !check.ok ? "unavailable" : stallMs === null ? "ok" : "degraded",
    timestamp: Math.floor(Date.now() / 1000),
    service: "yingda",
    checks: {
      database: check,
      eventLoop: { ok: stallMs === null, longestStallMs: stallMs },
      realtime: { ok: usesHostedRealtime() || hub !== undefined, mode: usesHostedRealtime() ? "hosted" : "embedded" },
    },
  };
  return new Response(JSON.stringify(body), {
    status: check.ok ? 200 : 503,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  });
}
