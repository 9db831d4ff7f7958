import { liveNumbers, ratingRow } from "@/lib/analytics/contracts";
import { auditRow } from "@/lib/audit/contracts";
import { channel } from "@/lib/channels/schema";
import { realtimeSettings } from "@/lib/conversations/chat-contracts";
import { quickReply } from "@/lib/conversations/quick-reply-contracts";
import { conversationSummary, message, sentPart, visitorConversation } from "@/lib/conversations/schema";
import { customer } from "@/lib/customers/schema";
import { uploadedFile } from "@/lib/files/schema";
import { switchMerchant } from "@/lib/identity/contracts";
import { agent, me } from "@/lib/identity/schema";
import { gap } from "@/lib/knowledge/gap-contracts";
import { entry, searchHit } from "@/lib/knowledge/schema";
import { type ApiDocument, openApiDocument } from "@/lib/platform/openapi/document";
import { ticket } from "@/lib/tickets/schema";
import { OPERATIONS } from "./operations";
import { PLAIN_PATHS } from "./plain-paths";

const SCHEMAS = {
  Agent: agent,
  AuditRow: auditRow,
  Channel: channel,
  Conversation: conversationSummary,
  Customer: customer,
  Entry: entry,
  Gap: gap,
  LiveNumbers: liveNumbers,
  Me: me,
  Message: message,
  QuickReply: quickReply,
  Rating: ratingRow,
  RealtimeSettings: realtimeSettings,
  SearchHit: searchHit,
  SentPart: sentPart,
  Ticket: ticket,
  UploadedFile: uploadedFile,
  VisitorConversation: visitorConversation,
};

let made: ApiDocument | undefined;

/** The API of this version as an OpenAPI 3.1 document; made once a process. public/openapi.json is a copy of it. */
export function apiDocument(): ApiDocument {
  made ??= openApiDocument([...OPERATIONS.map(({ contract }) => contract), switchMerchant], PLAIN_PATHS, SCHEMAS);
  return made;
}
