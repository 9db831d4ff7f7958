import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import type { ReactNode } from "react";
import type { ActorOf } from "@/lib/core/actor";
import { type Permission, roleMay } from "@/lib/identity/permissions";
import type { Context } from "@/lib/platform/context";
import { currentContext } from "./session";

/** Set by proxy.ts: a server component has no other way to know its own address. */
export const PATH_HEADER = "x-yingda-path";

type Values = Record<string, string | string[] | undefined>;

export interface PageInput {
  readonly context: Context<ActorOf<"agent">>;
  readonly params: Values;
  readonly searchParams: Values;
}

interface PageProps {
  readonly params: Promise<Values>;
  readonly searchParams: Promise<Values>;
}

/**
 * A page for signed-in people. The check is in the page itself, never in a layout: a layout's gate was seen to send the
 * protected content along (architecture.md section 2). Nobody signed in → the login page, which leads back; a role that
 * may not → 403.
 */
export function definePage(
  options: { readonly permission?: Permission },
  render: (input: PageInput) => Promise<ReactNode>,
) {
  // biome-ignore lint/correctness/noComponentHookFactories: called once a module, so each page is one component for good
  return async function Page({ params, searchParams }: PageProps): Promise<ReactNode> {
    const context = await currentContext();
    if (!context) {
      const path = (await headers()).get(PATH_HEADER) ?? "/desk";
      redirect(`/login?callbackUrl=${encodeURIComponent(path)}`);
    }
    if (options.permission && !roleMay(context.actor.role, options.permission)) {
      forbidden();
    }
    return render({ context, params: await params, searchParams: await searchParams });
  };
}
