import { mailTranscriptOperation } from "@/lib/notifications/transcript-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(mailTranscriptOperation);
