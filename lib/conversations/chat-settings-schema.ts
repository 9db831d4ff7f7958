import { z } from "zod";
import { defineSettings } from "@/lib/settings/definition";

/** What happens while a customer writes in the chat page or the widget. */
export const chatSettings = defineSettings(
  "chat",
  z.object({
    /** Agents see what is being written before it is sent; the chat says so to the customer. */
    typingPreview: z.boolean().default(false),
  }),
);
