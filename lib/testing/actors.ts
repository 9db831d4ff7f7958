import type { ActorOf } from "@/lib/core/actor";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log/log";
import type { DeskFixture } from "./desk-fixture";

export type VisitorContext = Context<ActorOf<"visitor">>;

/** A visitor of the channel, as the context of their requests. */
export async function createVisitor(
  fixture: DeskFixture,
  at: { readonly merchantId: string; readonly channelId: string },
): Promise<VisitorContext> {
  const known = await fixture.customer(at);
  return {
    db: fixture.db,
    actor: { kind: "visitor", ...at, ...known },
    requestId: newId("request"),
    now: () => new Date(),
    log: log(),
    ip: "198.51.100.7",
    locale: "zh-CN",
  };
}

/** The product's own hands at a merchant. */
export function systemContext(fixture: DeskFixture, merchantId: string): Context<ActorOf<"system">> {
  return {
    db: fixture.db,
    actor: { kind: "system", merchantId },
    requestId: newId("request"),
    now: () => new Date(),
    log: log(),
    ip: null,
    locale: "zh-CN",
  };
}
