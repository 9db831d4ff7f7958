import { readFileSync } from "node:fs";
import path from "node:path";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { knowledgeEntries } from "@/db/schema/knowledge";
import { importEntries } from "@/lib/knowledge/imports/entries-service";
import { entryInput } from "@/lib/knowledge/schema";
import { CircuitBreaker } from "@/lib/platform/ai/circuit-breaker";
import type { Link } from "@/lib/platform/ai/model-chain";
import { createOpenAiModel } from "@/lib/platform/ai/openai-model";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { type OpenAiServer, startOpenAiServer } from "@/lib/testing/stubs/openai";
import { rehearse } from "../rehearse";
import { type BotRules, botSettings } from "../settings-schema";
import type { Reply } from "../situation";

const conversation = z.object({
  group: z.string(),
  says: z.array(z.string()).min(1),
  /** What a model says that obeys the order in the customer's words. */
  obeyed: z.string().optional(),
  expect: z.object({
    /** One of these entries is cited, or offered among the choices. */
    entry: z.array(z.string()).optional(),
    notEntry: z.array(z.string()).optional(),
    cites: z.literal("none").optional(),
    kind: z.array(z.string()).optional(),
    handoff: z.string().optional(),
    /** A person comes, or is one tap away. */
    person: z.boolean().optional(),
    /** What must not be said. */
    silentAbout: z.string().optional(),
    /** Without a model these are answered, in this order; with one each is, or is offered. */
    each: z.array(z.string()).optional(),
    /** Without a model: what the reply says, and what of the entry it leaves out. */
    tells: z.string().optional(),
    untold: z.string().optional(),
    locale: z.enum(["zh-CN", "en"]).optional(),
  }),
});
type Conversation = z.infer<typeof conversation>;

const file = (name: string): unknown => JSON.parse(readFileSync(path.resolve(name), "utf8"));
const CONVERSATIONS = z.array(conversation).parse(file("lib/bot/regression/demo-shop.json"));
const entries = ["zh-CN", "en"].flatMap((language) =>
  z.array(z.looseObject({ id: z.string(), question: z.string() })).parse(file(`db/seed/content/faq.${language}.json`)),
);

let desk: DeskFixture;
let agent: AgentContext;
let server: OpenAiServer;
/** Ids of the seed's rows, by the ids here. */
let externalIds: ReadonlyMap<string, string>;
const idOfQuestion = new Map(entries.map(({ id, question }) => [question, id]));

beforeAll(async () => {
  desk = await createDeskFixture();
  server = await startOpenAiServer();
  const { merchantId } = await desk.merchant();
  agent = await desk.agent(merchantId, "admin");
  await importEntries(
    agent,
    entries.map((entry) => ({ ...entryInput.parse({ ...entry, status: "published" }), externalId: entry.id })),
  );
  const rows = await desk.db
    .select({ id: knowledgeEntries.id, externalId: knowledgeEntries.externalId })
    .from(knowledgeEntries)
    .where(and(eq(knowledgeEntries.merchantId, merchantId)));
  externalIds = new Map(rows.map(({ id, externalId }) => [id, externalId ?? ""]));
});
afterAll(async () => {
  await server.stop();
  await desk.end();
});

const wordsOf = (reply: Reply): string =>
  reply.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");

const citedOf = (reply: Reply): string[] =>
  reply.parts.flatMap((part) => (part.type === "citation" ? [externalIds.get(part.entryId) ?? ""] : []));

const choicesOf = (reply: Reply) => reply.parts.flatMap((part) => (part.type === "choices" ? part.choices : []));

function offeredOf(reply: Reply): string[] {
  return choicesOf(reply).flatMap(({ action, value }) =>
    action === "ask" ? [idOfQuestion.get(value ?? "") ?? ""] : [],
  );
}

/** Share of a question's pairs of characters from which it counts as the one that was asked. */
const ALIKE_FROM = 0.6;

const pairs = (text: string): Set<string> =>
  new Set(
    [...text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")].flatMap((_, index, all) =>
      all.slice(index, index + 2).join(""),
    ),
  );

/** The first line of the first source if its question is what was asked, with its mark; else it does not know. */
function copied(prompt: string): string {
  const asked = pairs(prompt.slice(prompt.lastIndexOf("<customer>")));
  const [, question = "", answer = ""] =
    /<source id="1">\n<question>([\s\S]*?)<\/question>\n<answer>([\s\S]*?)<\/answer>/u.exec(prompt) ?? [];
  const shared = [...pairs(question)].filter((pair) => asked.has(pair)).length;
  return shared / Math.max(pairs(question).size, 1) >= ALIKE_FROM ? `${answer.split("\n")[0]} [1]` : "NO_ANSWER";
}

