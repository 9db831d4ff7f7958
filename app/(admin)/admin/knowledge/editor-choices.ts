import { listChannels } from "@/lib/channels/queries";
import type { ActorOf } from "@/lib/core/actor";
import { roleMay } from "@/lib/identity/permissions";
import { listAgents } from "@/lib/identity/queries";
import { listCollections, listEntries } from "@/lib/knowledge/queries";
import type { Context } from "@/lib/platform/context";

/** What the editor of an entry offers to choose from, and whether its person may publish. */
export async function editorChoices(context: Context<ActorOf<"agent">>) {
  const [{ categories }, collections, agents, channels] = await Promise.all([
    listEntries(context, { limit: 1 }),
    listCollections(context),
    listAgents(context),
    listChannels(context),
  ]);
  const named = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, name });
  return {
    categories,
    collections: collections.map(({ name }) => name),
    agents: agents.filter(({ disabled }) => !disabled).map(named),
    channels: channels.map(named),
    mayPublish: roleMay(context.actor.role, "knowledge.write"),
  };
}
