import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import { readSettings } from "@/lib/settings/service";
import { type BusinessHours, isOpen, nextOpening } from "./business-hours-queries";
import { businessHoursSettings, routingSettings } from "./settings-schema";

/** Whether a visitor who asks for a person now gets into the line (R1, R4). */
export type Availability =
  | { readonly kind: "open" }
  | {
      readonly kind: "closed";
      /** False: they are asked to leave a message instead. */
      readonly mayQueue: boolean;
      /** When people answer again, as the merchant's clock shows it (`11-23 09:00`); null when not within two months. */
      readonly opens: string | null;
      readonly hours: BusinessHours;
    }
  | { readonly kind: "full" };

function onTheirClock(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((found) => found.type === type)?.value ?? "";
  return `${part("month")}-${part("day")} ${part("hour")}:${part("minute")}`;
}

/** Business hours first, then the length of the line. */
export async function availabilityOf(executor: Executor, merchantId: string, at: Date): Promise<Availability> {
  const hours = await readSettings(executor, merchantId, businessHoursSettings);
  if (hours.enabled) {
    const [merchant] = await rowsOf<{ timezone: string }>(
      executor,
      sql`select timezone from merchants where id = ${merchantId}`,
    );
    const timeZone = merchant?.timezone ?? "Asia/Shanghai";
    if (!isOpen(hours, timeZone, at)) {
      const opening = nextOpening(hours, timeZone, at);
      const opens = opening && onTheirClock(opening, timeZone);
      return { kind: "closed", mayQueue: hours.outOfHours === "queue", opens, hours };
    }
  }
  const { maximumQueue } = await readSettings(executor, merchantId, routingSettings);
  if (maximumQueue === 0) {
    return { kind: "open" };
  }
  const [line] = await rowsOf<{ waiting: number }>(
    executor,
    sql`select count(*)::int as waiting from (
          select 1 from conversations where merchant_id = ${merchantId} and status = 'queued' limit ${maximumQueue}) line`,
  );
  return (line?.waiting ?? 0) >= maximumQueue ? { kind: "full" } : { kind: "open" };
}
