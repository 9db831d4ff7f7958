import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { equalInConstantTime } from "@/lib/platform/crypto/sign";
import { database } from "@/lib/platform/database/database";
import { env } from "@/lib/platform/env/env";
import { clientIp } from "@/lib/platform/http/client-ip";
import { log } from "@/lib/platform/log/log";
import { longestStall } from "@/lib/platform/metrics/event-loop";
import { type Metric, prometheusText } from "@/lib/platform/metrics/prometheus-text";
import { BUCKETS, requestSeries } from "@/lib/platform/metrics/request-metrics";
import { getRealtimeHub } from "@/lib/platform/realtime/server/hub-singleton";

interface Counted extends Record<string, unknown> {
  readonly name: string;
  readonly label: string;
  readonly value: number;
}

/** What only the database knows, in one read of small and indexed things. */
async function stored(): Promise<Counted[]> {
  return rowsOf<Counted>(
    database(),
    sql`select 'queue' as name, '' as label, count(*)::int as value from conversations where status = 'queued'
      union all
      select 'wait', '', coalesce(extract(epoch from now() - min(queued_at)), 0)::float8 from conversations where status = 'queued'
      union all
      select 'agents', presence::text, count(*)::int from memberships where not disabled group by presence
      union all
      select 'jobs', case when attempts >= max_attempts then 'failed' when locked_at is not null then 'running'
          when run_at > now() then 'scheduled' else 'waiting' end, count(*)::int
        from graphile_worker._private_jobs group by 2
      union all
      select 'deliveries', outcome, count(*)::int from webhook_deliveries
        where created_at > now() - interval '1 hour' group by 2`,
  );
}

function requestMetrics(): Metric[] {
  const series = requestSeries();
  return [
    {
      name: "yingda_request_seconds",
      help: "How long requests took, by operation and family of status",
      type: "histogram",
      samples: series.flatMap(({ operation, status, count, sumSeconds, buckets }) => {
        const labels = { operation, status };
        return [
          ...BUCKETS.map((bound, index) => ({
            suffix: "_bucket",
            labels: { ...labels, le: String(bound) },
            value: buckets[index] ?? 0,
          })),
          { suffix: "_bucket", labels: { ...labels, le: "+Inf" }, value: count },
          { suffix: "_sum", labels, value: sumSeconds },
          { suffix: "_count", labels, value: count },
        ];
      }),
    },
  ];
}

function gauge(name: string, help: string, samples: Metric["samples"]): Metric {
  return { name, help, type: "gauge", samples };
}

function storedMetrics(rows: readonly Counted[]): Metric[] {
  const of = (name: string, label?: string) =>
    rows
      .filter((row) => row.name === name)
      .map((row) => ({ value: Number(row.value), ...(label === undefined ? {} : { labels: { [label]: row.label } }) }));
  return [
    gauge("yingda_queue_length", "Conversations that wait for a person", of("queue")),
    gauge("yingda_queue_longest_wait_seconds", "How long the first in line has waited", of("wait")),
    gauge("yingda_agents", "Agents by presence", of("agents", "presence")),
    gauge("yingda_jobs", "Jobs by state; failed ones have no try left", of("jobs", "state")),
    gauge(
      "yingda_channel_deliveries",
      "What channels delivered in the last hour, by outcome",
      of("deliveries", "outcome"),
    ),
  ];
}

function processMetrics(): Metric[] {
  const hub = getRealtimeHub();
  return [
    gauge("yingda_realtime_connections", "Open realtime connections of this process", [
      { value: hub?.stats().connections ?? 0 },
    ]),
    gauge("yingda_event_loop_stall_seconds", "Longest that this process stood still in the last half minute", [
      { value: (longestStall() ?? 0) / 1_000 },
    ]),
    gauge("process_resident_memory_bytes", "Resident memory", [{ value: process.memoryUsage().rss }]),
    gauge("process_start_time_seconds", "When the process began, since 1970", [
      { value: Math.round(Date.now() / 1_000 - process.uptime()) },
    ]),
  ];
}

/** With METRICS_TOKEN whoever brings it; without one only this machine itself. */
function mayRead(request: Request): boolean {
  const { METRICS_TOKEN } = env();
  const bearer = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  if (METRICS_TOKEN) {
    return equalInConstantTime(bearer, METRICS_TOKEN);
  }
  const ip = clientIp(request.headers);
  return ip === "127.0.0.1" || ip === "::1" || ip === "::ffff:127.0.0.1";
}

/** `GET /api/metrics` for Prometheus (features.md P9). Numbers only: no name, no address, no word of anybody. */
export async function metricsResponse(request: Request): Promise<Response> {
  if (!mayRead(request)) {
    return new Response("forbidden\n", { status: 403, headers: { "content-type": "text/plain; charset=utf-8" } });
  }
  const rows = await stored().catch((error: unknown) => {
    log().warn({ reason: String(error) }, "metrics without the database");
    return undefined;
  });
  const up = gauge("yingda_database_up", "1 while the database answers", [{ value: rows ? 1 : 0 }]);
  const metrics = [up, ...(rows ? storedMetrics(rows) : []), ...requestMetrics(), ...processMetrics()];
  return new Response(prometheusText(metrics), {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
  });
}
