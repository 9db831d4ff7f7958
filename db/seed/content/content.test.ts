import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { contrastRatio } from "@/lib/core/color";
import { demoContent } from "../content";
import {
  caseContent,
  customerContent,
  dialogueContent,
  entryContent,
  gapContent,
  merchantContent,
  personContent,
  quickReplyContent,
  ticketContent,
} from "../shapes";

const folder = path.resolve("db/seed/content");
const textOf = (name: string): string => readFileSync(path.join(folder, name), "utf8");
const jsonOf = (name: string): unknown => JSON.parse(textOf(name));
/** Every string value of a file, at any depth. */
const stringsOf = (name: string): string[] => {
  const found: string[] = [];
  JSON.parse(textOf(name), (_, value: unknown) => {
    if (typeof value === "string") {
      found.push(value);
    }
    return value;
  });
  return found;
};
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

const content = demoContent();
const slugs = content.merchants.map((merchant) => merchant.slug);
const entriesOf = (slug: string) => content.entries[slug] ?? [];
const inLanguage = (slug: string, language: string) => entriesOf(slug).filter((entry) => entry.language === language);
const normalized = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
const repeated = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

/** The categories of the shop's Chinese entries; its English ones say the same in English. */
const CATEGORIES = ["订单", "退款", "物流", "账户", "优惠券", "售后", "校园自提", "支付", "发票", "会员", "客服"];
const HAN = /\p{Script=Han}/u;
/** What no shop would publish: unfinished text, and superlatives that Chinese advertising law forbids. */
const FORBIDDEN =
  /lorem|ipsum|placeholder|undefined|\bnull\b|\bx{3,}\b|占位|待补充|示例文本|测试数据|最便宜|全网最低|第一品牌|国家级|作为.{0,4}语言模型/iu;

describe("files", () => {
  it("hold what their shapes say", () => {
    expect(merchantContent.safeParse(jsonOf("merchants.json")).error).toBeUndefined();
    expect(dialogueContent.safeParse(jsonOf("dialogues.json")).error).toBeUndefined();
    expect(caseContent.safeParse(jsonOf("cases.json")).error).toBeUndefined();
    expect(gapContent.safeParse(jsonOf("gaps.json")).error).toBeUndefined();
    expect(ticketContent.safeParse(jsonOf("tickets.json")).error).toBeUndefined();
    const people = z.object({
      agents: z.record(z.string(), z.array(personContent)),
      customers: z.array(customerContent),
    });
    expect(people.safeParse(jsonOf("people.json")).error).toBeUndefined();
    const replies = z.record(z.string(), z.array(quickReplyContent));
    expect(replies.safeParse(jsonOf("quick-replies.json")).error).toBeUndefined();
    for (const name of files.filter((file) => file.startsWith("faq."))) {
      expect(entryContent.safeParse(jsonOf(name)).error, name).toBeUndefined();
    }
  });

  it.each(files)("%s has only finished text", (name) => {
    const strings = stringsOf(name);
    expect(strings.filter((text) => FORBIDDEN.test(text))).toEqual([]);
    expect(strings.filter((text) => text === "" || text !== text.trim())).toEqual([]);
  });

  it.each(files)("%s links and writes only to example domains, over https", (name) => {
    const text = textOf(name);
    expect(text).not.toContain("http://");
    const hosts = [...text.matchAll(/(?:https:\/\/|[\w.]@)([\w.-]*[\w])/gu)].map((match) => match[1] ?? "");
    expect(hosts.filter((host) => !/(?:^|\.)example(?:\.com)?$/u.test(host))).toEqual([]);
  });
});

