import { listMacros } from "@/lib/conversations/macro-service";
import type { ActorOf } from "@/lib/core/actor";
import { listAgents } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";

/** What a page of macros shows: the caller's own or the merchant's, and whom and what their actions may name. */
export async function macrosData(context: Context<ActorOf<"agent">>, personal: boolean) {
  const [macros, agents] = await Promise.all([listMacros(context), listAgents(context)]);
  const present = agents.filter(({ disabled }) => !disabled);
  return {
    macros: macros.filter((macro) => macro.personal === personal),
    agents: present.map(({ id, name }) => ({ id, name })),
    skills: [...new Set(present.flatMap(({ skills }) => skills))].sort(),
  };
}
