import { mediaAt } from "@/lib/channels/adapter";
import { bindAdapter } from "@/lib/channels/bind-service";
import { findChannel } from "@/lib/channels/lookup-queries";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { identifyCustomer } from "@/lib/customers/identify-service";
import { passOnFiles } from "@/lib/files/service";
import type { Context } from "@/lib/platform/context";
import type { AppFile } from "./app-contracts";
import { fetchMedia } from "./inbound-media";
import { findSaid } from "./repository";
import type { ConversationRow } from "./rows";
import type { Message, SentPart } from "./schema";
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
    const fetched = await fetchMedia(user, bound, { media: [mediaAt(file.url, file.name)] }, new Date(0));
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
