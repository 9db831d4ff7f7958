/**
 * `npm run bench -- tables`: the tables of the console and of an agent's own pages, with 1,000,000 messages, 100,000
 * conversations and as much of everything else as a large shop gathers. The server's own functions are called in this
 * process: the first page, a page far down, and the narrowest filters. BENCH_PLANS=1 prints every plan.
 */
import { connect } from "@/db/client";
import { listRatings } from "@/lib/analytics/queries";
import { listReportConversations } from "@/lib/analytics/report-queries";
import { auditFacets, listAudit } from "@/lib/audit/queries";
import { listRules, listRuns } from "@/lib/automations/service";
import { listCases } from "@/lib/bot/case-service";
import { listDrafts } from "@/lib/bot/draft-service";
import { selectOpen } from "@/lib/bot/suggestion-repository";
import { listVotes } from "@/lib/bot/vote-queries";
import { getChannel, listChannelEvents, listChannels } from "@/lib/channels/queries";
import { listFailedJobs } from "@/lib/composition/failed-jobs";
import { listChannelReplies } from "@/lib/conversations/channel-reply-service";
import { listMacros } from "@/lib/conversations/macro-service";
import { listConversations } from "@/lib/conversations/queries";
import { listQuickReplies } from "@/lib/conversations/quick-reply-service";
import type { ActorOf } from "@/lib/core/actor";
import { listBlocked } from "@/lib/customers/blocklist-service";
import { listCustomers } from "@/lib/customers/list-queries";
import { listApiKeys } from "@/lib/identity/api-key-service";
import { listInvitations } from "@/lib/identity/invitation-service";
import { listMerchants } from "@/lib/identity/merchant-service";
import { listAgents } from "@/lib/identity/queries";
import { listTeams } from "@/lib/identity/team-queries";
import { topGaps } from "@/lib/knowledge/gap-queries";
import { getImport, listImportItems, listImports } from "@/lib/knowledge/imports/queries";
import { listEntries } from "@/lib/knowledge/queries";
import { listVersions } from "@/lib/knowledge/version-queries";
import { listNotifications } from "@/lib/notifications/queries";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log/log";
import { startBenchDatabase } from "./support/database";
import { seedDeskVolume } from "./support/desk-volume";
import { measure } from "./support/measure";
import { RecordingDatabase } from "./support/plans";
import { report } from "./support/report";
import { seedTableVolume } from "./support/table-volume";

const RUNS = Number(process.env["BENCH_RUNS"] ?? 60);
const LIMIT_MS = 20;
/** Pages that are turned before a page "far down" is measured. */
const PAGES = 60;

type Paged = (cursor?: string) => Promise<{ nextCursor: string | null }>;
type Case = readonly [name: string, work: () => Promise<unknown>];

/** A list's first page, and one far down. */
async function paged(name: string, list: Paged): Promise<Case[]> {
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    cursor = (await list(cursor)).nextCursor ?? cursor;
  }
  return [
    [name, () => list()],
    [`${name}, page ${PAGES}`, () => list(cursor)],
  ];
}

