import { cookies, headers } from "next/headers";
import { cache } from "react";
import { baseContext } from "@/lib/composition/base-context";
import type { ActorOf } from "@/lib/core/actor";
import { agentFromSession, MERCHANT_COOKIE, sessionCookieName } from "@/lib/identity/session";
import type { Context } from "@/lib/platform/context";

/** The signed-in agent's context for a server component; undefined when nobody is. Asked once a request. */
export const currentContext = cache(async (): Promise<Context<ActorOf<"agent">> | undefined> => {
  const jar = await cookies();
  const session = jar.get(sessionCookieName())?.value;
  if (!session) {
    return undefined;
  }
  const base = baseContext(await headers());
  const actor = await agentFromSession(base.db, session, jar.get(MERCHANT_COOKIE)?.value);
  return actor && { ...base, actor };
});
