import type { z } from "zod";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { storable } from "@/lib/core/text";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import { getCustomer } from "./queries";
import { type CustomerChange, type CustomerRow, changeCustomer, lockCustomer } from "./repository";
import type { Customer, customerPatch } from "./schema";

type CustomerPatch = z.output<typeof customerPatch>;

/** An emptied field is "not known", so that lists and searches have one way to say it. */
const textOrNull = (value: string | null): string | null => (value === null ? null : storable(value).trim() || null);

function changeOf(patch: CustomerPatch): CustomerChange {
  return {
    ...(patch.name !== undefined && { name: textOrNull(patch.name) }),
    ...(patch.email !== undefined && { email: textOrNull(patch.email) }),
    ...(patch.phone !== undefined && { phone: textOrNull(patch.phone) }),
    ...(patch.city !== undefined && { city: textOrNull(patch.city) }),
    ...(patch.note !== undefined && { note: textOrNull(patch.note) }),
    ...(patch.tags !== undefined && { tags: [...new Set(patch.tags.map(storable))] }),
  };
}

function changedFields(row: CustomerRow, change: CustomerChange): (keyof CustomerChange)[] {
  return (Object.keys(change) as (keyof CustomerChange)[]).filter(
    (field) => JSON.stringify(row[field]) !== JSON.stringify(change[field]),
  );
}

/**
 * Changes a customer's profile; fields left out stay. Saving what is already there writes nothing.
 *
 * @throws AppError not_found `customer_not_found`
 */
export async function updateCustomer(context: Context, id: string, patch: CustomerPatch): Promise<Customer> {
  const merchantId = merchantOf(context);
  const change = changeOf(patch);
  const changed = await context.db.transaction(async (tx) => {
    const row = await lockCustomer(tx, merchantId, id);
    if (!row) {
      throw new AppError("not_found", "customer_not_found");
    }
    const fields = changedFields(row, change);
    if (fields.length === 0) {
      return false;
    }
    await changeCustomer(tx, merchantId, id, change);
    const before = Object.fromEntries(fields.map((field) => [field, row[field]]));
    const after = Object.fromEntries(fields.map((field) => [field, change[field]]));
    await record(tx, context, { action: "customer.updated", targetType: "customer", targetId: id, before, after });
    return true;
  });
  const customer = await getCustomer(context, id);
  if (changed) {
    const { name, tags } = customer;
    publish([realtimeChannel.desk(merchantId)], "customer.updated", { customerId: id, name, tags });
  }
  return customer;
}