async function casesOf(context: Context<ActorOf<"agent">>, channelId: string): Promise<Case[]> {
  const page = (cursor?: string) => ({ limit: 30, cursor });
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const range = { from: day(89), to: day(0) };
  return [
    ...(await paged("conversations, all", (cursor) => listConversations(context, { tab: "all", ...page(cursor) }))),
    ...(await paged("conversations, ended", (cursor) => listConversations(context, { tab: "ended", ...page(cursor) }))),
    ...(await paged("conversations behind a figure", (cursor) =>
      listReportConversations(context, { ...range, metric: "wait", ...page(cursor) }),
    )),
    ...(await paged("conversations begun behind a figure", (cursor) =>
      listReportConversations(context, { ...range, metric: "begun_person", ...page(cursor) }),
    )),
    ...(await paged("ratings", (cursor) => listRatings(context, page(cursor)))),
    ["ratings, one star with words", () => listRatings(context, { limit: 30, stars: 1, commented: "true" })],
    ["ratings of an agent", () => listRatings(context, { limit: 30, agentId: context.actor.agentId })],
    ...(await paged("audit log", (cursor) => listAudit(context, page(cursor)))),
    ["audit log, one action", () => listAudit(context, { limit: 30, action: "rule.updated" })],
    ["audit log, a word that is nowhere", () => listAudit(context, { limit: 30, search: "nobody" })],
    ["audit log, choices of the filters", () => auditFacets(context)],
    ["agents", () => listAgents(context)],
    ["teams", () => listTeams(context)],
    ["invitations", () => listInvitations(context)],
    ...(await paged("merchants", (cursor) => listMerchants(context, page(cursor)))),
    ["API keys", () => listApiKeys(context)],
    ["quick replies", () => listQuickReplies(context)],
    ["macros", () => listMacros(context)],
    ["rules", () => listRules(context)],
    ...(await paged("runs of rules", (cursor) => listRuns(context, page(cursor)))),
    ...(await paged("customers", (cursor) => listCustomers(context, page(cursor)))),
    ["customers, a word", () => listCustomers(context, { limit: 30, search: "王" })],
    ["customers, a tag", () => listCustomers(context, { limit: 30, tag: "老客户" })],
    ...(await paged("blocklist", (cursor) => listBlocked(context, page(cursor)))),
    ...(await paged("notifications", (cursor) => listNotifications(context, { ...page(cursor), unreadOnly: false }))),
    ...(await paged("knowledge entries", (cursor) => listEntries(context, page(cursor)))),
    ["knowledge entries, one category", () => listEntries(context, { limit: 30, category: "类目 7" })],
    ["knowledge entries, a word", () => listEntries(context, { limit: 30, search: "退货 19" })],
    ["versions of an entry", () => listVersions(context, "kbe_x7", { limit: 30 })],
    ["imports", () => listImports(context)],
    ["an import of 10,000 rows", () => getImport(context, "kbi_x1")],
    ["rows of an import", () => listImportItems(context, "kbi_x1", { after: 5_000, limit: 50 })],
    ["questions without an answer", () => topGaps(context, 50)],
    ["suggested entries", () => selectOpen(context.db, context.actor.merchantId, 50)],
    ["drafts of the bot", () => listDrafts(context)],
    ["cases of the bot", () => listCases(context)],
    ["votes on the bot's answers", () => listVotes(context, { helpful: false, limit: 30 })],
    ["channels", () => listChannels(context)],
    ["a channel: deliveries and events", () => getChannel(context, channelId)],
    ["events of a channel, far down", () => listChannelEvents(context, channelId, { after: 100_000, limit: 50 })],
    ["replies over a channel", () => listChannelReplies(context, channelId)],
    ["failed jobs", () => listFailedJobs(context)],
  ];
}

const bench = await startBenchDatabase();
const recording = new RecordingDatabase(connect(bench.databaseUrl, 8).$client);
try {
  const { big } = await seedDeskVolume(recording.db);
  const [first] = big.agents;
  if (!first) {
    throw new Error("a cast needs an agent");
  }
  await seedTableVolume(bench.databaseUrl, {
    merchantId: big.merchantId,
    channelId: big.channelId,
    agentId: first.agentId,
  });
  const [own] = (
    await recording.db.$client.query<{ user: string }>(`select user_id as user from memberships where id = $1`, [
      first.agentId,
    ])
  ).rows;
  const actor = {
    kind: "agent",
    userId: own?.user ?? "",
    agentId: first.agentId,
    merchantId: big.merchantId,
    role: "admin",
    name: "Agent 0",
  } as const;
  const rest = { requestId: "bench", now: () => new Date(), log: log(), ip: null, locale: "zh-CN" } as const;
  const context: Context<ActorOf<"agent">> = { db: recording.db, actor, ...rest };
  const rows: Record<string, unknown>[] = [];
  for (const [name, work] of await casesOf(context, big.channelId)) {
    await measure(5, work);
    const latency = await measure(RUNS, work);
    const miss = latency.p95 > LIMIT_MS;
    if (miss || process.env["BENCH_PLANS"] === "1") {
      process.stdout.write(`\n-- ${name}: ${JSON.stringify(latency)}\n`);
      for (const { query, text } of await recording.explain(work, async () => undefined)) {
        process.stdout.write(`   ${query.slice(0, 300)}\n${text.replace(/^/gm, "      ")}\n`);
      }
    }
    rows.push({ run: name, ...latency, limit: LIMIT_MS, within: miss ? "MISS" : "yes" });
  }
  report(process.argv[2], "tables", rows);
} finally {
  await recording.db.$client.end();
  await bench.stop();
}
