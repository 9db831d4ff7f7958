import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

export const mailTranscript = defineContract({
  name: "mailTranscript",
  summary: "Have an own conversation sent to a mailbox, in words; at most three times",
  tag: "Chat",
  method: "POST",
  path: "/api/v1/chat/conversations/{id}/transcript",
  audience: ["visitor"],
  params: z.object({ id: z.string().max(40) }),
  body: z.object({ email: z.email().max(200) }),
  result: z.object({ ok: z.literal(true) }),
  perMinute: 5,
});