describe("merchants", () => {
  it("are the platform and three shops", () => {
    expect(slugs.toSorted()).toEqual(["modian", "platform", "qinghe", "shiye"]);
    const platforms = content.merchants.filter((merchant) => merchant.kind === "platform");
    expect(platforms.map((merchant) => merchant.slug)).toEqual(["platform"]);
  });

  it.each(content.merchants)("$slug speaks both languages and has a readable accent", (merchant) => {
    expect(merchant.name["zh-CN"]).toMatch(HAN);
    expect(merchant.welcome["zh-CN"]).toMatch(HAN);
    expect(`${merchant.name.en}${merchant.welcome.en}`).not.toMatch(HAN);
    expect(contrastRatio(merchant.accent, "#ffffff")).toBeGreaterThanOrEqual(4.5);
  });

  it.each(content.merchants)("$slug knows the answer to each of its four quick questions", (merchant) => {
    for (const language of ["zh-CN", "en"] as const) {
      const known = inLanguage(merchant.slug, language).map((entry) => entry.question);
      expect(merchant.quickQuestions[language]).toHaveLength(4);
      expect(known).toEqual(expect.arrayContaining(merchant.quickQuestions[language]));
    }
  });

  it("keep the opening hours that their entries tell", () => {
    const hours = z.array(z.object({ slug: z.string(), businessHours: z.record(z.string(), z.string()) }));
    for (const { slug, businessHours } of hours.parse(jsonOf("merchants.json"))) {
      const spans = Object.values(businessHours).flatMap((text) => text.match(/\d+:\d\d–\d+:\d\d/gu) ?? []);
      const answers = entriesOf(slug)
        .map((entry) => entry.answer)
        .join("\n");
      expect(spans.length).toBeGreaterThan(0);
      expect(spans.filter((span) => !answers.includes(span))).toEqual([]);
    }
  });
});

describe("entries", () => {
  it("are as many as the demo promises", () => {
    expect(inLanguage("qinghe", "zh-CN").length).toBeGreaterThanOrEqual(90);
    expect(inLanguage("qinghe", "en").length).toBeGreaterThanOrEqual(36);
    expect(entriesOf("modian").length).toBeGreaterThanOrEqual(12);
    expect(entriesOf("shiye").length).toBeGreaterThanOrEqual(12);
    expect(entriesOf("platform").length).toBeGreaterThanOrEqual(10);
  });

  it.each(slugs)("of %s ask nothing twice, in no wording", (slug) => {
    const entries = entriesOf(slug);
    expect(repeated(entries.flatMap((entry) => [entry.question, ...entry.variants]).map(normalized))).toEqual([]);
    expect(repeated(entries.map((entry) => entry.answer))).toEqual([]);
    expect(repeated(entries.map((entry) => entry.id))).toEqual([]);
  });

  it.each(slugs)(
    "of %s have four to eight wordings, tags, and an answer of readable length in their language",
    (slug) => {
      for (const entry of entriesOf(slug)) {
        const chinese = entry.language === "zh-CN";
        expect(["zh-CN", "en"], entry.id).toContain(entry.language);
        expect(HAN.test(entry.answer), entry.id).toBe(chinese);
        expect(HAN.test(entry.question), entry.id).toBe(chinese);
        expect(entry.variants.length, entry.id).toBeGreaterThanOrEqual(4);
        expect(entry.variants.length, entry.id).toBeLessThanOrEqual(8);
        expect(entry.tags.length, entry.id).toBeGreaterThan(0);
        expect(entry.answer.length, entry.id).toBeGreaterThanOrEqual(chinese ? 40 : 80);
        expect(entry.answer.length, entry.id).toBeLessThanOrEqual(chinese ? 220 : 600);
      }
    },
  );

  it("of the shop cover all its categories", () => {
    const categories = new Set(inLanguage("qinghe", "zh-CN").map((entry) => entry.category));
    expect([...categories].toSorted()).toEqual(CATEGORIES.toSorted());
    expect(new Set(inLanguage("qinghe", "en").map((entry) => entry.category)).size).toBe(CATEGORIES.length);
  });

  it.each(["怎么退款？", "如何退款", "我要退款", "how do I get a refund"])(
    "one knows 「%s」 word for word",
    (asked) => {
      const knowing = entriesOf("qinghe").filter((entry) =>
        [entry.question, ...entry.variants].some((phrase) => normalized(phrase) === normalized(asked)),
      );
      expect(knowing).toHaveLength(1);
      expect(knowing[0]?.answer).toMatch(/退款|refund/u);
    },
  );
});

describe("people", () => {
  it("work at every merchant, some of them with the right to supervise", () => {
    expect(Object.keys(content.agents).toSorted()).toEqual(slugs.toSorted());
    for (const slug of slugs) {
      expect(content.agents[slug]?.length).toBeGreaterThanOrEqual(slug === "qinghe" ? 4 : 2);
      expect(content.agents[slug]?.some((person) => person.role === "supervisor")).toBe(true);
    }
    const everyone = Object.values(content.agents).flat();
    expect(repeated(everyone.map((person) => person.email))).toEqual([]);
    expect(everyone.every((person) => person.capacity > 0 && person.languages.includes("zh-CN"))).toBe(true);
  });

  it("who buy are sixty or more, and none of them can be reached", () => {
    expect(content.customers.length).toBeGreaterThanOrEqual(60);
    expect(new Set(content.customers.map((customer) => customer.language))).toEqual(new Set(["zh-CN", "en"]));
    for (const customer of content.customers) {
      expect(customer.phone).toMatch(/^1990000\d{4}$/u);
      expect(customer.email).toMatch(/^[a-z.]+@example\.com$/u);
      expect(customer.totalOrders > 0).toBe(customer.totalSpent > 0);
    }
    expect(repeated(content.customers.flatMap((customer) => [customer.phone, customer.email]))).toEqual([]);
  });
});

