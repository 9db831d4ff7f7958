import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import {
  averageStars,
  countTickets,
  findCustomer,
  findIdentity,
  selectHistory,
  selectIdentities,
  selectPages,
} from "./repository";
import type { Customer } from "./schema";
import { toCustomer } from "./serialize";

/** Whether a channel knows for sure who an identity is: signed by the shop's own site, or told by a platform. */
export async function isSignedIn({ db }: Context, identityId: string): Promise<boolean> {
  return (await findIdentity(db, identityId))?.verified === true;
}

/** A customer of the caller's merchant, with identities and history. @throws AppError not_found `customer_not_found` */
export async function getCustomer(context: Context, id: string): Promise<Customer> {
  const merchantId = merchantOf(context);
  const row = await findCustomer(context.db, merchantId, id);
  if (!row) {
    throw new AppError("not_found", "customer_not_found");
  }
  const [identities, history, pages, satisfactionScore, ticketsCount] = await Promise.all([
    selectIdentities(context.db, id),
    selectHistory(context.db, id),
    selectPages(context.db, id),
    averageStars(context.db, merchantId, id),
    countTickets(context.db, merchantId, id),
  ]);
  return toCustomer(row, { identities, history, pages, satisfactionScore, ticketsCount, now: context.now() });
}
