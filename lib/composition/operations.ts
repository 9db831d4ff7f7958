import * as analytics from "@/lib/analytics/operations";
import * as reports from "@/lib/analytics/report-operations";
import * as audit from "@/lib/audit/operations";
import * as automations from "@/lib/automations/operations";
import * as assist from "@/lib/bot/assist-operations";
import * as cases from "@/lib/bot/case-operations";
import * as channelRules from "@/lib/bot/channel-rules-operations";
import * as drafts from "@/lib/bot/draft-operations";
import * as intents from "@/lib/bot/intent-operations";
import * as playground from "@/lib/bot/playground-operations";
import * as providers from "@/lib/bot/provider-operations";
import * as quality from "@/lib/bot/quality-operations";
import * as suggestions from "@/lib/bot/suggestion-operations";
import * as votes from "@/lib/bot/vote-operations";
import * as channels from "@/lib/channels/operations";
import * as channelTemplates from "@/lib/channels/template-operations";
import * as app from "@/lib/conversations/app-operations";
import * as channelReplies from "@/lib/conversations/channel-reply-operations";
import * as collaborators from "@/lib/conversations/collaborator-operations";
import * as macros from "@/lib/conversations/macro-operations";
import * as offers from "@/lib/conversations/offer-operations";
import * as conversations from "@/lib/conversations/operations";
import * as quickReplies from "@/lib/conversations/quick-reply-operations";
import * as reactions from "@/lib/conversations/reaction-operations";
import * as replyWindows from "@/lib/conversations/reply-window-operations";
import * as rich from "@/lib/conversations/rich-operations";
import * as timeline from "@/lib/conversations/timeline-operations";
import * as translation from "@/lib/conversations/translation-operations";
import * as triage from "@/lib/conversations/triage-operations";
import * as blocklist from "@/lib/customers/blocklist-operations";
import * as customers from "@/lib/customers/operations";
import * as accounts from "@/lib/identity/account-operations";
import * as apiKeys from "@/lib/identity/api-key-operations";
import * as identity from "@/lib/identity/operations";
import * as teams from "@/lib/identity/team-operations";
import * as bulk from "@/lib/knowledge/bulk-operations";
import * as collections from "@/lib/knowledge/collection-operations";
import * as embeddings from "@/lib/knowledge/embeddings/operations";
import * as gaps from "@/lib/knowledge/gap-operations";
import * as knowledgeImports from "@/lib/knowledge/imports/operations";
import * as knowledge from "@/lib/knowledge/operations";
import * as review from "@/lib/knowledge/review-operations";
import * as alerts from "@/lib/notifications/alert-operations";
import * as notifications from "@/lib/notifications/operations";
import * as push from "@/lib/notifications/push-operations";
import * as transcripts from "@/lib/notifications/transcript-operations";
import type { AnyOperation } from "@/lib/platform/http/handler";
import * as tickets from "@/lib/tickets/operations";
import * as channelKinds from "./channel-kind-operations";
import * as compatibility from "./compatibility/operations";
import * as ticketPaths from "./compatibility/ticket-operations";
import * as failedJobs from "./failed-jobs-operations";
import * as install from "./install-operations";
import * as merchants from "./merchant-operations";
import * as settings from "./settings-operations";

/** Every operation of the API: OpenAPI, the permission matrix test and the route test read this list. */
export const OPERATIONS: readonly AnyOperation[] = [
  identity,
  apiKeys,
  accounts,
  teams,
  customers,
  blocklist,
  channels,
  channelKinds,
  app,
  conversations,
  channelReplies,
  replyWindows,
  rich,
  channelTemplates,
  collaborators,
  offers,
  reactions,
  macros,
  translation,
  timeline,
  triage,
  quickReplies,
  embeddings,
  knowledge,
  knowledgeImports,
  bulk,
  collections,
  review,
  gaps,
  tickets,
  providers,
  drafts,
  automations,
  playground,
  cases,
  intents,
  channelRules,
  quality,
  assist,
  votes,
  suggestions,
  notifications,
  push,
  transcripts,
  analytics,
  reports,
  audit,
  settings,
  alerts,
  failedJobs,
  install,
  merchants,
  compatibility,
  ticketPaths,
].flatMap((domain) => Object.values(domain).filter((value): value is AnyOperation => typeof value === "object"));
