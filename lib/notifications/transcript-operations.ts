import { whereTheyTalk } from "@/lib/conversations/handed-on-queries";
import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./transcript-contracts";
import { requestTranscript } from "./transcript-service";

export const mailTranscriptOperation = operation(contracts.mailTranscript, async ({ params, body }, context) => {
  await whereTheyTalk(context, params.id, (visitor) => requestTranscript(visitor, params.id, body.email));
  return { ok: true } as const;
});
