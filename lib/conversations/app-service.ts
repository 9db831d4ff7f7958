import { findChannel } from "@/lib/channels/lookup-queries";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { identifyCustomer } from "@/lib/customers/identify-service";
import type { Context } from "@/lib/platform/context";
import type { ConversationRow } from "./rows";
import type { Message } from "./schema";
import { postVisitorMessage } from "./visitor-service";

type Integrator = Context<ActorOf<"key">>;

/** A user as the integrator's own system knows them: the key vouches for it, as a platform's signature does elsewhere. */
export interface AppUser {
  readonly id: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/**
 * A context that acts as this user on the channel; their profile is made when they are new.
 *
 * @throws AppError not_found for a channel that is not the key's merchant's
 */
export async function asAppUser(
  context: Integrator,
  channelId: string,
  user: AppUser,
): Promise<Context<ActorOf<"visitor">>> {
  const { merchantId } = context.actor;
  const channel = await findChannel(context.db, channelId);
  if (channel?.merchantId !== merchantId) {
    throw new AppError("not_found", "channel_not_found");
  }
  const { customerId, identityId } = await context.db.transaction((tx) =>
    identifyCustomer(
      tx,
      { merchantId, channelId, externalId: user.id, verified: true, name: user.name, email: user.email },
      context.now(),
    ),
  );
  // The address is the integrator's server, not the user's.
  return { ...context, ip: null, actor: { kind: "visitor", merchantId, channelId, customerId, identityId } };
}

/**
 * What a user of the integrator's app said. The same `id` again gives the first message back, also when it came by
 * webhook before.
 *
 * @param input.id the integrator's own id of the message; without one each call is a message
 * @throws AppError not_found; forbidden `channel_disabled`; invalid `message_empty` | `message_too_long` | `file_unknown`
 */
export async function takeAppMessage(
  context: Integrator,
  channelId: string,
  input: { readonly id?: string | undefined; readonly user: AppUser; readonly text: string },
): Promise<{ message: Message; conversation: ConversationRow }> {
  const user = await asAppUser(context, channelId, input.user);
  return postVisitorMessage(user, {
    clientId: input.id ? `in:${input.id}` : newId("client", context.now()),
    parts: [{ type: "text", text: input.text }],
  });
}
