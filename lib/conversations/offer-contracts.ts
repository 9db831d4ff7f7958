import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { agentSummary } from "./schema";

/** A conversation that is held out to a colleague and not answered yet. */
export const offer = z.object({
  id: z.string(),
  conversationId: z.string(),
  customerName: z.string().nullable(),
  lastMessagePreview: z.string(),
  from: agentSummary.nullable(),
  to: agentSummary.nullable(),
  /** True: the caller is asked. False: the caller asks. */
  incoming: z.boolean(),
  note: z.string(),
  expiresAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
});
export type Offer = z.infer<typeof offer>;

const byId = z.object({ id: z.string().max(40) });

export const listOffers = defineContract({
  name: "listOffers",
  summary: "Conversations that colleagues hold out to the caller, and those the caller holds out",
  tag: "Conversations",
  method: "GET",
  path: "/api/v1/offers",
  audience: ["agent"],
  permission: "conversations.reply",
  result: z.object({ items: z.array(offer) }),
});

export const answerOffer = defineContract({
  name: "answerOffer",
  summary: "Take or decline a conversation that a colleague holds out",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/offers/{id}/answer",
  audience: ["agent"],
  permission: "conversations.reply",
  params: byId,
  body: z.object({ accept: z.boolean(), reason: z.string().trim().max(300).default("") }),
  result: z.object({ ok: z.literal(true) }),
});

export const withdrawOffer = defineContract({
  name: "withdrawOffer",
  summary: "Take back a conversation that the caller holds out",
  tag: "Conversations",
  method: "DELETE",
  path: "/api/v1/offers/{id}",
  audience: ["agent"],
  permission: "conversations.reply",
  params: byId,
  result: z.object({ ok: z.literal(true) }),
});
