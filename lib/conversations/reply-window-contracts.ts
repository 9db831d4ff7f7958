import { z } from "zod";
import { CARD_KINDS } from "@/lib/channels/card-schema";
import { defineContract } from "@/lib/platform/http/contract";

/** What the customer's platform still lets us send. */
export const replyAllowanceSchema = z.object({
  /** `passive_only`: the account may reply in the answer to a message only; a reply waits for the customer's next one. */
  state: z.enum(["open", "window_closed", "limit_reached", "passive_only"]),
  /** Messages that may still be sent before the customer writes again; null where that is not what counts. */
  remaining: z.number().int().nullable(),
  /** When the window closes, or closed. */
  until: z.iso.datetime().nullable(),
});
export type ReplyAllowance = z.infer<typeof replyAllowanceSchema>;

export const getReplyAllowance = defineContract({
  name: "getReplyAllowance",
  summary: "How many replies the customer's platform still takes, and until when; null where none counts",
  tag: "Conversations",
  method: "GET",
  path: "/api/v1/conversations/{id}/reply-allowance",
  audience: ["agent", "key"],
  permission: "conversations.read",
  params: z.object({ id: z.string().max(40) }),
  result: z.object({
    allowance: replyAllowanceSchema.nullable(),
    /** Kinds of cards that the customer's platform has. */
    cards: z.array(z.enum(CARD_KINDS)),
    /** True when the channel has messages of fixed wording that may be sent at any time. */
    templates: z.boolean(),
  }),
});