describe("quick replies", () => {
  it.each(slugs)("of %s have shortcuts of their own, both languages and known variables", (slug) => {
    const replies = content.quickReplies[slug] ?? [];
    expect(replies.length).toBeGreaterThanOrEqual(slug === "qinghe" ? 24 : 6);
    expect(repeated(replies.map((reply) => reply.shortcut))).toEqual([]);
    expect(new Set(replies.map((reply) => reply.language))).toEqual(new Set(["zh-CN", "en"]));
    for (const reply of replies) {
      expect(reply.shortcut).toMatch(/^[a-z]{2,10}$/u);
      expect(HAN.test(reply.text), reply.shortcut).toBe(reply.language === "zh-CN");
      expect(reply.text.replace(/\{\{(?:customer|agent)\.name\}\}/gu, "")).not.toMatch(/[{}]/u);
    }
  });
});

describe("past conversations", () => {
  it("end in every way, in both languages, with happy and unhappy customers", () => {
    expect(content.dialogues.length).toBeGreaterThanOrEqual(60);
    expect(content.dialogues.filter((dialogue) => dialogue.language === "en").length).toBeGreaterThanOrEqual(12);
    expect(new Set(content.dialogues.map((dialogue) => dialogue.outcome)).size).toBe(4);
    const stars = new Set(content.dialogues.flatMap((dialogue) => dialogue.rating?.stars ?? []));
    expect([...stars].toSorted()).toEqual([1, 2, 3, 4, 5]);
  });

  it("have three to twenty turns, start with the visitor and use only the known names", () => {
    for (const { turns, rating } of content.dialogues) {
      expect(turns[0]?.author).toBe("visitor");
      expect(turns.length).toBeGreaterThanOrEqual(3);
      expect(turns.length).toBeLessThanOrEqual(20);
      for (const turn of turns) {
        expect(turn.afterSeconds).toBeGreaterThanOrEqual(0);
        expect(turn.text.replace(/\{(?:customer|order|agent)\}/gu, "")).not.toMatch(/[{}]/u);
      }
      expect(rating?.comment ?? "").not.toMatch(/[{}]/u);
    }
  });

  it("are served by whom their outcome names", () => {
    for (const { outcome, turns, rating } of content.dialogues) {
      const served = turns.some((turn) => turn.author === "agent");
      expect(served && outcome === "bot_solved").toBe(false);
      expect(!served && outcome === "agent_solved").toBe(false);
      expect(rating !== null && (outcome === "left_message" || outcome === "abandoned")).toBe(false);
    }
  });

  it("quote entries as they stand", () => {
    const turn = z.object({ text: z.string(), entryId: z.string().optional() });
    const quoting = z.array(z.object({ turns: z.array(turn) })).parse(jsonOf("dialogues.json"));
    const answers = new Map(entriesOf("qinghe").map((entry) => [entry.id, entry.answer]));
    const quotes = quoting.flatMap((dialogue) => dialogue.turns).filter((quoted) => quoted.entryId !== undefined);
    expect(quotes.length).toBeGreaterThan(30);
    expect(quotes.filter((quoted) => answers.get(quoted.entryId ?? "") !== quoted.text)).toEqual([]);
  });
});

it("the cases expect entries that are there", () => {
  const known = new Set(entriesOf("qinghe").map(({ id }) => id));
  expect(content.cases.length).toBeGreaterThanOrEqual(10);
  expect(content.cases.filter(({ expected }) => expected.entry !== undefined && !known.has(expected.entry))).toEqual(
    [],
  );
});

it("the gaps are questions that no entry knows", () => {
  const known = new Set(
    entriesOf("qinghe")
      .flatMap((entry) => [entry.question, ...entry.variants])
      .map(normalized),
  );
  expect(content.gaps.length).toBeGreaterThanOrEqual(15);
  expect(content.gaps.filter((gap) => known.has(normalized(gap.question)) || gap.count < 1)).toEqual([]);
  expect(repeated(content.gaps.map((gap) => normalized(gap.question)))).toEqual([]);
});
