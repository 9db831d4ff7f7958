import { answerOffer, listOffers } from "@/lib/conversations/offer-service";
import { transferConversation } from "@/lib/conversations/transfer-service";
import type { AgentContext } from "./desk-fixture";

/** Hands a conversation to a colleague who takes it at once when asked. */
export async function handOver(from: AgentContext, to: AgentContext, id: string): Promise<void> {
  await transferConversation(from, id, { to: { kind: "agent", agentId: to.actor.agentId } });
  const offers = await listOffers(to);
  const offer = offers.find((each) => each.incoming && each.conversationId === id);
  if (offer) {
    await answerOffer(to, offer.id, { accept: true, reason: "" });
  }
}
