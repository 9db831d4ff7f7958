import { z } from "zod";
import { findChannel } from "@/lib/channels/lookup-queries";
import { secretValues } from "@/lib/channels/secret-queries";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { identifyCustomer } from "@/lib/customers/identify-service";
import type { Context } from "@/lib/platform/context";
import { equalInConstantTime, hmacHex, readToken, signToken } from "@/lib/platform/crypto/sign";
import { standingOf } from "./handed-on-queries";
import { listPublicMessages } from "./queries";
import { findLatestConversation } from "./repository";
import type { Message, VisitorConversation } from "./schema";
import { visitorState } from "./visitor-state";

/** Half a year: a returning visitor finds their history (V8). */
const TOKEN_SECONDS = 180 * 24 * 3_600;
const FIRST_PAGE = 50;
const claim = z.object({ ch: z.string(), m: z.string(), cu: z.string(), i: z.string() });

/** The visitor behind a token; undefined when it is forged, expired or of another kind (T41). */
export function visitorFromToken(token: string, now: Date): ActorOf<"visitor"> | undefined {
  const data = readToken("visitor", token, claim, now);
  return data && { kind: "visitor", channelId: data.ch, merchantId: data.m, customerId: data.cu, identityId: data.i };
}

export interface SessionRequest {
  readonly channelId: string;
  readonly token?: string | undefined;
  readonly identity?:
    | {
        readonly userId: string;
        readonly signature: string;
        readonly name?: string | undefined;
        readonly email?: string | undefined;
      }
    | undefined;
}

export interface Session {
  readonly token: string;
  readonly visitor: { readonly customerId: string; readonly name: string | null };
  readonly conversation: VisitorConversation | null;
  readonly messages: Message[];
  readonly hasMore: boolean;
}

async function verifiedIdentity(context: Context, request: SessionRequest) {
  if (!request.identity) {
    return undefined;
  }
  const { userId, signature } = request.identity;
  const secrets = await secretValues(context.db, request.channelId, "identitySecret", context.now());
  // Without the signature anybody could read anybody's conversations by typing their user_id (architecture.md section 9).
  if (!secrets.some((secret) => equalInConstantTime(hmacHex(secret, userId), signature))) {
    throw new AppError("unauthenticated", "identity_invalid");
  }
  return request.identity;
}

async function actorFor(
  context: Context,
  request: SessionRequest,
): Promise<{ actor: ActorOf<"visitor">; name: string | null }> {
  const channel = await findChannel(context.db, request.channelId);
  if (channel?.type !== "web") {
    throw new AppError("not_found", "channel_not_found");
  }
  if (!channel.enabled) {
    throw new AppError("forbidden", "channel_disabled");
  }
  const identity = await verifiedIdentity(context, request);
  if (request.token && !identity) {
    const actor = visitorFromToken(request.token, context.now());
    if (!actor || actor.channelId !== channel.id) {
      throw new AppError("unauthenticated", "visitor_token_invalid");
    }
    return { actor, name: null };
  }
  const known = await context.db.transaction((tx) =>
    identifyCustomer(
      tx,
      {
        merchantId: channel.merchantId,
        channelId: channel.id,
        externalId: identity ? `user:${identity.userId}` : newId("visitor", context.now()),
        verified: Boolean(identity),
        name: identity?.name,
        email: identity?.email,
        locale: context.locale,
      },
      context.now(),
    ),
  );
  return {
    actor: {
      kind: "visitor",
      merchantId: channel.merchantId,
      channelId: channel.id,
      customerId: known.customerId,
      identityId: known.identityId,
    },
    name: known.name,
  };
}

/**
 * Begins or resumes a visitor's session.
 *
 * @throws AppError not_found `channel_not_found`; forbidden `channel_disabled`; unauthenticated `visitor_token_invalid`
 * | `identity_invalid`
 */
export async function startSession(context: Context, request: SessionRequest): Promise<Session> {
  const { actor, name } = await actorFor(context, request);
  const token = signToken(
    "visitor",
    { ch: actor.channelId, m: actor.merchantId, cu: actor.customerId, i: actor.identityId },
    TOKEN_SECONDS,
    context.now(),
  );
  const latest = await findLatestConversation(context.db, actor.channelId, actor.customerId);
  const row = latest && (await standingOf(context.db, latest));
  const page = row
    ? await listPublicMessages({ ...context, actor }, row.id, { limit: FIRST_PAGE })
    : { items: [], hasMore: false };
  return {
    token,
    visitor: { customerId: actor.customerId, name },
    conversation: row ? await visitorState(context.db, row) : null,
    messages: page.items,
    hasMore: page.hasMore,
  };
}
