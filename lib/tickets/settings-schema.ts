import { z } from "zod";
import { defineSettings } from "@/lib/settings/definition";
import { TICKET_TYPES, TYPE_MAX } from "./schema";

/** How a merchant works with tickets. */
export const ticketSettings = defineSettings(
  "tickets",
  z.object({
    /** A message that a customer leaves while nobody is there becomes a ticket (`auto_create` of seed 003). */
    fromMessagesLeft: z.boolean().default(true),
    /** Kinds that are offered. Those of TICKET_TYPES are shown in the reader's language. */
    types: z
      .array(z.string().trim().min(1).max(TYPE_MAX))
      .max(30)
      .default([...TICKET_TYPES]),
  }),
);
