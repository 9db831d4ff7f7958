import type { Executor } from "@/db/client";
import type { PageContext } from "@/db/schema/conversations";
import { placeOf, shortened } from "@/lib/platform/places/places";
import { readSettings } from "@/lib/settings/service";
import { privacySettings } from "./privacy-settings-schema";

/** What a conversation keeps of where it began, as far as the merchant's settings allow. */
export async function visitOrigin(
  executor: Executor,
  merchantId: string,
  address: string | null,
): Promise<Pick<PageContext, "ip" | "place">> {
  if (!address) {
    return {};
  }
  const allowed = await readSettings(executor, merchantId, privacySettings);
  const place = allowed.place ? placeOf(address) : undefined;
  return {
    ...(allowed.address !== "none" && { ip: allowed.address === "full" ? address : shortened(address) }),
    ...(place && { place }),
  };
}