/** Stands in for a model that copies the best source and names it, or that obeys the customer. */
function stub({ obeyed }: Conversation): Link[] {
  server.behave({ kind: "obedient", obey: (prompt) => obeyed ?? copied(prompt) });
  const model = createOpenAiModel({
    id: "stub",
    name: "stub",
    baseUrl: server.baseUrl,
    model: "test-model",
    firstTextMs: 3_000,
  });
  return [{ id: "stub", model, breaker: new CircuitBreaker() }];
}

async function last(
  links: readonly Link[],
  { says }: Pick<Conversation, "says">,
  own: Partial<BotRules> = {},
): Promise<Reply> {
  const context = { ...agent, actor: { kind: "bot", merchantId: agent.actor.merchantId } as const };
  const stage = { rules: { ...botSettings.schema.parse({}), ...own }, links, agentsOnline: true };
  const replies = await rehearse(context, says, stage);
  const reply = replies.at(-1);
  if (!reply || replies.length !== says.length) {
    throw new Error(`ended after ${replies.length} of ${says.length} turns`);
  }
  return reply;
}

function checkWords(
  reply: Reply,
  { tells, untold, silentAbout, locale }: Conversation["expect"],
  offline: boolean,
): void {
  const words = wordsOf(reply);
  if (tells && offline) {
    expect(words).toMatch(new RegExp(tells, "u"));
  }
  if (untold && offline) {
    expect(words).not.toMatch(new RegExp(untold, "u"));
  }
  if (silentAbout) {
    expect(`${words}\n${choicesOf(reply).map(({ label }) => label)}`).not.toMatch(new RegExp(silentAbout, "u"));
  }
  if (locale) {
    expect(reply.locale).toBe(locale);
  }
  expect(words.trim()).not.toBe("");
}

function check(reply: Reply, { expect: wanted }: Conversation, offline: boolean): void {
  checkWords(reply, wanted, offline);
  if (wanted.each) {
    const given = [...citedOf(reply), ...offeredOf(reply)];
    expect(offline ? citedOf(reply) : given).toEqual(offline ? wanted.each : expect.arrayContaining(wanted.each));
  }
  if (wanted.entry) {
    const given = reply.kind === "answer" ? citedOf(reply) : offeredOf(reply);
    expect(given, `${reply.kind}: ${wordsOf(reply)}`).toEqual(
      expect.arrayContaining([expect.stringMatching(`^(${wanted.entry.join("|")})$`)]),
    );
  }
  if (wanted.notEntry) {
    expect(citedOf(reply)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(`^(${wanted.notEntry.join("|")})$`)]),
    );
  }
  if (wanted.cites === "none") {
    expect(citedOf(reply)).toEqual([]);
  }
  if (wanted.kind) {
    expect(wanted.kind, wordsOf(reply)).toContain(reply.kind);
  }
  if (wanted.handoff) {
    expect(reply.handoff).toBe(wanted.handoff);
  }
  if (wanted.person) {
    expect(reply.handoff !== null || choicesOf(reply).some(({ action }) => action === "handoff")).toBe(true);
  }
}

const named = CONVERSATIONS.map((each) => [`${each.group}: ${each.says.join(" → ")}`, each] as const);

it("has 150 conversations and more, 30 of them ways to ask for a person", () => {
  expect(CONVERSATIONS.length).toBeGreaterThanOrEqual(150);
  expect(CONVERSATIONS.filter(({ group }) => group === "person").length).toBeGreaterThanOrEqual(30);
});

it("points at nothing below where nothing can be tapped", async () => {
  const says = ["请问一下退款怎么操作？另外积分会退吗？"];
  expect(wordsOf(await last([], { says }))).toContain("下面");
  const reply = await last([], { says }, { choices: false });
  expect(reply.kind).toBe("answer");
  expect(wordsOf(reply)).not.toContain("下面");
});

describe("without any model", () => {
  it.each(named)("%s", async (_, each) => check(await last([], each), each, true));
});

describe("with a model that copies, or obeys whoever speaks", () => {
  it.each(named)("%s", async (_, each) => check(await last(stub(each), each), each, false));
});
