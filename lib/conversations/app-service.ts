import { mediaAt } from "@/lib/channels/adapter";
import { bindAdapter } from "@/lib/channels/bind-service";
import { type ChannelFacts, findChannel } from "@/lib/channels/lookup-queries";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { knownCustomer } from "@/lib/customers/identify-queries";
import { identifyCustomer } from "@/lib/customers/identify-service";
import { passOnFiles } from "@/lib/files/service";
import type { Context } from "@/lib/platform/context";
import { spend } from "@/lib/platform/rate-limit/rate-limit";
import type { AppFile } from "./app-contracts";
import { fetchMedia } from "./inbound-media";
import { findOpenConversation, findSaid } from "./repository";
import type { ConversationRow } from "./rows";
import type { Message, SentPart } from "./schema";
import { postVisitorMessage, showCustomerTyping } from "./visitor-service";

type Integrator = Context<ActorOf<"key">>;

/** How often one user's typing is told, a minute: as often as a visitor's of the chat page. */
const TYPING_PER_MINUTE = 120;

/** A user as the integrator's own system knows them: the key vouches for it, as a platform's signature does elsewhere. */
export interface AppUser {
  readonly id: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/** @throws AppError not_found for a channel that is not the key's merchant's */
async function ownChannel(context: Integrator, channelId: string): Promise<ChannelFacts> {
  const channel = await findChannel(context.db, channelId);
  if (channel?.merchantId !== context.actor.merchantId) {
    throw new AppError("not_found", "channel_not_found");
  }
  return channel;
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
  await ownChannel(context, channelId);
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
 * Files of an app as parts of a message: fetched from their addresses, past no private network, or passed on from the
 * key that uploaded them.
 *
 * @throws AppError invalid `file_unreachable` with the file's address; `file_unknown` for a channel without files
 */
async function partsOfFiles(
  context: Integrator,
  user: Context<ActorOf<"visitor">>,
  given: readonly AppFile[],
): Promise<SentPart[]> {
  const { merchantId, keyId } = context.actor;
  const channel = await findChannel(context.db, user.actor.channelId);
  if (channel?.type !== "api") {
    throw new AppError("invalid", "file_unknown");
  }
  const ids = given.flatMap((file) => ("id" in file ? [file.id] : []));
  const to = { kind: "visitor", id: user.actor.customerId } as const;
  await passOnFiles(context.db, { merchantId, kind: "key", id: keyId }, to, ids);
  const parts: SentPart[] = [];
  for (const file of given) {
    if ("id" in file) {
      parts.push({ type: "file", fileId: file.id });
      continue;
    }
    const bound = await bindAdapter(context, channel);
    // Asked for once: the caller hears at once what cannot be had, and sends again what may be had later.
    const once = { receivedAt: new Date(0) };
    const fetched = await fetchMedia(user, bound, { media: [mediaAt(file.url, file.name)] }, once);
    if (fetched.lost.length > 0) {
      throw new AppError("invalid", "file_unreachable", { values: { file: file.url.slice(0, 200) } });
    }
    parts.push(...fetched.parts);
  }
  return parts;
}

/**
 * What a user of the integrator's app said. The same `id` again gives the first message back, also when it came by
 * webhook before.
 *
 * @param input.id the integrator's own id of the message; without one each call is a message
 * @throws AppError not_found; forbidden `channel_disabled`; invalid `message_empty` | `message_too_long` |
 * `file_unknown` | `file_unreachable`
 */
export async function takeAppMessage(
  context: Integrator,
  channelId: string,
  input: {
    readonly id?: string | undefined;
    readonly user: AppUser;
    readonly text: string;
    readonly files?: readonly AppFile[];
  },
): Promise<{ message: Message; conversation: ConversationRow }> {
  const user = await asAppUser(context, channelId, input.user);
  const clientId = input.id ? `in:${input.id}` : newId("client", context.now());
  const files = input.files ?? [];
  const isRetry = files.length > 0 && (await findSaid(context.db, user.actor, clientId)) !== undefined;
  // What a retry says is not read again: anything stands for it.
  const fileParts = isRetry ? [] : files.length > 0 ? await partsOfFiles(context, user, files) : [];
  const text = input.text || (isRetry ? "…" : "");
  return postVisitorMessage(user, {
    clientId,
    parts: [...(text ? [{ type: "text" as const, text }] : []), ...fileParts],
  });
}

/**
 * Shows agents that a user of a channel is typing, with the words so far where the merchant has it so; kept nowhere.
 * Nobody is made known by it, and nothing is opened: of a user without an open conversation there is nothing to show.
 *
 * @throws AppError rate_limited
 */
export async function showUserTyping(
  context: Context,
  channel: ChannelFacts,
  said: { readonly externalUserId: string; readonly typing: boolean; readonly text?: string | undefined },
): Promise<void> {
  spend(`${channel.id}:typing:${said.externalUserId}`, TYPING_PER_MINUTE);
  const customerId = await knownCustomer(context.db, channel.id, said.externalUserId);
  const row = customerId && (await findOpenConversation(context.db, channel.id, customerId));
  if (row) {
    await showCustomerTyping(context.db, { id: row.id, merchantId: row.merchant_id }, said);
  }
}

/**
 * The same by key.
 *
 * @throws AppError not_found; forbidden `channel_disabled`; rate_limited
 */
export async function appUserIsTyping(
  context: Integrator,
  channelId: string,
  said: Parameters<typeof showUserTyping>[2],
): Promise<void> {
  const channel = await ownChannel(context, channelId);
  if (!channel.enabled) {
    throw new AppError("forbidden", "channel_disabled");
  }
  await showUserTyping(context, channel, said);
}
