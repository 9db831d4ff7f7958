import type { z } from "zod";
import type { Report, SpanFigures } from "@/lib/analytics/report-contracts";
import { getReport } from "@/lib/analytics/report-queries";
import { AppError } from "@/lib/core/errors";
import type { getStats } from "./contracts";
import type { KeyContext } from "./users";

type Stats = z.output<typeof getStats.result>;

const DAYS = { d: 1, w: 7, m: 30 } as const;
const MOST_DAYS = 366;

/** How many days a period of the caller's means. @throws AppError unprocessable for more than a year */
function daysOf(period: string): number {
  const [, number = "1", unit = "d"] = /^(\d+)([dwm])$/.exec(period) ?? [];
  const days = Number(number) * DAYS[unit as keyof typeof DAYS];
  if (days > MOST_DAYS) {
    throw new AppError("unprocessable", "report_range", { fields: [{ path: "query.period", reason: "report_range" }] });
  }
  return days;
}

const spanOf = ({ count, mean, median, p95 }: SpanFigures) => ({ count, average: mean, median, p95 });

const agentOf = ({ agentId, name, resolved, responseMedian, satisfaction }: Report["agents"][number]) => ({
  id: agentId,
  name,
  resolved,
  response_time: responseMedian,
  satisfaction,
});

/** The merchant's numbers of a period, by the names of seed 003. @throws AppError unprocessable */
export async function statsOf(context: KeyContext, period: string): Promise<Omit<Stats, "code">> {
  const { current, from, to, timeZone, channels, agents, daily } = await getReport(context, { days: daysOf(period) });
  return {
    period,
    from,
    to,
    time_zone: timeZone,
    conversations: current.conversations,
    messages: current.messages,
    visitors: current.visitors,
    response_time: spanOf(current.spans.response),
    first_response_time: spanOf(current.spans.first_response),
    resolution_time: spanOf(current.spans.resolution),
    resolution_rate: current.resolutionRate,
    bot_rate: current.containment,
    satisfaction: current.satisfaction,
    ratings: current.ratings,
    channels: channels.map(({ key, name, count }) => ({ id: key, name, count })),
    agents: agents.map(agentOf),
    trend: daily.map(({ day, bot, person, nobody }) => ({ date: day, conversations: bot + person + nobody })),
  };
}
