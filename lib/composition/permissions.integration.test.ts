import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPermission, type Role, roleMay } from "@/lib/identity/permissions";
import type { Contract } from "@/lib/platform/http/contract";
import { type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import { OPERATIONS } from "./operations";

/** Everybody who may come by, in the order of the table's columns. */
const CALLERS = [
  "anonymous",
  "visitor",
  "agent",
  "supervisor",
  "admin",
  "other merchant's admin",
  "disabled agent",
  "key without scope",
  "key with *",
  "revoked key",
] as const;
type Caller = (typeof CALLERS)[number];

/** What the door answers: refused because unknown, refused because not allowed, or let through (then 200, 400 or 404). */
type Outcome = "401" | "403" | "in";

/**
 * Who gets through which door, written down. Columns are CALLERS; a new operation needs a row, and a changed permission
 * shows here as a changed row.
 */
const MATRIX: Record<string, string> = {
  listTickets: "401 401 in in in in 401 403 in 401",
  createTicket: "401 401 in in in in 401 403 in 401",
  listTicketChoices: "401 401 in in in in 401 403 in 401",
  getTicket: "401 401 in in in in 401 403 in 401",
  updateTicket: "401 401 in in in in 401 403 in 401",
  listTicketEvents: "401 401 in in in in 401 403 in 401",
  commentOnTicket: "401 401 in in in in 401 403 in 401",
  listLegacyTickets: "401 401 401 401 401 401 401 403 in 401",
  updateLegacyTicket: "401 401 401 401 401 401 401 403 in 401",
  getMe: "401 401 in in in in 401 401 401 401",
  setPresence: "401 401 in in in in 401 401 401 401",
  pingPresence: "401 401 in in in in 401 401 401 401",
  listAgents: "401 401 in in in in 401 403 in 401",
  createAgent: "401 401 403 403 in in 401 403 in 401",
  updateAgent: "401 401 403 403 in in 401 403 in 401",
  customerTimeline: "401 401 in in in in 401 403 in 401",
  listCustomers: "401 401 in in in in 401 403 in 401",
  getCustomer: "401 401 in in in in 401 403 in 401",
  updateCustomer: "401 401 in in in in 401 403 in 401",
  listChannels: "401 401 403 in in in 401 403 in 401",
  getChannel: "401 401 403 in in in 401 403 in 401",
  updateChannel: "401 401 403 403 in in 401 403 in 401",
  listChannelKinds: "401 401 403 in in in 401 403 in 401",
  createChannel: "401 401 403 403 in in 401 403 in 401",
  removeChannel: "401 401 403 403 in in 401 403 in 401",
  testChannel: "401 401 403 403 in in 401 403 in 401",
  listChannelTemplates: "401 401 403 in in in 401 403 in 401",
  syncChannelTemplates: "401 401 403 403 in in 401 403 in 401",
  offerChannelTemplate: "401 401 403 403 in in 401 403 in 401",
  postRichMessage: "401 401 in in in in 401 403 in 401",
  listOfferedTemplates: "401 401 in in in in 401 403 in 401",
  retryReplies: "401 401 403 403 in in 401 403 in 401",
  rotateChannelSecret: "401 401 403 403 in in 401 401 401 401",
  getStats: "401 401 401 401 401 401 401 403 in 401",
  listChannelReplies: "401 401 403 in in in 401 403 in 401",
  replayReply: "401 401 403 403 in in 401 403 in 401",
  endSecretOverlap: "401 401 403 403 in in 401 401 401 401",
  replayDelivery: "401 401 403 403 in in 401 403 in 401",
  replayEvent: "401 401 403 403 in in 401 403 in 401",
  postAppMessage: "401 401 401 401 401 401 401 403 in 401",
  postAppTyping: "401 401 401 401 401 401 401 403 in 401",
  listChannelEvents: "401 401 403 in in in 401 403 in 401",
  rotateIdentitySecret: "401 401 403 403 in in 401 401 401 401",
  listConversations: "401 401 in in in in 401 403 in 401",
  getConversation: "401 401 in in in in 401 403 in 401",
  listMessages: "401 401 in in in in 401 403 in 401",
  searchMessages: "401 401 in in in in 401 403 in 401",
  listMacros: "401 401 in in in in 401 401 401 401",
  createMacro: "401 401 in in in in 401 401 401 401",
  updateMacro: "401 401 in in in in 401 401 401 401",
  deleteMacro: "401 401 in in in in 401 401 401 401",
  runMacro: "401 401 in in in in 401 401 401 401",
  getAssist: "401 401 in in in in 401 401 401 401",
  assist: "401 401 in in in in 401 401 401 401",
  reactToMessage: "401 401 in in in in 401 401 401 401",
  listOffers: "401 401 in in in in 401 401 401 401",
  answerOffer: "401 401 in in in in 401 401 401 401",
  withdrawOffer: "401 401 in in in in 401 401 401 401",
  listCollaborators: "401 401 in in in in 401 401 401 401",
  addCollaborator: "401 401 in in in in 401 401 401 401",
  removeCollaborator: "401 401 in in in in 401 401 401 401",
  listNotifications: "401 401 in in in in 401 401 401 401",
  readNotifications: "401 401 in in in in 401 401 401 401",
  mailTranscript: "401 in 401 401 401 401 401 401 401 401",
  searchOwnMessages: "401 in 401 401 401 401 401 401 401 401",
  getPushKey: "in in in in in in in in in in",
  subscribeVisitor: "401 in 401 401 401 401 401 401 401 401",
  unsubscribeVisitor: "401 in 401 401 401 401 401 401 401 401",
  subscribeAgent: "401 401 in in in in 401 401 401 401",
  unsubscribeAgent: "401 401 in in in in 401 401 401 401",
  getOwnNumbers: "401 401 in in in in 401 401 401 401",
  postReply: "401 401 in in in in 401 403 in 401",
  claimConversation: "401 401 in in in in 401 401 401 401",
  transferConversation: "401 401 in in in in 401 403 in 401",
  getReplyAllowance: "401 401 in in in in 401 403 in 401",
  listReceivingMerchants: "401 401 in in in in 401 403 in 401",
  listOutsideColleagues: "401 401 in in in in 401 403 in 401",
  resolveConversation: "401 401 in in in in 401 403 in 401",
  snoozeConversation: "401 401 in in in in 401 401 401 401",
  wakeConversation: "401 401 in in in in 401 401 401 401",
  switchTranslation: "401 401 in in in in 401 401 401 401",
  setPriority: "401 401 in in in in 401 403 in 401",
  reopenConversation: "401 401 in in in in 401 401 401 401",
  markRead: "401 401 in in in in 401 401 401 401",
  typing: "401 401 in in in in 401 401 401 401",
  recallMessage: "401 401 in in in in 401 401 401 401",
  startChatSession: "in in in in in in in in in in",
  postVisitorMessage: "401 in 401 401 401 401 401 401 401 401",
  getVisitorConversation: "401 in 401 401 401 401 401 401 401 401",
  listVisitorMessages: "401 in 401 401 401 401 401 401 401 401",
  requestAgent: "401 in 401 401 401 401 401 401 401 401",
  leaveMessage: "401 in 401 401 401 401 401 401 401 401",
  visitorTyping: "401 in 401 401 401 401 401 401 401 401",
  recallOwnMessage: "401 in 401 401 401 401 401 401 401 401",
  visitorPage: "401 in 401 401 401 401 401 401 401 401",
  visitorRead: "401 in 401 401 401 401 401 401 401 401",
  endConversation: "401 in 401 401 401 401 401 401 401 401",
  rateConversation: "401 in 401 401 401 401 401 401 401 401",
  listQuickReplies: "401 401 in in in in 401 401 401 401",
  createQuickReply: "401 401 in in in in 401 401 401 401",
  importQuickReplies: "401 401 in in in in 401 401 401 401",
  updateQuickReply: "401 401 in in in in 401 401 401 401",
  deleteQuickReply: "401 401 in in in in 401 401 401 401",
  countQuickReplyUse: "401 401 in in in in 401 401 401 401",
  listEntries: "401 401 in in in in 401 403 in 401",
  listImports: "401 401 403 in in in 401 403 in 401",
  getImport: "401 401 403 in in in 401 403 in 401",
  listImportItems: "401 401 403 in in in 401 403 in 401",
  startWebImport: "401 401 403 in in in 401 403 in 401",
  confirmImport: "401 401 403 in in in 401 403 in 401",
  cancelImport: "401 401 403 in in in 401 403 in 401",
  chooseForItem: "401 401 403 in in in 401 403 in 401",
  listCollections: "401 401 in in in in 401 403 in 401",
  getEntry: "401 401 in in in in 401 403 in 401",
  createEntry: "401 401 in in in in 401 403 in 401",
  saveDraft: "401 401 in in in in 401 403 in 401",
  discardDraft: "401 401 in in in in 401 403 in 401",
  restoreVersion: "401 401 in in in in 401 403 in 401",
  listVersions: "401 401 in in in in 401 403 in 401",
  publishEntry: "401 401 403 in in in 401 403 in 401",
  changeEntries: "401 401 403 in in in 401 403 in 401",
  createCollection: "401 401 403 in in in 401 403 in 401",
  updateCollection: "401 401 403 in in in 401 403 in 401",
  removeCollection: "401 401 403 in in in 401 403 in 401",
  restoreCollection: "401 401 403 in in in 401 403 in 401",
  switchSharedCollection: "401 401 403 in in in 401 403 in 401",
  updateEntry: "401 401 403 in in in 401 403 in 401",
  deleteEntry: "401 401 403 in in in 401 403 in 401",
  searchKnowledge: "401 401 in in in in 401 403 in 401",
  searchKnowledgeBase: "401 401 401 401 401 401 401 403 in 401",
  getCitation: "401 in 401 401 401 401 401 401 401 401",
  getVectorSearch: "401 401 403 in in in 401 403 in 401",
  saveEmbedder: "401 401 403 403 in in 401 403 in 401",
  removeEmbedder: "401 401 403 403 in in 401 403 in 401",
  testEmbedder: "401 401 403 403 in in 401 403 in 401",
  controlIndexing: "401 401 403 403 in in 401 403 in 401",
  listProviders: "401 401 403 in in in 401 403 in 401",
  createProvider: "401 401 403 403 in in 401 403 in 401",
  updateProvider: "401 401 403 403 in in 401 403 in 401",
  deleteProvider: "401 401 403 403 in in 401 403 in 401",
  orderProviders: "401 401 403 403 in in 401 403 in 401",
  tryBot: "401 401 403 in in in 401 403 in 401",
  listCases: "401 401 403 in in in 401 403 in 401",
  createCase: "401 401 403 in in in 401 403 in 401",
  updateCase: "401 401 403 in in in 401 403 in 401",
  deleteCase: "401 401 403 in in in 401 403 in 401",
  runCases: "401 401 403 in in in 401 403 in 401",
  listRuns: "401 401 403 in in in 401 403 in 401",
  getRun: "401 401 403 in in in 401 403 in 401",
  getQuality: "401 401 403 in in in 401 403 in 401",
  reactAsVisitor: "401 in 401 401 401 401 401 401 401 401",
  voteOnAnswer: "401 in 401 401 401 401 401 401 401 401",
  listVotes: "401 401 in in in in 401 403 in 401",
  listIntents: "401 401 403 in in in 401 403 in 401",
  createIntent: "401 401 403 403 in in 401 403 in 401",
  updateIntent: "401 401 403 403 in in 401 403 in 401",
  deleteIntent: "401 401 403 403 in in 401 403 in 401",
  tryIntents: "401 401 403 in in in 401 403 in 401",
  listSuggestions: "401 401 403 in in in 401 403 in 401",
  acceptSuggestion: "401 401 403 in in in 401 403 in 401",
  dismissSuggestion: "401 401 403 in in in 401 403 in 401",
  listBotChannels: "401 401 403 in in in 401 403 in 401",
  changeBotChannel: "401 401 403 403 in in 401 403 in 401",
  listDrafts: "401 401 in in in in 401 403 in 401",
  decideDraft: "401 401 in in in in 401 403 in 401",
  testProvider: "401 401 403 403 in in 401 403 in 401",
  listGaps: "401 401 in in in in 401 403 in 401",
  beginAnswer: "401 401 403 in in in 401 403 in 401",
  dismissGap: "401 401 403 in in in 401 403 in 401",
  getLiveNumbers: "401 401 403 in in in 401 403 in 401",
  listRatings: "401 401 403 in in in 401 403 in 401",
  changeProfile: "401 401 in in in in 401 401 401 401",
  changeAvatar: "401 401 in in in in 401 401 401 401",
  changeOwnPassword: "401 401 in in in in 401 401 401 401",
  signOutEverywhere: "401 401 in in in in 401 401 401 401",
  beginSecondStep: "401 401 in in in in 401 401 401 401",
  confirmSecondStep: "401 401 in in in in 401 401 401 401",
  removeSecondStep: "401 401 in in in in 401 401 401 401",
  listInvitations: "401 401 403 403 in in 401 403 in 401",
  inviteAgent: "401 401 403 403 in in 401 403 in 401",
  withdrawInvitation: "401 401 403 403 in in 401 403 in 401",
  unlockAgent: "401 401 403 403 in in 401 403 in 401",
  acceptInvitation: "in in in in in in in in in in",
  newChallenge: "in in in in in in in in in in",
  listMerchants: "401 401 403 403 in in 401 401 401 401",
  createMerchant: "401 401 403 403 in in 401 401 401 401",
  updateMerchant: "401 401 403 403 in in 401 401 401 401",
  testAlerts: "401 401 403 403 in in 401 403 in 401",
  listTeams: "401 401 in in in in 401 403 in 401",
  createTeam: "401 401 403 403 in in 401 403 in 401",
  updateTeam: "401 401 403 403 in in 401 403 in 401",
  deleteTeam: "401 401 403 403 in in 401 403 in 401",
  listRules: "401 401 403 403 in in 401 403 in 401",
  createRule: "401 401 403 403 in in 401 403 in 401",
  updateRule: "401 401 403 403 in in 401 403 in 401",
  orderRules: "401 401 403 403 in in 401 403 in 401",
  deleteRule: "401 401 403 403 in in 401 403 in 401",
  dryRunRule: "401 401 403 403 in in 401 403 in 401",
  listRuleRuns: "401 401 403 403 in in 401 403 in 401",
  listSettings: "401 401 403 403 in in 401 403 in 401",
  getSettings: "401 401 403 403 in in 401 403 in 401",
  updateSettings: "401 401 403 403 in in 401 403 in 401",
  listBlocked: "401 401 403 in in in 401 403 in 401",
  blockNetwork: "401 401 403 in in in 401 403 in 401",
  unblock: "401 401 403 in in in 401 403 in 401",
  blockCustomer: "401 401 in in in in 401 403 in 401",
  listFailedJobs: "401 401 403 403 in in 401 401 401 401",
  retryJob: "401 401 403 403 in in 401 401 401 401",
  install: "in in in in in in in in in in",
  getInstallState: "in in in in in in in in in in",
  prepareDatabase: "in in in in in in in in in in",
  getReport: "401 401 403 in in in 401 403 in 401",
  listReportConversations: "401 401 403 in in in 401 403 in 401",
  aiChat: "401 401 401 401 401 401 401 403 in 401",
  transferService: "401 401 401 401 401 401 401 403 in 401",
  serviceReply: "401 401 401 401 401 401 401 403 in 401",
  listWechatMessages: "401 401 401 401 401 401 401 403 in 401",
  signWechatPage: "401 401 401 401 401 401 401 403 in 401",
  sendMessage: "401 401 401 401 401 401 401 403 in 401",
  getServiceStatus: "401 401 401 401 401 401 401 403 in 401",
  getConversationOfUser: "401 401 401 401 401 401 401 403 in 401",
  resetConversation: "401 401 401 401 401 401 401 403 in 401",
  clearConversations: "401 401 401 401 401 401 401 403 in 401",
  listApiKeys: "401 401 403 403 in in 401 401 401 401",
  createApiKey: "401 401 403 403 in in 401 401 401 401",
  revokeApiKey: "401 401 403 403 in in 401 401 401 401",
  listAudit: "401 401 403 403 in in 401 403 in 401",
};

function expected(contract: Contract, caller: Caller): Outcome {
  const { audience, permission } = contract;
  if (audience.includes("public")) {
    return "in";
  }
  const known = (kind: "agent" | "visitor" | "key") => audience.includes(kind);
  const role: Partial<Record<Caller, Role>> = {
    agent: "agent",
    supervisor: "supervisor",
    admin: "admin",
    "other merchant's admin": "admin",
  };
  const as = role[caller];
  if (as) {
    const may = !permission || (isPermission(permission) && roleMay(as, permission));
    return known("agent") ? (may ? "in" : "403") : "401";
  }
  switch (caller) {
    case "visitor":
      return known("visitor") ? "in" : "401";
    case "key without scope":
      return known("key") ? (permission ? "403" : "in") : "401";
    case "key with *":
      return known("key") ? "in" : "401";
    default:
      return "401";
  }
}

let api: ApiFixture;
const credentials = new Map<Caller, Credentials>();

beforeAll(async () => {
  api = await createApiFixture();
  const shop = await api.desk.merchant();
  const other = await api.desk.merchant();
  credentials.set("anonymous", {});
  credentials.set("visitor", (await api.visitor(shop)).as);
  for (const role of ["agent", "supervisor", "admin"] as const) {
    credentials.set(role, (await api.signedIn(shop.merchantId, role)).as);
  }
  credentials.set("other merchant's admin", (await api.signedIn(other.merchantId, "admin")).as);
  credentials.set("disabled agent", await api.disabled(shop.merchantId));
  credentials.set("key without scope", (await api.key(shop.merchantId, [])).as);
  credentials.set("key with *", (await api.key(shop.merchantId, ["*"])).as);
  credentials.set("revoked key", await api.revokedKey(shop.merchantId));
});

afterAll(() => api.end());

describe("the permission matrix (T37)", () => {
  const contracts = OPERATIONS.map(({ contract }) => contract);

  it("has a row for every operation and for nothing else", () => {
    expect(Object.keys(MATRIX).sort()).toEqual(contracts.map(({ name }) => name).sort());
  });

  it.each(contracts)("$name: the row is what audience and permission say", (contract) => {
    expect(MATRIX[contract.name]).toBe(CALLERS.map((caller) => expected(contract, caller)).join(" "));
  });

  /** What ends the callers' own sessions comes last. */
  const endsSessions = ({ contract }: (typeof OPERATIONS)[number]) => contract.name === "signOutEverywhere";
  const inOrder = [...OPERATIONS.filter((each) => !endsSessions(each)), ...OPERATIONS.filter(endsSessions)];

  it.each(inOrder)("$contract.name: every caller meets the row's answer", async (operation) => {
    const { contract } = operation;
    const params = Object.fromEntries(Object.keys(contract.params?.shape ?? {}).map((name) => [name, "none"]));
    const met: Outcome[] = [];
    for (const caller of CALLERS) {
      const response = await api.call(operation, {
        as: credentials.get(caller),
        params,
        query: contract.query?.shape["q"] ? { q: "退款" } : {},
        ...(contract.body && { body: {} }),
      });
      expect(response.status, caller).toBeLessThan(500);
      met.push(response.status === 401 ? "401" : response.status === 403 ? "403" : "in");
    }
    expect(met.join(" ")).toBe(MATRIX[contract.name]);
  });
});
