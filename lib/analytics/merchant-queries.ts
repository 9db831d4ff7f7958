import type { MerchantRow } from "@/lib/identity/merchant-contracts";
import type { Context } from "@/lib/platform/context";
import { readFigures } from "./day-queries";
import { figuresOf, plusDays, today } from "./report-queries";

/** A merchant's figures of its last days, today included, in its own time zone. */
export async function merchantFigures(
  context: Context,
  merchant: { readonly id: string; readonly timezone: string },
  days: number,
): Promise<MerchantRow["figures"]> {
  const to = today(context.now(), merchant.timezone);
  const scope = { merchantId: merchant.id, zone: merchant.timezone, from: plusDays(to, 1 - days), to };
  const { conversations, messages, resolutionRate, containment, satisfaction, spans } = figuresOf(
    await readFigures(context.db, scope),
    0,
    false,
  );
  return {
    conversations,
    messages,
    resolutionRate,
    containment,
    satisfaction,
    firstResponseMedian: spans.first_response.median,
  };
}
