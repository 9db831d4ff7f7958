import type { WecomConfig } from "./schema";

/** A customer on one of the corp's customer service accounts. */
export interface CustomerAddress {
  readonly account: string;
  readonly externalUserId: string;
}

/**
 * How the channel knows a customer: by the platform's id alone where it has one account, else together with the account,
 * for a reply has to leave from the account that was written to.
 */
export function customerIdOf({ openKfId }: WecomConfig, { account, externalUserId }: CustomerAddress): string {
  return openKfId === "" ? `${account}/${externalUserId}` : externalUserId;
}

/** The other way round. */
export function addressOf({ openKfId }: WecomConfig, customerId: string): CustomerAddress {
  const at = customerId.indexOf("/");
  return at < 0
    ? { account: openKfId, externalUserId: customerId }
    : { account: customerId.slice(0, at), externalUserId: customerId.slice(at + 1) };
}
