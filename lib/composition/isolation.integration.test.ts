import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { botDrafts, botSuggestions } from "@/db/schema/bot";
import { blocklist } from "@/db/schema/customers";
import { knowledgeEntries, knowledgeGaps } from "@/db/schema/knowledge";
import { quickReplies } from "@/db/schema/operations";
import { createRuleOperation } from "@/lib/automations/operations";
import { createCaseOperation, runCasesOperation } from "@/lib/bot/case-operations";
import { createIntentOperation } from "@/lib/bot/intent-operations";
import { createProviderOperation } from "@/lib/bot/provider-operations";
import { postVisitorMessageOperation } from "@/lib/conversations/operations";
import { createQuickReplyOperation } from "@/lib/conversations/quick-reply-operations";
import { newId } from "@/lib/core/ids";
import { inviteAgentOperation } from "@/lib/identity/account-operations";
import { createTeamOperation } from "@/lib/identity/team-operations";
import { createCollectionOperation } from "@/lib/knowledge/collection-operations";
import { startWebImportOperation } from "@/lib/knowledge/imports/operations";
import { createEntryOperation } from "@/lib/knowledge/operations";
import { type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import { createTicketOperation } from "@/lib/tickets/operations";
import { OPERATIONS } from "./operations";

const text = [{ type: "text", text: "你好" }];

const rule = {
  name: "规则",
  enabled: false,
  event: "message.received",
  match: "all",
  conditions: [],
  actions: [{ type: "note", text: "看一下" }],
};

/** A good body for every operation on one row that reads one; a new operation of that kind needs one here. */
const BODIES: Record<string, unknown> = {
  updateTicket: { subject: "别人的" },
  commentOnTicket: { text: "别人的" },
  updateLegacyTicket: { comment: "别人的" },
  postReply: { clientId: "isolation-1", parts: text },
  transferConversation: { to: { kind: "queue" } },
  snoozeConversation: { until: null },
  setPriority: { priority: 3 },
  switchTranslation: { on: false },
  addCollaborator: { agentId: "agt_x" },
  answerOffer: { accept: true },
  reactToMessage: { sign: "👍", on: true },
  reactAsVisitor: { sign: "👍", on: true },
  assist: { task: "suggest" },
  updateMacro: { name: "别人的", version: 1 },
  runMacro: { runId: "isolation-3" },
  markRead: { seq: 1 },
  typing: { typing: true },
  visitorTyping: { typing: true },
  visitorPage: { url: "https://shop.example/others" },
  visitorRead: { seq: 1 },
  beginAnswer: { entryId: "kbe_of_others" },
  changeBotChannel: { choices: false },
  updateCase: { note: "别人的" },
  updateIntent: { name: "别人的" },
  mailTranscript: { email: "somebody@example.com" },
  voteOnAnswer: { helpful: false, comment: "别人的" },
  leaveMessage: { clientId: "isolation-2", text: "请回电", contact: "13800000000" },
  rateConversation: { stars: 1 },
  blockCustomer: { reason: "别人的" },
  updateCustomer: { note: "别人的" },
  updateAgent: { name: "别人的" },
  updateMerchant: { name: "别人的" },
  updateTeam: { name: "别人的" },
  offerChannelTemplate: { offered: false },
  postRichMessage: { clientId: "isolation-3", content: { kind: "menu", text: "别人的", choices: ["好"] } },
  updateChannel: { name: "别人的", version: 1 },
  postAppMessage: { user_id: "u", text: "别人的" },
  postAppTyping: { user_id: "u", on: true, text: "别人的" },
  rotateChannelSecret: { name: "identitySecret" },
  updateEntry: { question: "别人的" },
  confirmImport: { duplicates: "import" },
  chooseForItem: { choice: "import" },
  saveDraft: { question: "别人的" },
  publishEntry: {},
  restoreVersion: {},
  updateCollection: { name: "别人的" },
  switchSharedCollection: { enabled: false },
  decideDraft: { action: "approve" },
  updateProvider: { name: "别人的" },
  updateQuickReply: { title: "别人的" },
  updateRule: { ...rule, name: "别人的", version: 1 },
};

let api: ApiFixture;
let strangers: Record<"agent" | "key" | "visitor" | "neighbour", Credentials>;
/** Ids of one merchant's rows, by the part of the path that names their kind. */
let rows: Record<string, string>;

async function created(response: Promise<Response>): Promise<{ id: string; conversationId?: string }> {
  const answer = await response;
  expect(answer.status).toBe(201);
  const body = (await answer.json()) as { id: string; message?: { id: string; conversationId: string } };
  return body.message ?? body;
}

/** A job of the merchant that has no try left. */
async function failedJob(merchantId: string): Promise<string> {
  const payload = JSON.stringify({ merchantId });
  const [job] = await rowsOf<{ id: string }>(
    api.desk.db,
    sql`select id::text from graphile_worker.add_job('routing.dispatch', ${payload}::json, max_attempts => 1)`,
  );
  await api.desk.db.execute(
    sql`update graphile_worker._private_jobs set attempts = 1 where id = ${job?.id ?? ""}::bigint`,
  );
  return job?.id ?? "";
}

/** An invitation to the merchant of whoever invites. */
async function invite(inviter: { as: Credentials }, email: string): Promise<string> {
  const answer = await api.call(inviteAgentOperation, { as: inviter.as, body: { email } });
  return ((await answer.json()) as { invitation: { id: string } }).invitation.id;
}

beforeAll(async () => {
  api = await createApiFixture();
  const shop = await api.desk.merchant();
  const other = await api.desk.merchant();
  strangers = {
    agent: (await api.signedIn(other.merchantId, "admin")).as,
    key: (await api.key(other.merchantId, ["*"])).as,
    visitor: (await api.visitor(other)).as,
    neighbour: (await api.visitor(shop)).as,
  };
  const admin = await api.signedIn(shop.merchantId, "admin");
  const visitor = await api.visitor(shop);
  const message = await created(
    api.call(postVisitorMessageOperation, { as: visitor.as, body: { clientId: "isolation-0", parts: text } }),
  );
  const entry = await created(
    api.call(createEntryOperation, { as: admin.as, body: { question: "问", answer: "答", status: "published" } }),
  );
  const collection = await created(api.call(createCollectionOperation, { as: admin.as, body: { name: "青禾手册" } }));
  const reply = await created(
    api.call(createQuickReplyOperation, { as: admin.as, body: { title: "问候", text: "您好", personal: false } }),
  );
  const provider = await created(
    api.call(createProviderOperation, {
      as: admin.as,
      body: { name: "青禾模型", kind: "openai", baseUrl: "https://model.example/v1", model: "m" },
    }),
  );
  const ownRule = await created(api.call(createRuleOperation, { as: admin.as, body: rule }));
  const gapId = newId("gap");
  await api.desk.db
    .insert(knowledgeGaps)
    .values({ id: gapId, merchantId: shop.merchantId, question: "没有答案", fingerprint: "gap" });
  const team = await created(api.call(createTeamOperation, { as: admin.as, body: { name: "售后组" } }));
  const invitation = await invite(admin, "wang@isolation.example");
  const draftId = newId("draft");
  await api.desk.db.insert(botDrafts).values({
    id: draftId,
    merchantId: shop.merchantId,
    conversationId: message.conversationId ?? "",
    answerId: "bot:none",
    question: "你好",
    reason: "intent",
    answer: "你好",
    parts: [{ type: "text", text: "你好" }],
    expiresAt: new Date(Date.now() + 600_000),
  });
  const suggestionId = newId("suggestion");
  await api.desk.db.insert(botSuggestions).values({
    id: suggestionId,
    merchantId: shop.merchantId,
    messageId: message.id,
    question: "没有答案",
    answer: "你好",
    fingerprint: "suggestion",
    language: "zh-CN",
    status: "open",
  });
  const blockId = newId("block");
  await api.desk.db.insert(blocklist).values({ id: blockId, merchantId: shop.merchantId, network: "192.0.2.0/24" });
  const botCase = await created(
    api.call(createCaseOperation, { as: admin.as, body: { says: ["你好"], expected: { kind: "small_talk" } } }),
  );
  const knowledgeImport = await created(
    api.call(startWebImportOperation, { as: admin.as, body: { address: "https://shop.example/help" } }),
  );
  const intent = await created(api.call(createIntentOperation, { as: admin.as, body: { name: "开发票" } }));
  const ticket = await created(api.call(createTicketOperation, { as: admin.as, body: { subject: "青禾的工单" } }));
  const run = (await (await api.call(runCasesOperation, { as: admin.as })).json()) as { id: string };
  rows = {
    teams: team.id,
    tickets: ticket.id,
    merchants: shop.merchantId,
    invitations: invitation,
    blocklist: blockId,
    jobs: await failedJob(shop.merchantId),
    offers: "tro_of_the_shop",
    macros: "mac_of_the_shop",
    macroId: "mac_of_the_shop",
    conversations: message.conversationId ?? "",
    messageId: message.id,
    customers: visitor.actor.customerId,
    agents: admin.actor.agentId,
    agentId: admin.actor.agentId,
    channels: shop.channelId,
    deliveryId: "dlv_of_the_shop",
    templateId: "template_of_the_shop",
    eventId: message.id,
    name: "signingSecret",
    "api-keys": "key_of_the_shop",
    entries: entry.id,
    number: "1",
    collections: collection.id,
    "shared-collections": collection.id,
    gaps: gapId,
    imports: knowledgeImport.id,
    position: "0",
    rules: ownRule.id,
    providers: provider.id,
    drafts: draftId,
    cases: botCase.id,
    intents: intent.id,
    suggestions: suggestionId,
    runs: run.id,
    "quick-replies": reply.id,
  };
});

afterAll(() => api.end());

/** Operations on one row of a merchant. A group of settings is the caller's own whatever its name: settings tests hold it. */
const onRows = OPERATIONS.filter(({ contract }) => contract.params && !("group" in contract.params.shape));

function paramsOf(path: string, params: object): Record<string, string> {
  const kind = /\/([\w-]+)\/\{id\}/.exec(path)?.[1] ?? "";
  return Object.fromEntries(Object.keys(params).map((name) => [name, rows[name === "id" ? kind : name] ?? ""]));
}

describe("a row of another merchant, or of another visitor, is not there (T39)", () => {
  it.each(onRows)("$contract.name", async (operation) => {
    const { contract } = operation;
    const params = paramsOf(contract.path, contract.params?.shape ?? {});
    expect(Object.values(params).filter((id) => !id)).toEqual([]);
    if (contract.body) {
      expect(contract.body.safeParse(BODIES[contract.name]).success, `${contract.name} needs a good body`).toBe(true);
    }
    // A published answer is for every visitor of its merchant.
    const isShared = contract.name === "getCitation";
    for (const [name, as] of Object.entries(strangers)) {
      const kind = name === "neighbour" ? "visitor" : name;
      if (!contract.audience.includes(kind as "visitor") || (isShared && name === "neighbour")) {
        continue;
      }
      const response = await api.call(operation, {
        as,
        params,
        ...(contract.body && { body: BODIES[contract.name] }),
      });
      expect(response.status, name).toBe(404);
      expect(await response.text()).not.toMatch(/青禾|你好|陈同学|没有答案/);
    }
  });

  it("and nothing of it was changed by those who tried", async () => {
    const [entry] = await api.desk.db.select().from(knowledgeEntries);
    const [reply] = await api.desk.db.select().from(quickReplies);
    const [gap] = await api.desk.db.select().from(knowledgeGaps);
    expect([entry?.question, reply?.title, reply?.usedCount, gap?.question]).toEqual(["问", "问候", 0, "没有答案"]);
  });
});
