import type { Drill, DrillQuery } from "@/lib/analytics/report-contracts";

/** The days, and whose, that a figure counts. */
export type DrillRange = Required<Pick<DrillQuery, "from" | "to">> & Pick<DrillQuery, "channelId" | "agentId">;
/** The part of a figure that is pointed at: an hour of the week, a source, one star. */
export type DrillPart = Partial<Omit<DrillQuery, "metric" | "cursor" | "limit">>;
export type DrillAddress = (metric: Drill, part?: DrillPart) => string;

/** The page with the conversations behind figures of a range. */
export function drillInto(range: DrillRange): DrillAddress {
  return (metric, part = {}) => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...range, metric, ...part })) {
      if (value !== undefined) {
        search.set(name, String(value));
      }
    }
    return `/admin/reports/conversations?${search}`;
  };
}
